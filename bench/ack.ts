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
const rounds = 3;
const closedSeconds = 5;
const openSeconds = 8;
const perSecond = 50;

/** One of the three servers, running. */
interface Contestant {
  title: string;
  child: ChildProcess;
  url: string;
  closed: LoadResult[];
  open: LoadResult;
}

/**
 * Runs the benchmark and prints it; the last line is the ratio of (c) to (b). The three take turns, so
 * that a machine whose speed drifts slows all of them alike; what is printed is the median of the rounds.
 */
export async function benchAck(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "faultline-bench-"));
  await chmod(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, log: createLog("error") });
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
  const contestants: Contestant[] = [];
  try {
    const a = await enter("(a) Bolt, ack only", "ack-floor.ts", { ...env, BENCH_FLOOR: "a" });
    contestants.push(a);
    const b = await enter("(b) Bolt, one transaction of three inserts", "ack-floor.ts", {
      ...env,
      BENCH_FLOOR: "b",
    });
    contestants.push(b);
    const c = await enter("(c) Faultline, the answer form", "ack-service.ts", env);
    contestants.push(c);
    await declareAll(c.url);
    const roundTrips = await compete(contestants, c);
    console.log(
      `${connections} connections, no worker, ${incidents} incidents; closed loop: median of ${rounds} rounds of ${closedSeconds} s each in turn; open loop: ${perSecond} requests/s for ${openSeconds} s`,
    );
    for (const contestant of contestants) report(contestant);
    console.log(`(c) makes ${roundTrips.toFixed(1)} round trips to the database a request`);
    console.log(`c/b ${(median(c).requestsPerSecond / median(b).requestsPerSecond).toFixed(2)}`);
  } finally {
    for (const { child } of contestants) child.kill();
    slack.close();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function enter(title: string, script: string, env: NodeJS.ProcessEnv): Promise<Contestant> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { env });
  const { port } = await next<{ port: number }>(child);
  const nothing = { requestsPerSecond: 0, p50Ms: 0, p99Ms: 0, sent: 0, failed: 0 };
  return { title, child, url: `http://127.0.0.1:${port}/slack/events`, closed: [], open: nothing };
}

/** Warms all up, has them run in turn, and returns how many round trips `counted` made for one request. */
async function compete(contestants: Contestant[], counted: Contestant): Promise<number> {
  for (const { url } of contestants) {
    await closedLoop(url, { connections, seconds: warmUpSeconds, shot: answer });
  }
  const before = await countRoundTrips(counted);
  for (let round = 0; round < rounds; round += 1) {
    for (const { url, closed } of contestants) {
      closed.push(await closedLoop(url, { connections, seconds: closedSeconds, shot: answer }));
    }
  }
  const after = await countRoundTrips(counted);
  for (const contestant of contestants) {
    const { url } = contestant;
    contestant.open = await openLoop(url, {
      connections,
      seconds: openSeconds,
      perSecond,
      shot: answer,
    });
  }
  return (after - before) / counted.closed.reduce((sum, { sent }) => sum + sent, 0);
}

/** The round whose rate stands in the middle. */
function median({ closed }: Contestant): LoadResult {
  const sorted = closed.toSorted((x, y) => x.requestsPerSecond - y.requestsPerSecond);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function report(contestant: Contestant): void {
  const { title, closed, open } = contestant;
  const line = (name: string, { requestsPerSecond, p50Ms, p99Ms }: LoadResult): string =>
    `    ${name}  ${requestsPerSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50Ms.toFixed(1).padStart(6)} ms   p99 ${p99Ms.toFixed(1).padStart(6)} ms`;
  console.log(`${title}\n${line("closed", median(contestant))}\n${line("open  ", open)}`);
  const failed = [...closed, open].reduce((sum, result) => sum + result.failed, 0);
  if (failed > 0) throw new Error(`${failed} requests failed: nothing was measured`);
}

async function countRoundTrips({ child }: Contestant): Promise<number> {
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
          value: `Nothing was deployed in the window, says form ${form}.`,
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
