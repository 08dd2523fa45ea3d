import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, expect } from "vitest";

/** `npm run sandbox` in a process of its own. */
export interface Launched {
  /** Of the page. */
  url: string;
  /** From its start until the page was there. */
  pageMs: number;
  /** What it has written so far. */
  says(): string;
  /** Resolves when it has said this. */
  untilSaid(words: string): Promise<void>;
  /** Ctrl-C; the exit status. */
  interrupt(): Promise<number | null>;
}

/** Starts it at a free port; resolves when its page answers. It ends with the tests of this file. */
export async function launchSandbox(): Promise<Launched> {
  const began = performance.now();
  const script = fileURLToPath(new URL("../../sandbox/sandbox.ts", import.meta.url));
  const child = spawn(process.execPath, [script, "--port", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const interrupt = async () => {
    child.kill("SIGINT");
    await ended;
    return child.exitCode;
  };
  afterAll(async () => {
    if (child.exitCode === null) await interrupt();
  });
  const untilSaid = async (words: string) => {
    const said = new Promise<void>((resolve) => {
      const look = () => output.includes(words) && resolve();
      listeners.add(look);
      look();
    });
    const isTooEarly = ended.then(() => Promise.reject(new Error(`It ended:\n${output}`)));
    await Promise.race([said, isTooEarly]);
  };
  await untilSaid("Open http");
  const url = /Open (http:\S+)/.exec(output)?.[1] ?? "";
  expect((await fetch(url)).ok).toBe(true);
  return { url, pageMs: performance.now() - began, says: () => output, untilSaid, interrupt };
}
