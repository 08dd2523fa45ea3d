import { findOtherByNumber } from "#src/db/other-incidents.ts";
import {
  decideLinkIncident,
  type LinkIncidentInput,
  type OtherIncident,
} from "#src/domain/similar.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Links an incident with another one, by its number (R13). */
export const linkIncident: UseCase<LinkIncidentInput> = (ctx, input) =>
  decide<OtherIncident | undefined>(
    ctx,
    input.incidentId,
    (state, by, other) => decideLinkIncident(state, input, by, other),
    {
      attempted: "link-incident",
      read: (trx) => findOtherByNumber(trx, ctx.actor.teamId, input.number),
    },
  );
