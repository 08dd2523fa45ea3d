import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** One call of the Web API, as the bot made it; times as `performance.now()` gives them. */
export interface SlackCall {
  method: string;
  args: Record<string, unknown>;
  startedAt: number;
  endedAt: number;
}

export interface SlowSlack {
  url: string;
  /** Answered calls, in the order of their answers. */
  calls: SlackCall[];
  close(): void;
}

/** A Slack that takes `delayMs` for every call, says yes to all of them, and remembers when each came and went. */
export async function startSlowSlack(
  team: { teamId: string; userIds: string[] },
  delayMs: number,
): Promise<SlowSlack> {
  const calls: SlackCall[] = [];
  let made = 0;
  const answers: Record<string, (args: Record<string, unknown>) => object> = {
    "auth.test": () => ({ team_id: team.teamId, user_id: "UBOT", bot_id: "BBOT", team: "bench" }),
    "users.list": () => ({ members: team.userIds.map((id) => userOf(id, team.teamId)) }),
    "users.info": ({ user }) => ({ user: userOf(String(user), team.teamId) }),
    "conversations.create": () => ({ channel: { id: `C${(made += 1)}` } }),
    "conversations.open": ({ users }) => ({ channel: { id: `D${String(users)}` } }),
    "conversations.info": () => ({ channel: { topic: { value: "" } } }),
    "conversations.members": () => ({ members: team.userIds }),
    "chat.postMessage": ({ channel }) => ({ channel, ts: `${(made += 1)}.000100` }),
    "chat.getPermalink": () => ({ permalink: "https://bench.slack.com/archives/C1/p1" }),
  };
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const startedAt = performance.now();
      const method = (incoming.url ?? "").replace(/^\/(api\/)?/, "").replace(/\?.*$/, "");
      const args = await argumentsOf(incoming);
      await pause(delayMs);
      outgoing.setHeader("content-type", "application/json");
      outgoing.end(JSON.stringify({ ok: true, ...answers[method]?.(args) }));
      calls.push({ method, args, startedAt, endedAt: performance.now() });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/`,
    calls,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function userOf(id: string, teamId: string): object {
  const name = id.toLowerCase();
  return { id, team_id: teamId, name, profile: { display_name: name } };
}

async function argumentsOf(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text.startsWith("{")
    ? (JSON.parse(text) as Record<string, unknown>)
    : Object.fromEntries(new URLSearchParams(text));
}
