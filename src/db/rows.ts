import { CompiledQuery, type Insertable } from "kysely";
import type { Trx } from "./open.ts";
import type { DB } from "./schema.ts";

/** A row as PostgreSQL's `to_jsonb` gives it: column names in snake case, times as text. */
export type JsonRow = Record<string, unknown>;

/**
 * The row with camel-case keys, and its `_at`, `_from`, `_to` columns as Date. Values inside a jsonb
 * column keep their keys: these are people's words (a slice's dimensions), not ours.
 */
export function fromJsonRow(row: JsonRow): unknown {
  const out: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const isTime =
      typeof value === "string" && /_(at|from|to)$/.test(column) && column !== "points_to";
    out[camelCase(column)] = isTime ? new Date(value) : value;
  }
  return out;
}

const camelCased = new Map<string, string>();

/** Columns are few and rows are many: each name is worked out once. */
function camelCase(column: string): string {
  const known = camelCased.get(column);
  if (known !== undefined) return known;
  const key = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  camelCased.set(column, key);
  return key;
}

/** A write that Kysely can compile. */
export interface Write {
  compile(): { sql: string; parameters: readonly unknown[] };
}

/**
 * An insert of these rows as text and parameters. Kysely's own builder costs as much as the rest of a
 * form's answer takes in this process; here the columns are still checked against the table. All rows
 * have the keys of the first. `ending` follows the values: `on conflict …`, `returning …`.
 */
export function insertOf<Table extends keyof DB>(
  table: Table,
  rows: readonly Insertable<DB[Table]>[],
  ending = "",
): Write {
  return {
    compile() {
      const keys = Object.keys(rows[0] ?? {});
      const parameters = rows.flatMap((row) =>
        keys.map((key) => (row as Record<string, unknown>)[key]),
      );
      const tuples = rows.map(
        (_, row) => `(${keys.map((_key, at) => `$${row * keys.length + at + 1}`).join(", ")})`,
      );
      const columns = keys.map((key) => `"${snakeCase(key)}"`).join(", ");
      return {
        sql: `insert into ${snakeCase(table)} (${columns}) values ${tuples.join(", ")} ${ending}`,
        parameters,
      };
    },
  };
}

const snakeCased = new Map<string, string>();

/** The column that a key of ours stands for. */
export function snakeCase(key: string): string {
  const known = snakeCased.get(key);
  if (known !== undefined) return known;
  const column = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeCased.set(key, column);
  return column;
}

/**
 * Runs several writes as one statement (`with w0 as (insert …), w1 as (update …) select 1`): one round
 * trip instead of one each, under one snapshot: an update among them does not see the rows of an
 * insert. `last` is one more write; the rows it returns are the result.
 */
export async function runInOneStatement<Row>(
  trx: Trx,
  writes: Write[],
  last?: Write,
): Promise<Row[]> {
  if (writes.length === 0 && !last) return [];
  const parameters: unknown[] = [];
  const part = (name: string, write: Write): string => {
    const compiled = write.compile();
    const offset = parameters.length;
    parameters.push(...compiled.parameters);
    // every part counts its parameters from 1; none of our statements holds a $ in a literal
    const text = compiled.sql.replace(
      /\$(\d+)/g,
      (_, index: string) => `$${Number(index) + offset}`,
    );
    return `${name} as (${text})`;
  };
  const parts = writes.map((write, index) => part(`w${index}`, write));
  if (last) parts.push(part("last", last));
  const text = `with ${parts.join(", ")} ${last ? "select * from last" : "select 1"}`;
  const result = await trx.executeQuery<Row>(CompiledQuery.raw(text, parameters));
  return result.rows;
}
