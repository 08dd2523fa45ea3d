import { listTextPairs } from "#src/db/similar-incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import { findMatches } from "#src/domain/recurrence.ts";
import { recordMatches } from "#src/domain/similar.ts";
import type { Handler } from "./handler.ts";

type FindSimilar = Extract<Effect, { name: "find-similar" }>;

/** R13: looks for earlier incidents that look like this one; what is found is shown in its channel. Twice is once. */
export const findSimilar: Handler<FindSimilar> = {
  async run(ctx, { incidentId }) {
    const matches = findMatches(await listTextPairs(ctx.db, incidentId));
    return {
      outcome: { found: matches.length },
      follow: (state) => recordMatches(state, matches, ctx.now),
    };
  },
};
