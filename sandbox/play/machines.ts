import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scenario } from "#sandbox/scenario.ts";
import { intakeToken } from "./world.ts";

/** What the machines of a scenario send. */
export interface Machines {
  /** OTLP/JSON requests, as a stock exporter sends them one after the other. */
  requests: string[];
  /** Declared changes, one JSON object a line. */
  changes: string;
}

const script = fileURLToPath(new URL("../../scenarios/otlp.mjs", import.meta.url));

/** Runs `node scenarios/otlp.mjs` over the scenario, in a process of its own. `options`: at the head of that file. */
export async function machinesOf(scenario: Scenario, options: string[] = []): Promise<Machines> {
  const folder = await mkdtemp(join(tmpdir(), "faultline-otlp-"));
  const changesFile = join(folder, "changes.jsonl");
  try {
    const spans = await new Promise<string>((resolve, reject) => {
      const child = execFile(
        process.execPath,
        [script, "--changes", changesFile, ...options],
        { maxBuffer: spansBytesAtMost },
        (error, stdout) => (error ? reject(error) : resolve(stdout)),
      );
      child.stdin?.end(JSON.stringify(scenario));
    });
    return {
      requests: spans.split("\n").filter((line) => line !== ""),
      changes: await readFile(changesFile, "utf8"),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const spansBytesAtMost = 256 * 1024 * 1024;

/** Sends one body to the bot's door for machines; `token`: null sends none. Throws where nobody answers. */
export function send(
  url: string,
  body: string,
  given: { contentType?: string; token?: string | null } = {},
): Promise<Response> {
  const { contentType = "application/json", token = intakeToken } = given;
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": contentType,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body,
    signal: AbortSignal.timeout(answerMs),
  });
}

const answerMs = 10_000;
