import type { UserId } from "./person.ts";

/** A sequence of Slack's in a message: `<@U1>`, `<#C1|general>`, `<!here>`, `<https://…|label>`. */
const sequence = /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g;

/** The people whom a message mentions, each once. `raw`: the text as Slack delivers it. */
export function mentionedIn(raw: string): UserId[] {
  const found = [...raw.matchAll(sequence)].filter(([, sign]) => sign === "@");
  return [...new Set(found.map(([, , id = ""]) => id as UserId))];
}

/**
 * A message as people read it: mentions by name, channels and addresses spelled out, and the three
 * characters that Slack escapes as they were typed (docs.slack.dev, "Formatting message text").
 * Whom `names` does not hold stands with the id. Characters that cannot be stored are left out.
 */
export function readMessageText(raw: string, names: ReadonlyMap<UserId, string>): string {
  return raw
    .replace(sequence, (whole, sign: string, target: string, label: string | undefined) => {
      switch (sign) {
        case "@":
          return `@${names.get(target as UserId) ?? (label || target)}`;
        case "#":
          return `#${label || target}`;
        case "!":
          // a user group and a date bring how they read; `here`, `channel` and `everyone` are words
          return label || (target.includes("^") ? "" : `@${target}`);
        default:
          return addressOf(whole, target, label);
      }
    })
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll("\0", "")
    .toWellFormed()
    .trim();
}

/** `label (address)`, or the address alone where the label says the same. */
function addressOf(whole: string, address: string, label: string | undefined): string {
  if (!/^[a-z][a-z+.-]*:/i.test(address)) return whole;
  const isSame = !label || address.replace(/^(?:https?:\/\/|mailto:|tel:)/, "").startsWith(label);
  return isSame || label === address
    ? address.replace(/^(?:mailto|tel):/, "")
    : `${label} (${address})`;
}
