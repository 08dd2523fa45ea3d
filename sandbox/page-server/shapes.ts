import { z } from "zod";
import type { PersonMethod } from "#sandbox/page/live/ask.ts";

const text = z.string();
const id = z.string().min(1).max(255);
const given = z.union([text, z.array(text), z.null()]);
const values = z.record(text, given);
const user = z.object({ userId: id });
const channel = user.extend({ channelId: id });
const message = channel.extend({ ts: id });
const reaction = message.extend({ name: z.string().min(1).max(100) });
const place = z.union([
  z.object({ channelId: id, ts: id }),
  z.object({ viewId: id }),
  z.object({ homeOf: id }),
]);

/** What each thing a person does has to look like: the sandbox trusts whoever drives it, the page's server nobody. */
export const shapes: Readonly<Record<PersonMethod, z.ZodType>> = {
  command: channel.extend({ text }),
  act: user.extend({
    in: place,
    blockId: id.optional(),
    actionId: id,
    value: z.union([text, z.array(text)]).optional(),
    values: values.optional(),
  }),
  shortcut: user.extend({ callbackId: id, in: z.object({ channelId: id, ts: id }).optional() }),
  options: user.extend({ viewId: id, blockId: id, actionId: id, query: text }),
  openHome: user,
  submit: user.extend({ viewId: id, values }),
  closeView: user.extend({ viewId: id }),
  join: channel,
  leave: channel,
  invite: channel.extend({ invitedId: id }),
  say: channel.extend({
    text,
    threadTs: id.optional(),
    files: z.array(z.object({ name: id, mimetype: id, content: text })).optional(),
  }),
  upload: user.extend({ file: z.object({ name: id, mimetype: id, content: text }) }),
  deleteMessage: message,
  react: reaction,
  unreact: reaction,
  pin: message,
  unpin: message,
  removeBookmark: channel.extend({ bookmarkId: id }),
  setTopic: channel.extend({ topic: text }),
  archive: channel,
  unarchive: channel,
  markRead: message.extend({ ts: z.string().regex(/^\d+\.\d+$/) }),
};
