import { findOtherIncidents } from "#src/db/other-incidents.ts";
import {
  type AnswerSimilarInput,
  decideAnswerSimilar,
  type OtherIncident,
} from "#src/domain/similar.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Links an incident that looks like this one, or says that it is another failure (R13). */
export const answerSimilar: UseCase<AnswerSimilarInput> = (ctx, input) =>
  decide<OtherIncident | undefined>(
    ctx,
    input.incidentId,
    (state, by, other) => decideAnswerSimilar(state, input, by, other),
    {
      attempted: "answer-similar",
      read: async (trx) => {
        const { otherId } = input;
        return (await findOtherIncidents(trx, ctx.actor.teamId, [otherId])).get(otherId);
      },
    },
  );
