import { type RawBuilder, sql } from "kysely";
import type { OperationNodeSource } from "kysely";

/** A row as PostgreSQL's `to_jsonb` gives it: column names in snake case, times as text. */
export type JsonRow = Record<string, unknown>;

/**
 * The row with camel-case keys, and its `_at`, `_from`, `_to` columns as Date. Values inside a jsonb
 * column keep their keys: these are people's words (a slice's dimensions), not ours.
 */
export function fromJsonRow<Row>(row: JsonRow): Row {
  const out: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const isTime =
      typeof value === "string" && /_(at|from|to)$/.test(column) && column !== "points_to";
    out[camelCase(column)] = isTime ? new Date(value) : value;
  }
  return out as Row;
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Several writes as one statement (`with w0 as (insert …), w1 as (update …) select 1`): one round trip
 * instead of one each, under one snapshot: an update among them does not see the rows of an insert.
 * `last` is one more write, whose returned rows are the result.
 */
export function inOneStatement<Row>(
  writes: OperationNodeSource[],
  last?: OperationNodeSource,
): RawBuilder<Row> | undefined {
  if (writes.length === 0 && !last) return undefined;
  const parts = writes.map((write, index) => sql`${sql.raw(`w${index}`)} as (${embedded(write)})`);
  if (!last) return sql`with ${sql.join(parts)} select 1`;
  return sql`with ${sql.join([...parts, sql`last as (${embedded(last)})`])} select * from last`;
}

/** Kysely embeds what looks like an expression; a write is one only to its compiler. */
function embedded(write: OperationNodeSource): RawBuilder<unknown> {
  return Object.assign(sql`${sql.raw("")}`, { toOperationNode: () => write.toOperationNode() });
}
