import type { UserId } from "#src/domain/person.ts";

/** The people who are mentioned in what was typed, in their order, as Slack escaped them. */
export function readMentions(text: string): UserId[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g)].map((match) => match[1] as UserId);
}

/**
 * What was typed after the slash command, as people wrote it. With `should_escape` Slack turns people,
 * channels and addresses into sequences of its own, and escapes three characters
 * (docs.slack.dev, "Formatting message text"); what is stored and shown elsewhere is `@name`,
 * `#name` and the address.
 */
export function readCommandText(text: string): string {
  return text
    .replace(/<@[UW][A-Z0-9]+\|([^<>|]*)>/g, "@$1")
    .replace(/<#[CG][A-Z0-9]+\|([^<>|]*)>/g, "#$1")
    .replace(/<((?:https?|mailto):[^<>|]+)(?:\|[^<>]*)?>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
