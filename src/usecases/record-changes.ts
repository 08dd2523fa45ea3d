import {
  insertMissingChanges,
  lockChanges,
  saveSourceMark,
  updateChange,
} from "#src/db/declared-changes.ts";
import type { Database, Trx } from "#src/db/open.ts";
import { saveDelivery } from "#src/db/deliveries.ts";
import type { NewDeclaredChange } from "#src/domain/ledger/declared-change.ts";
import type {
  ChangeOrigin,
  ChangeSourceMark,
  DeclaredChange,
  LedgerSettings,
} from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { ConflictError, TransientError } from "#src/lib/errors.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { inTransaction } from "./decide.ts";
import { tellIncidents } from "./tell-incidents.ts";

/** Where changes are kept, and by which settings open incidents are found. */
export interface LedgerContext {
  db: Database;
  teamId: TeamId;
  /** The service's time. */
  now: Date;
  settings: LedgerSettings;
}

export interface RecordOptions {
  source: ChangeOrigin;
  /** Who declares those that name nobody themselves. */
  declaredBy?: string;
  /** Marks that come with them (R4). */
  marks?: readonly Omit<ChangeSourceMark, "markedAt">[];
  /** A delivery that is taken once: a second one of this key changes nothing. */
  deliveryKey?: string;
}

/** How many changes were new, had other content than was known, and were known as they are. */
export interface Recorded {
  recorded: number;
  updated: number;
  known: number;
  /** One for each change, in the order in which they came. */
  keys: string[];
  /** How many marks were new. */
  marked: number;
  /** The delivery was taken before: nothing was looked at. */
  isSeen: boolean;
}

/**
 * Keeps declared changes and marks, all in one transaction, and has the open incidents they are about
 * look at the ledger. The same key is the same change: the same content again changes nothing, other
 * content replaces what is kept. Two transactions that meet are tried once more. Throws TransientError
 * where the database is away or too busy with the same rows.
 */
export async function recordChanges(
  ctx: LedgerContext,
  changes: readonly NewDeclaredChange[],
  options: RecordOptions,
): Promise<Recorded> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(ctx, (trx) => recordChangesIn(trx, ctx, changes, options));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      if (attempt < 2) continue;
      throw new TransientError("db_busy", "others write the same now", {
        cause: error,
        isAmbiguous: false,
      });
    }
  }
}

/** The same within a transaction of the caller's, for a change that is part of a decision. */
export async function recordChangesIn(
  trx: Trx,
  ctx: Omit<LedgerContext, "db">,
  changes: readonly NewDeclaredChange[],
  options: RecordOptions,
): Promise<Recorded> {
  const { teamId, settings, now } = ctx;
  const { deliveryKey, marks = [] } = options;
  const nothing: Recorded = {
    recorded: 0,
    updated: 0,
    known: 0,
    keys: [],
    marked: 0,
    isSeen: false,
  };
  if (deliveryKey !== undefined && !(await saveDelivery(trx, teamId, deliveryKey))) {
    return { ...nothing, isSeen: true };
  }
  const named = changes.map((change) => nameChange(change, options));
  const { services, ...counts } = await keep(trx, teamId, named);
  let marked = 0;
  for (const mark of marks) {
    if (!(await saveSourceMark(trx, teamId, { ...mark, markedAt: now }))) continue;
    marked += 1;
    services.add(mark.service);
  }
  if (services.size > 0) await tellIncidents(trx, { teamId, settings, services: [...services] });
  return { ...nothing, ...counts, keys: named.map(({ change }) => change.key), marked };
}

/** A change with its key; `isTimeAssumed` as in NewDeclaredChange. */
interface Named {
  change: DeclaredChange;
  isTimeAssumed: boolean;
}

function nameChange(
  { key, isTimeAssumed, declaredBy, ...facts }: NewDeclaredChange,
  options: RecordOptions,
): Named {
  const content = {
    ...facts,
    declaredBy: declaredBy ?? options.declaredBy ?? null,
    source: options.source,
  };
  return {
    change: { key: key ?? keyOf(content), ...content },
    isTimeAssumed: isTimeAssumed ?? false,
  };
}

/** The key of a change that came without one: the same content has the same key. */
function keyOf(content: Omit<DeclaredChange, "key">): string {
  return `change:${sha256(printOf(content)).slice(0, 16)}`;
}

/** What of a change makes it another one where it differs; where it came from does not. */
function printOf(change: Omit<DeclaredChange, "key">): string {
  const { service, at, until, kind, layer, summary, link, declaredBy, sets } = change;
  const pins = Object.entries(sets).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([service, at, until, kind, layer, summary, link, declaredBy, pins]);
}

/** Keeps them as if they had come one after the other; `services` are those of which something is new. */
async function keep(trx: Trx, teamId: TeamId, named: readonly Named[]) {
  const first = new Map<string, Named>();
  for (const one of named) if (!first.has(one.change.key)) first.set(one.change.key, one);
  const inserts = [...first.values()].map(({ change }) => change);
  const fresh = await insertMissingChanges(trx, teamId, inserts);
  const standing = await lockChanges(trx, teamId, [...first.keys()]);
  const services = new Set<string | null>();
  const changed = new Map<string, DeclaredChange>();
  let [recorded, updated, known] = [0, 0, 0];
  for (const one of named) {
    const { key } = one.change;
    if (fresh.has(key) && first.get(key) === one) {
      recorded += 1;
      services.add(one.change.service);
      continue;
    }
    const before = standing.get(key);
    const after = before && one.isTimeAssumed ? { ...one.change, at: before.at } : one.change;
    if (before === undefined || printOf(before) === printOf(after)) {
      known += 1;
      continue;
    }
    updated += 1;
    // where it was moved to another service, the old one's incidents look again, too
    services.add(before.service).add(after.service);
    standing.set(key, after);
    changed.set(key, after);
  }
  for (const change of changed.values()) await updateChange(trx, teamId, change);
  return { recorded, updated, known, services };
}
