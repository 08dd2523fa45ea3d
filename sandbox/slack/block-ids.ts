import { createHash } from "node:crypto";
import type { Json } from "#sandbox/json.ts";

/**
 * Slack gives a block and an element without an id one of its own. Ours depend on what they stand
 * for and on the salt alone, so that two runs can be compared.
 */
export function withIds(blocks: Json[], salt = ""): Json[] {
  return blocks.map((block, index) => {
    const named: Json = { ...block, block_id: block["block_id"] ?? newId(block, index, salt) };
    for (const field of ["element", "accessory"]) {
      if (named[field] !== undefined) named[field] = withActionId(named[field] as Json, 0, salt);
    }
    if (Array.isArray(named["elements"])) {
      named["elements"] = named["elements"].map((item, at) => withActionId(item as Json, at, salt));
    }
    return named;
  });
}

const withoutActionId = new Set(["plain_text", "mrkdwn", "image"]);

function withActionId(element: Json, index: number, salt: string): Json {
  const type = String(element["type"]);
  if (withoutActionId.has(type) || type.startsWith("rich_text_")) return element;
  return { ...element, action_id: element["action_id"] ?? newId(element, index, salt) };
}

function newId(value: Json, index: number, salt: string): string {
  const hash = createHash("sha256").update(`${salt}/${index}/${JSON.stringify(value)}`);
  return hash.digest("base64url").slice(0, 5);
}
