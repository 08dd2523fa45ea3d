import type { SlackPost } from "./slack-api.ts";

/** A message in an answer or in a payload of Slack's, as far as we read it. */
export interface RawMessage {
  ts?: string;
  thread_ts?: string;
  user?: string;
  username?: string;
  bot_id?: string;
  bot_profile?: { name?: string };
  text?: string;
  attachments?: { title?: string; text?: string; fallback?: string }[];
  blocks?: unknown[];
  files?: { name?: string | null; title?: string | null; id?: string }[];
  reactions?: { name?: string; users?: string[]; count?: number }[];
}

/** Reads a message; undefined where it has no ts, and so is none. */
export function toPost(message: RawMessage): SlackPost | undefined {
  if (!message.ts) return undefined;
  const appName = message.bot_profile?.name ?? message.username ?? null;
  return {
    ts: message.ts,
    userId: message.user ?? null,
    appName: message.bot_id ? appName : null,
    botId: message.bot_id ?? null,
    rawText: rawTextOf(message),
    files: (message.files ?? []).map((file) => file.name || file.title || file.id || "a file"),
    reactions: (message.reactions ?? []).map(({ name = "", users = [], count }) => ({
      name,
      userIds: users,
      count: count ?? users.length,
    })),
  };
}

/** Apps often say everything in attachments or blocks, and leave the text empty. */
function rawTextOf({ text, attachments = [], blocks = [] }: RawMessage): string {
  if (text) return text;
  const attached = attachments.flatMap((one) =>
    one.title || one.text ? [one.title, one.text] : [one.fallback],
  );
  const said = attached.filter((one) => one).join("\n");
  return said || blocks.flatMap(textsIn).join("\n");
}

/** The texts of a block of whatever kind, in their order. */
function textsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "text" && typeof inner === "string") return [inner];
    return Array.isArray(inner) ? inner.flatMap(textsIn) : textsIn(inner);
  });
}
