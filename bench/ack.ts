/**
 * How fast is a form answered, against what Bolt and PostgreSQL allow on this very machine? One run,
 * one database, 16 connections, no worker: (a) bare Bolt that only acks, (b) Bolt with one transaction
 * of three inserts, (c) the service's answer form over 100 incidents.
 */
import { type ChildProcess, fork } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "#src/db/embedded.ts";
import { createLog } from "#src/lib/log.ts";
import { closedLoop, type LoadResult, openLoop, type Shot } from "./load.ts";
import { signedSubmission } from "./signed-submission.ts";
import { startSlackStub } from "./slack-stub.ts";

const signingSecret = "bench-signing-secret";
const teamId = "TBENCH";
const userId = "U0OWNER";
const connections = 16;
const incidents = 100;
const warmUpSeconds = 3;
const seconds = 8;
const perSecond = 50;

interface Measured {
  closed: LoadResult;
  open: LoadResult;
}

/** Runs the benchmark and prints it; the last line is the ratio of (c) to (b). */
export async function benchAck(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "faultline-bench-"));
  await chmod(dataDir, 0o755);
  const log = createLog("error");
  const database = await startEmbedded({ dataDir, log });
  const slack = await startSlackStub({ teamId, userIds: [userId] });
  const env = {
    ...process.env,
    BENCH_SIGNING_SECRET: signingSecret,
    BENCH_DATABASE_URL: database.url,
    DATABASE_URL: database.url,
    SLACK_BOT_TOKEN: "xoxb-bench",
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.url,
    PORT: "0",
    LOG_LEVEL: "error",
  };
  try {
    console.log(
      `${connections} connections, closed loop ${seconds} s, open loop ${perSecond} requests/s for ${seconds} s, no worker`,
    );
    const a = await measure("(a) Bolt, ack only", "ack-floor.ts", { ...env, BENCH_FLOOR: "a" });
    const b = await measure("(b) Bolt, three inserts", "ack-floor.ts", {
      ...env,
      BENCH_FLOOR: "b",
    });
    const c = await measure("(c) Faultline, answer form", "ack-service.ts", env, declareAll);
    const rates = [a, b, c].map((measured) => measured.closed.requestsPerSecond);
    console.log(
      `a ${rates[0]!.toFixed(0)}, b ${rates[1]!.toFixed(0)}, c ${rates[2]!.toFixed(0)} requests/s; (c) p99 at ${perSecond} requests/s ${c.open.p99Ms.toFixed(1)} ms`,
    );
    console.log(`c/b ${(rates[2]! / rates[1]!).toFixed(2)}`);
  } finally {
    slack.close();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  title: string,
  script: string,
  env: NodeJS.ProcessEnv,
  prepare?: (url: string) => Promise<void>,
): Promise<Measured> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { env });
  try {
    const { port } = await next<{ port: number }>(child);
    const url = `http://127.0.0.1:${port}/slack/events`;
    await prepare?.(url);
    await closedLoop(url, { connections, seconds: warmUpSeconds, shot: answer });
    const before = await countRoundTrips(child, script);
    const closed = await closedLoop(url, { connections, seconds, shot: answer });
    const after = await countRoundTrips(child, script);
    const open = await openLoop(url, { connections, seconds, perSecond, shot: answer });
    report(title, closed, open);
    if (after > before) {
      console.log(
        `    ${((after - before) / closed.sent).toFixed(1)} database round trips a request`,
      );
    }
    return { closed, open };
  } finally {
    child.disconnect();
    child.kill();
  }
}

function report(title: string, closed: LoadResult, open: LoadResult): void {
  const line = (name: string, { requestsPerSecond, p50Ms, p99Ms, failed }: LoadResult): string =>
    `    ${name}  ${requestsPerSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50Ms.toFixed(1).padStart(6)} ms   p99 ${p99Ms.toFixed(1).padStart(6)} ms   failed ${failed}`;
  console.log(`${title}\n${line("closed", closed)}\n${line("open  ", open)}`);
  if (closed.failed + open.failed > 0) throw new Error("requests failed: nothing was measured");
}

async function countRoundTrips(child: ChildProcess, script: string): Promise<number> {
  if (script !== "ack-service.ts") return 0;
  child.send("count");
  return (await next<{ roundTrips: number }>(child)).roundTrips;
}

function next<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as Message));
    child.once("exit", (code) => reject(new Error(`the server stopped with code ${code}`)));
  });
}

let form = 0;

/** One layer's answer, to one incident after the other, each on a form of its own. */
function answer(): Shot {
  form += 1;
  return signedSubmission(signingSecret, {
    teamId,
    userId,
    viewId: `V${form}`,
    callbackId: "answer-layers",
    metadata: JSON.stringify({ i: (form % incidents) + 1, l: ["infrastructure"] }),
    values: {
      "change:infrastructure": {
        "change:infrastructure": { type: "radio_buttons", selected_option: { value: "no_change" } },
      },
      "certainty:infrastructure": {
        "certainty:infrastructure": {
          type: "checkboxes",
          selected_options: [{ value: "source_complete" }, { value: "all_questions" }],
        },
      },
      "sentence:infrastructure": {
        "sentence:infrastructure": {
          type: "plain_text_input",
          value: "Nothing was deployed in the window.",
        },
      },
      author: { author: { type: "users_select", selected_user: userId } },
    },
  });
}

async function declareAll(url: string): Promise<void> {
  let number = 0;
  await closedLoop(url, {
    connections: 1,
    seconds: Number.POSITIVE_INFINITY,
    most: incidents,
    shot: () => {
      number += 1;
      return signedSubmission(signingSecret, {
        teamId,
        userId,
        viewId: `VDECLARE${number}`,
        callbackId: "declare-incident",
        metadata: JSON.stringify({ i: 0 }),
        values: {
          title: { title: { type: "plain_text_input", value: `Incident ${number}` } },
          severity: { severity: { type: "static_select", selected_option: { value: "SEV3" } } },
        },
      });
    },
  });
}
