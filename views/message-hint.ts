import { z } from "zod";
import type { UserId } from "#src/domain/person.ts";
import type { PinnedMessage } from "#src/domain/pin-message.ts";
import { truncate } from "./block-kit.ts";

/** What a message's menu was used for, where the incident has to be asked first. */
export type MessagePurpose = "add-to-timeline" | "attach-evidence";

/** A message of Slack's that waits in a form until its incident is chosen. */
export interface WaitingMessage {
  purpose: MessagePurpose;
  message: PinnedMessage;
}

/** Slack's limit is 3,000 characters. */
const most = 3_000;

const waiting = z.object({
  p: z.enum(["add-to-timeline", "attach-evidence"]),
  c: z.string(),
  t: z.string(),
  u: z.string().nullable(),
  a: z.string().nullable(),
  x: z.string(),
  f: z.array(z.string()),
  l: z.string().nullable(),
});

/** As a form's private_metadata. A message that does not fit ends in "…": its link leads to the rest. */
export function encodeMessage({ purpose, message }: WaitingMessage): string {
  const files = message.files.slice(0, 10).map((name) => truncate(name, 60));
  const encode = (text: string): string =>
    JSON.stringify({
      p: purpose,
      c: message.channelId,
      t: message.ts,
      u: message.author,
      a: message.authorName && truncate(message.authorName, 80),
      x: text,
      f: files,
      l: message.link,
    });
  let { text } = message;
  for (let over = encode(text).length - most; over > 0; over = encode(text).length - most) {
    text = truncate(text, Math.max(1, text.length - Math.ceil(over / 6) - 1));
  }
  return encode(text);
}

/** Undefined where the text is not one of ours. */
export function parseMessage(metadata: string): WaitingMessage | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(metadata);
  } catch {
    return undefined;
  }
  const parsed = waiting.safeParse(raw);
  if (!parsed.success) return undefined;
  const { p, c, t, u, a, x, f, l } = parsed.data;
  return {
    purpose: p,
    message: {
      channelId: c,
      ts: t,
      author: u as UserId | null,
      authorName: a,
      text: x,
      files: f,
      link: l,
    },
  };
}
