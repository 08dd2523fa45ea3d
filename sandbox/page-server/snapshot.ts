import type { Patch, Singles, Topics } from "#sandbox/page/live/topics.ts";

/**
 * What a tab shows, or was sent: each thing as JSON. The same thing is the same text for every tab, so
 * that many tabs cost little more than one.
 */
export interface Snapshot {
  lists: { readonly [Name in keyof Topics]?: ReadonlyMap<string, string> };
  ones: { readonly [Name in keyof Singles]?: string };
}

export const nothing: Snapshot = { lists: {}, ones: {} };

/** Both; what stands in `over` wins. */
export function merged(under: Snapshot, over: Snapshot): Snapshot {
  return {
    lists: { ...under.lists, ...over.lists },
    ones: { ...under.ones, ...over.ones },
  };
}

/** A list as a snapshot has it. */
export function listOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, string> {
  return new Map(items.map((item) => [keyOf(item), JSON.stringify(item)]));
}

/** The `Patch` that makes `now` of what was sent, as JSON; undefined where nothing differs. */
export function patchBetween(sent: Snapshot, now: Snapshot): string | undefined {
  const set: string[] = [];
  const gone: string[] = [];
  for (const [name, list] of Object.entries(now.lists)) {
    const before = sent.lists[name as keyof Topics];
    if (before === list) continue;
    const changed = [...list].filter(([key, text]) => before?.get(key) !== text);
    const removed = [...(before?.keys() ?? [])].filter((key) => !list.has(key));
    if (changed.length > 0) set.push(member(name, objectOf(changed)));
    if (removed.length > 0) gone.push(member(name, JSON.stringify(removed)));
  }
  const ones = Object.entries(now.ones).filter(
    ([name, text]) => sent.ones[name as keyof Singles] !== text,
  );
  const parts: [keyof Patch, string][] = [
    ...(set.length > 0 ? [["set", `{${set.join()}}`] as [keyof Patch, string]] : []),
    ...(gone.length > 0 ? [["gone", `{${gone.join()}}`] as [keyof Patch, string]] : []),
    ...(ones.length > 0 ? [["one", objectOf(ones)] as [keyof Patch, string]] : []),
  ];
  return parts.length > 0 ? objectOf(parts) : undefined;
}

/** The values are JSON already. */
function objectOf(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, text]) => member(key, text)).join()}}`;
}

function member(key: string, text: string): string {
  return `${JSON.stringify(key)}:${text}`;
}
