import { writeEffects } from "#src/db/effects.ts";
import type { Database } from "#src/db/open.ts";
import { findWhatWaited } from "#src/db/waiting-for-github.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Effect } from "#src/domain/effect.ts";
import { inTransaction } from "./decide.ts";

/**
 * GitHub is set up now: what was kept while it was not is filed, actions as issues and postmortems as
 * pull requests. Asked at every start; what is filed, or waits to be, is not written a second time.
 * Returns how many effects were written.
 */
export async function fileWhatWaited(
  ctx: { db: Database; teamId: TeamId },
  uses: { canFileIssues: boolean; canProposePostmortem: boolean },
): Promise<number> {
  return inTransaction(ctx, async (trx) => {
    const waited = await findWhatWaited(trx, ctx.teamId);
    const effects: Effect[] = [
      ...(uses.canFileIssues
        ? waited.actions.map(({ incidentId, number }) => ({
            name: "file-issue" as const,
            incidentId,
            actionNumber: number,
          }))
        : []),
      ...(uses.canProposePostmortem
        ? waited.closed.map((incidentId) => ({ name: "propose-postmortem" as const, incidentId }))
        : []),
    ];
    await writeEffects(trx, effects);
    return effects.length;
  });
}
