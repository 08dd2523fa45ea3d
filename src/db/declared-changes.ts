import type { ChangeSourceMark, DeclaredChange } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Trx } from "./open.ts";
import { insertOf, runInOneStatement } from "./rows.ts";

/**
 * Keeps these changes where no change of their key is kept yet. Returns the keys that are new. Each key
 * once; another transaction that keeps one of them is waited for.
 */
export async function insertMissingChanges(
  trx: Trx,
  teamId: TeamId,
  changes: readonly DeclaredChange[],
): Promise<Set<string>> {
  if (changes.length === 0) return new Set();
  const rows = changes
    .map((change) => ({ teamId, ...columnsOf(change) }))
    // two transactions that share some take them in the same order
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const insert = insertOf("declaredChange", rows, "on conflict do nothing returning key");
  const inserted = await runInOneStatement<{ key: string }>(trx, [], insert);
  return new Set(inserted.map(({ key }) => key));
}

/** The changes that are kept under these keys, by key, locked until the transaction ends. */
export async function lockChanges(
  trx: Trx,
  teamId: TeamId,
  keys: readonly string[],
): Promise<Map<string, DeclaredChange>> {
  if (keys.length === 0) return new Map();
  const rows = await trx
    .selectFrom("declaredChange")
    .selectAll()
    .where("teamId", "=", teamId)
    .where("key", "in", keys)
    .orderBy("key")
    .forUpdate()
    .execute();
  return new Map(
    rows.map(({ teamId: _team, recordedAt: _recorded, untilAt, ...row }) => [
      row.key,
      { ...row, until: untilAt } as unknown as DeclaredChange,
    ]),
  );
}

/** Writes a change over the one that is kept under its key. */
export async function updateChange(
  trx: Trx,
  teamId: TeamId,
  change: DeclaredChange,
): Promise<void> {
  await trx
    .updateTable("declaredChange")
    .set(columnsOf(change))
    .where("teamId", "=", teamId)
    .where("key", "=", change.key)
    .execute();
}

/** Keeps a mark (R4) where the same one is not kept yet. Returns whether it is new. */
export async function saveSourceMark(
  trx: Trx,
  teamId: TeamId,
  mark: ChangeSourceMark,
): Promise<boolean> {
  const { service, layer, from, to, source, markedBy, markedAt } = mark;
  const known = await trx
    .selectFrom("changeSourceMark")
    .select("id")
    .where("teamId", "=", teamId)
    .where("service", "is not distinct from", service)
    .where("layer", "=", layer)
    .where("fromAt", "=", from)
    .where("toAt", "=", to)
    .where("source", "=", source)
    .where("markedBy", "=", markedBy)
    .executeTakeFirst();
  if (known) return false;
  await trx
    .insertInto("changeSourceMark")
    .values({ teamId, service, layer, fromAt: from, toAt: to, source, markedBy, markedAt })
    .execute();
  return true;
}

function columnsOf({ until, sets, ...change }: DeclaredChange) {
  // real time: the retention goes by when it came in
  return { ...change, untilAt: until, sets: JSON.stringify(sets), recordedAt: new Date() };
}
