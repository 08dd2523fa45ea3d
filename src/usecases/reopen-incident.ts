import { isShownAsSimilar } from "#src/db/other-incidents.ts";
import { decideReopenIncident, type ReopenIncidentInput } from "#src/domain/reopen-incident.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/**
 * Opens a closed incident again, with a reason. From whose message it was opened comes back from the
 * client: it is told only where that incident shows this one (R13).
 */
export const reopenIncident: UseCase<ReopenIncidentInput> = (ctx, { similarTo, ...input }) =>
  decide<boolean>(
    ctx,
    input.incidentId,
    (state, by, isShown) =>
      decideReopenIncident(
        state,
        isShown && similarTo !== undefined ? { ...input, similarTo } : input,
        by,
      ),
    {
      attempted: "reopen-incident",
      read: async (trx) =>
        similarTo !== undefined && (await isShownAsSimilar(trx, similarTo, input.incidentId)),
    },
  );
