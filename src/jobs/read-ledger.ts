import type { Effect } from "#src/domain/effect.ts";
import { readLedger as lookUp } from "#src/usecases/read-ledger.ts";
import type { Handler } from "./handler.ts";

type ReadLedger = Extract<Effect, { name: "read-ledger" }>;

/** Looks up in the ledger what changed in the window of an open incident. Nothing is called; twice is once. */
export const readLedger: Handler<ReadLedger> = {
  async run({ db, now, settings }, { incidentId }) {
    const found = await lookUp({ db, now, settings: settings.ledger }, incidentId);
    return { outcome: found === undefined ? { skipped: "over" } : { found } };
  },
};
