import { type Json, objectsOf, textOf } from "#sandbox/json.ts";

/** Rules between fields, which a table of shapes cannot hold. */

/** block_id is unique in the surface, action_id in its block. */
export function checkUniqueIds(blocks: Json[]): string[] {
  const problems: string[] = [];
  const seen = new Set<unknown>();
  blocks.forEach((block, index) => {
    const blockId = textOf(block["block_id"]);
    if (blockId !== undefined && seen.has(blockId)) {
      problems.push(`/blocks/${index}/block_id: "${blockId}" is used twice`);
    }
    seen.add(blockId);
    const actionIds = new Set<unknown>();
    objectsOf(block["elements"]).forEach((element, at) => {
      const actionId = textOf(element["action_id"]);
      if (actionId !== undefined && actionIds.has(actionId)) {
        const pointer = `/blocks/${index}/elements/${at}/action_id`;
        problems.push(`${pointer}: "${actionId}" is used twice`);
      }
      actionIds.add(actionId);
    });
  });
  return problems;
}

/** An initial option is exactly one of the options; option values differ; lengths do not cross. */
export function checkElement(element: Json, pointer: string): string[] {
  const problems: string[] = [];
  const options = allOptions(element);
  if (options.length > 0) {
    const known = new Set(options.map((option) => JSON.stringify(sorted(option))));
    const isKnown = (option: unknown) => known.has(JSON.stringify(sorted(option)));
    if (element["initial_option"] !== undefined && !isKnown(element["initial_option"])) {
      problems.push(`${pointer}/initial_option: not exactly one of the options`);
    }
    objectsOf(element["initial_options"]).forEach((option, index) => {
      if (!isKnown(option)) {
        problems.push(`${pointer}/initial_options/${index}: not exactly one of the options`);
      }
    });
    const values = options.map((option) => option["value"]);
    if (new Set(values).size < values.length)
      problems.push(`${pointer}/options: a value is used twice`);
  }
  const [min, max, initial] = [
    element["min_length"],
    element["max_length"],
    element["initial_value"],
  ];
  if (typeof min === "number" && typeof max === "number" && min > max) {
    problems.push(`${pointer}/min_length: more than max_length`);
  }
  if (typeof max === "number" && typeof initial === "string" && initial.length > max) {
    problems.push(`${pointer}/initial_value: longer than max_length ${max}`);
  }
  return problems;
}

/** The options of an element, those in groups included. */
export function allOptions(element: Json): Json[] {
  return [
    ...objectsOf(element["options"]),
    ...objectsOf(element["option_groups"]).flatMap((group) => objectsOf(group["options"])),
  ];
}

/** The same object with its keys in order, so that two can be compared as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, item]) => [field, sorted(item)]),
  );
}
