// Goal: the sandbox works as a process of its own and is driven over HTTP; its clock tells the time
// of the replay.
// Method: node sandbox/main.ts with a seed file, and the client.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { WebClient } from "@slack/web-api";
import { afterAll, expect, test } from "vitest";
import { connectSandbox } from "#sandbox/client.ts";
import type { SandboxAddresses } from "#sandbox/protocol.ts";
import { seed } from "./seed.ts";

let child: ChildProcess | undefined;
let folder = "";
afterAll(async () => {
  child?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("it says where it answers, does what it is asked over HTTP, and ends on SIGTERM", async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const path = join(folder, "seed.json");
  await writeFile(path, JSON.stringify(seed));
  child = spawn(process.execPath, ["sandbox/main.ts", path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const [line] = (await once(
    createInterface({ input: child.stdout ?? expect.fail() }),
    "line",
  )) as string[];
  const addresses = JSON.parse(line ?? "") as SandboxAddresses;
  const control = connectSandbox(addresses.controlUrl);

  const now = "2026-03-02T09:14:00.000Z";
  await control.setClock({ now });
  expect(await (await fetch(addresses.clockUrl)).json()).toEqual({ now });
  await expect(control.setClock({ now: "noon" })).rejects.toThrow('"noon" is not a time');

  const client = new WebClient(seed.bot.token, { slackApiUrl: addresses.slackApiUrl });
  await client.chat.postMessage({ channel: "C0GENERAL", text: "Hello" });
  const { ts } = await control.say({ userId: "U0ANA", channelId: "C0GENERAL", text: "Hi" });
  const { messages, channels, issues } = await control.state();
  expect(messages.map(({ text }) => text)).toEqual(["Hello", "Hi"]);
  expect(messages[1]?.ts).toBe(ts);
  expect(channels.map(({ name }) => name)).toEqual(["general", "open", "secret", "old"]);
  expect(issues).toEqual([]);
  expect(await control.openView({ userId: "U0ANA" })).toBeNull();
  await control.settled();
  expect((await control.wire()).calls).toMatchObject([{ method: "chat.postMessage", status: 200 }]);
  const unknown = control.say({ userId: "U0DAN", channelId: "C0GENERAL", text: "x" });
  await expect(unknown).rejects.toThrow("dan is deactivated");
  const typed = { userId: "U0ANA", channelId: "C0GENERAL", text: "/incident" };
  expect(await control.command(typed)).toMatchObject({ status: "failed" });

  // A bot that is killed in the middle of a request does no harm.
  const { host, port } = new URL(addresses.slackApiUrl);
  const half = connect(Number(port), "127.0.0.1");
  half.write(`POST /api/auth.test HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 100\r\n\r\nhalf`);
  half.write("", () => half.resetAndDestroy());
  await once(half, "close");
  expect((await client.auth.test()).user_id).toBe("U0BOT");

  child.kill("SIGTERM");
  expect((await exited)[0]).toBe(0);
});
