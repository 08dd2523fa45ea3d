import type { Names } from "./record.ts";
import type { UserId } from "#src/domain/person.ts";

/** `<@U0123>`, with or without a label: how Slack writes that somebody is mentioned. */
const mention = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g;

/** The same data, with the name in place of each mention that people's words hold; GitHub knows no Slack id. */
export function withNames<Value>(value: Value, names: Names): Value {
  return replaced(value, names) as Value;
}

function replaced(value: unknown, names: Names): unknown {
  if (typeof value === "string") {
    return value.includes("<@")
      ? value.replaceAll(mention, (_, id: string) => names.get(id as UserId) ?? id)
      : value;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => replaced(one, names));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [key, replaced(one, names)]),
  );
}
