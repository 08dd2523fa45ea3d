import type { IncomingHttpHeaders } from "node:http";
import { isJson, type Json, parseJson, textOf } from "#sandbox/json.ts";

/** The arguments of a Web API call: from a form all are texts, from JSON they are as they are. */
export type Args = Json;

/** Reads a call's body, `application/x-www-form-urlencoded` or JSON, and its query. */
export function readArguments(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
  body: string,
): Args {
  const args: Args = Object.fromEntries(query);
  if (headers["content-type"]?.startsWith("application/json")) {
    const parsed = parseJson(body);
    return isJson(parsed) ? { ...args, ...parsed } : args;
  }
  return { ...args, ...Object.fromEntries(new URLSearchParams(body)) };
}

/** A text that is not empty. */
export function stringArg(args: Args, name: string): string | undefined {
  const value = textOf(args[name]);
  return value === "" ? undefined : value;
}

/** A flag: `true`, "true" or "1". */
export function flagArg(args: Args, name: string): boolean {
  return [true, "true", "1"].includes(args[name] as string | boolean);
}

/** A value that a form carries as JSON text. A text that is not JSON comes back as it is. */
export function jsonArg(args: Args, name: string): unknown {
  const value = args[name];
  if (typeof value !== "string") return value;
  return value === "" ? undefined : (parseJson(value) ?? value);
}

/** Ids, separated by commas or as a list. */
export function listArg(args: Args, name: string): string[] {
  const value = jsonArg(args, name);
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string"
    ? value
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean)
    : [];
}

/** A whole number from 1 to `most`, or the default. */
export function limitArg(args: Args, usual: number, most: number): number {
  const limit = Number(args["limit"]);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, most) : usual;
}

/** One page of a list, and the cursor of the next (empty at the end), which is an index in base64. */
export function pageOf<Item>(
  items: readonly Item[],
  args: Args,
  usual: number,
): { page: Item[]; nextCursor: string } {
  const cursor = stringArg(args, "cursor");
  const from = cursor ? Number(Buffer.from(cursor, "base64").toString()) : 0;
  const to = from + limitArg(args, usual, 1_000);
  return {
    page: items.slice(from, to),
    nextCursor: to < items.length ? Buffer.from(String(to)).toString("base64") : "",
  };
}
