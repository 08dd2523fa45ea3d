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
