import type { UserId } from "#src/domain/person.ts";
import { escapeMrkdwn, mention } from "#views/block-kit.ts";

/** Of a message's text; what is longer Slack may cut (https://docs.slack.dev/reference/methods/chat.postMessage, "text"). */
const commentAtMost = 4_000;

/**
 * The message beside a picture: all that it says, as whole lines, and who asked for it. Slack reads it as
 * markup, so what people wrote is escaped. Lines that do not fit are counted.
 */
export function pictureComment(userId: UserId, lines: readonly string[]): string {
  const [first = "", ...more] = lines.map(escapeMrkdwn);
  const begin = `*${first}*\nAsked for by ${mention(userId).mrkdwn}.`;
  const rest = (left: number) =>
    `\n${left} more ${left === 1 ? "line" : "lines"}: the picture has them.`;
  let comment = begin;
  for (const [index, line] of more.entries()) {
    if (comment.length + 1 + line.length + rest(more.length).length > commentAtMost) {
      return `${comment}${rest(more.length - index)}`;
    }
    comment += `\n${line}`;
  }
  return comment;
}
