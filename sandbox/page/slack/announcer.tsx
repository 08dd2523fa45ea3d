import { useEffect, useRef, useState } from "react";
import { useTopic } from "#sandbox/page/live/store.ts";
import { compareTs } from "./conversation.ts";
import { channelName, handleOf, useHere } from "./here.tsx";

const most = 5;

/** Says what arrives, for who does not see it: as Slack does, by the text that stands for the blocks. */
export function Announcer() {
  const here = useHere();
  const channels = useTopic("channels");
  const messages = useTopic("messages");
  const newest = useRef<string>(undefined);
  const [said, setSaid] = useState<{ ts: string; text: string }[]>([]);
  useEffect(() => {
    const last = newest.current;
    let latest = last ?? "";
    const arrived: typeof said = [];
    for (const { ts, user, channel: id, text } of messages.values()) {
      if (latest === "" || compareTs(ts, latest) > 0) latest = ts;
      if (last === undefined || user === here.me.id) continue;
      if (last !== "" && compareTs(ts, last) <= 0) continue;
      const channel = channels.get(id);
      if (!channel || (!channel.isMember && !channel.isDirect)) continue;
      const where = channelName(here, channel);
      const what = plain(text, (userId) => handleOf(here, userId));
      arrived.push({ ts, text: `${handleOf(here, user)} in ${where}: ${what}` });
    }
    newest.current = latest;
    if (arrived.length > 0) setSaid((before) => [...before, ...arrived].slice(-most));
  }, [messages]);
  return (
    <div className="only-spoken" role="log" aria-live="polite" aria-label="New messages">
      {said.map(({ ts, text }) => (
        <p key={ts}>{text}</p>
      ))}
    </div>
  );
}

const longest = 300;

/** Slack's markup as it is said: ids by their names, links by their words. */
function plain(text: string, nameOf: (userId: string) => string): string {
  return text
    .slice(0, longest)
    .replaceAll(/<[^<>|]*\|([^<>]*)>/g, "$1")
    .replaceAll(/<@(\w+)>/g, (_, userId: string) => `@${nameOf(userId)}`)
    .replaceAll(/<!(\w+)>/g, "@$1")
    .replaceAll(/<([^<>]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
