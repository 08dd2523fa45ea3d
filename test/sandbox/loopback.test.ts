// Goal: the sandbox's servers take nothing from other sites' pages, and programs come through.
// Method: raw requests with the headers a browser would send, to each of the servers.
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { listen, type ListeningServer } from "#sandbox/http.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf } from "./api-client.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
let own: ListeningServer;
beforeAll(async () => {
  sandbox = await startSandbox(seed);
  own = await listen((_, response) => {
    response.end("own");
  });
  own.server.on("upgrade", (_, stream) => stream.end("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
});
afterAll(async () => {
  await own.close();
  await sandbox.close();
});

async function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  const call = request(url, { agent: false, headers });
  call.end();
  const answer = (await once(call, "response").catch(() => [])) as { statusCode: number }[];
  return answer[0]?.statusCode ?? 0;
}

const refused = [
  ["a name that points here", { host: "rebound.example:PORT" }],
  ["another port", { host: "127.0.0.1:1" }],
  ["no port", { host: "localhost" }],
  ["another origin", { origin: "https://evil.example" }],
  ["another port's origin", { origin: "http://127.0.0.1:1" }],
  ["an origin without a name", { origin: "null" }],
  ["another site", { "sec-fetch-site": "cross-site" }],
] as const;
const taken = [
  ["a program", {}],
  ["the other name", { host: "localhost:PORT" }],
  ["its own page", { origin: "http://127.0.0.1:PORT", "sec-fetch-site": "same-origin" }],
  ["the address bar", { "sec-fetch-site": "none" }],
] as const;

function filled(headers: Readonly<Record<string, string>>, url: string): Record<string, string> {
  const { port } = new URL(url);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", port)]),
  );
}

test.each(refused)("%s is refused by every server", async (_, headers) => {
  const { slackApiUrl, githubApiUrl, controlUrl, clockUrl } = sandbox.addresses;
  for (const url of [slackApiUrl, githubApiUrl, controlUrl, clockUrl, own.url]) {
    expect(await statusOf(url, filled(headers, url))).toBe(403);
  }
});

test.each(taken)("%s comes through", async (_, headers) => {
  expect(await statusOf(own.url, filled(headers, own.url))).toBe(200);
  const { clockUrl } = sandbox.addresses;
  expect(await statusOf(clockUrl, filled(headers, clockUrl))).toBe(200);
});

test("a WebSocket of another site is refused as well", async () => {
  const open = (url: string, origin?: string) => {
    const socket = new WebSocket(url, origin === undefined ? {} : { origin });
    return new Promise<string>((resolve) => {
      socket.once("open", () => resolve("open"));
      socket.once("error", (error) => resolve(error.message));
    }).finally(() => socket.terminate());
  };
  const linkTo = async () => {
    const client = clientOf(sandbox, seed.bot.appToken);
    return (await client.apps.connections.open()).url ?? "";
  };
  expect(await open(await linkTo(), "https://evil.example")).toContain("403");
  expect(await open(await linkTo())).toBe("open");
  expect(await open(own.url.replace("http", "ws"), "https://evil.example")).toContain("403");
});

test("an address that is none does not end the sandbox", async () => {
  const { controlUrl, slackApiUrl, githubApiUrl } = sandbox.addresses;
  for (const url of [controlUrl, slackApiUrl, githubApiUrl]) {
    const call = request(url, { agent: false, path: "//" });
    call.end();
    const [answer] = (await once(call, "response")) as [{ statusCode: number }];
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  }
  expect((await sandbox.control.state()).channels.length).toBeGreaterThan(0);
});

test("a port that is taken is said in a sentence, a free one is used", async () => {
  const { port } = new URL(own.url);
  await expect(listen(() => {}, Number(port))).rejects.toThrow(`Port ${port} is taken`);
  await own.close();
  own = await listen((_, response) => {
    response.end("again");
  }, Number(port));
  expect(own.url).toBe(`http://127.0.0.1:${port}`);
});
