import { Client, type QueryConfig } from "pg";

/** Statements that one connection keeps prepared at the most; ours are some dozens of texts. */
const statementsMax = 200;

/** Text → name, for all connections of this process. */
const names = new Map<string, string>();

/**
 * A connection that prepares each parametrized statement once and then only executes it. Planning the
 * one statement that reads an incident's state costs more than running it. Texts beyond the limit go
 * unprepared: a statement whose shape keeps changing must not fill the server's memory.
 */
export class PreparingClient extends Client {
  // the driver's `query` has many forms; ours is the one Kysely uses, a text with its values
  override query = ((...input: unknown[]) => {
    const [text, values] = input;
    const isParametrized = typeof text === "string" && Array.isArray(values) && values.length > 0;
    const name = isParametrized ? nameOf(text) : undefined;
    if (name === undefined) return lastOf(this.#plain(...input));
    const config: QueryConfig = { name, text: text as string, values: values as unknown[] };
    return this.#plain(config, ...input.slice(2));
  }) as Client["query"];

  #plain(...input: unknown[]): unknown {
    return (Client.prototype.query as (...given: unknown[]) => unknown).apply(this, input);
  }
}

/** Of a message of several statements the last one's result: the others only prepare for it. */
function lastOf(returned: unknown): unknown {
  if (!(returned instanceof Promise)) return returned;
  return returned.then((result: unknown) => (Array.isArray(result) ? result.at(-1) : result));
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= statementsMax) return known;
  const name = `faultline_${names.size}`;
  names.set(text, name);
  return name;
}
