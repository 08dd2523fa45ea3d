/**
 * How long from "Declare" to a channel that is of use: created, people invited, panel posted? The whole
 * service on the embedded database, against a Slack that takes 150 ms for every call: the time, and how
 * many calls had to wait for one another. Peers need 6 to 11 (design: read from their own source).
 */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InputBlock } from "@slack/types";
import { readConfig } from "#src/config.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { createLog } from "#src/lib/log.ts";
import { startService } from "#src/main.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { signedSubmission } from "./signed-submission.ts";
import { type SlackCall, startSlowSlack } from "./slow-slack.ts";

const signingSecret = "bench-signing-secret";
const teamId = "TBENCH";
const delayMs = 150;
const declarations = 20;
const aim = 3;
const peers = "6 to 11";
/** How long one declaration may take before the benchmark gives up. */
const patienceMs = 15_000;

/** Runs the benchmark and prints it; fails where a channel takes more than three calls one after the other. */
export async function benchDeclare(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "faultline-bench-"));
  await chmod(dataDir, 0o755);
  const owners = layerIds.map((_, index) => `U0OWNER${index}`);
  const slack = await startSlowSlack({ teamId, userIds: ["U0DECLARER", ...owners] }, delayMs);
  const services = join(dataDir, "services.yml");
  await writeFile(services, servicesFile(owners));
  const config = readConfig({
    SLACK_BOT_TOKEN: "xoxb-bench",
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.url,
    FAULTLINE_SERVICES: services,
    FAULTLINE_DATA_DIR: join(dataDir, "data"),
    PORT: "0",
    LOG_LEVEL: "error",
  });
  if (!config.ok) throw new Error(config.error);
  const service = await startService(config.value, { log: createLog("error") });
  try {
    const url = `http://127.0.0.1:${service.port}/slack/events`;
    // the first one warms up, and does not count
    await declareOne(url, slack.calls, 0);
    await service.drain();
    const measured: Measured[] = [];
    for (let nth = 1; nth <= declarations; nth += 1) {
      measured.push(await declareOne(url, slack.calls, nth));
      await service.drain();
    }
    report(measured);
  } finally {
    await service.stop();
    slack.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Measured {
  /** From the submission to the answer of the last of the three calls. */
  usableMs: number;
  /** From the submission to Slack's own answer: the form closes. */
  answeredMs: number;
  /** The longest row of calls of which each began after the one before had ended. */
  sequential: string[];
  /** Calls that went out beside them: direct messages to the owners. */
  meanwhile: number;
}

async function declareOne(url: string, calls: SlackCall[], nth: number): Promise<Measured> {
  const shot = signedSubmission(signingSecret, {
    teamId,
    userId: "U0DECLARER",
    viewId: `VDECLARE${nth}`,
    callbackId: "declare-incident",
    metadata: JSON.stringify({ i: 0 }),
    values: {
      title: { title: { type: "plain_text_input", value: `Declared ${nth}` } },
      severity: { severity: { type: "static_select", selected_option: { value: "SEV2" } } },
    },
  });
  const from = calls.length;
  const submittedAt = performance.now();
  const answer = await fetch(url, { method: "POST", body: shot.body, headers: shot.headers });
  const answeredMs = performance.now() - submittedAt;
  if (answer.status !== 200) throw new Error(`the form was answered with ${answer.status}`);
  const usableAt = await untilUsable(calls, from);
  const before = calls.slice(from).filter(({ endedAt }) => endedAt <= usableAt);
  const onTheWay = before.filter((call) => !isDirect(call));
  return {
    usableMs: usableAt - submittedAt,
    answeredMs,
    sequential: longestRow(onTheWay),
    meanwhile: before.length - onTheWay.length,
  };
}

/** When the channel was created, people were invited to it, and its panel stood. */
async function untilUsable(calls: SlackCall[], from: number): Promise<number> {
  const givesUpAt = performance.now() + patienceMs;
  while (performance.now() < givesUpAt) {
    const since = calls.slice(from);
    const needed = [
      since.find(({ method }) => method === "conversations.create"),
      since.find(({ method }) => method === "conversations.invite"),
      since.find(
        ({ method, args }) =>
          method === "chat.postMessage" && String(args["text"]).includes("layers answered"),
      ),
    ];
    const ends = needed.flatMap((call) => (call ? [call.endedAt] : []));
    if (ends.length === needed.length) return Math.max(...ends);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`no usable channel after ${patienceMs} ms`);
}

/** A direct message waits for nothing but the channel, and nothing of the channel waits for it. */
function isDirect({ method, args }: SlackCall): boolean {
  return method === "conversations.open" || String(args["channel"]).startsWith("D");
}

function longestRow(calls: SlackCall[]): string[] {
  const row: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const call of calls.toSorted((a, b) => a.endedAt - b.endedAt)) {
    if (call.startedAt < last) continue;
    row.push(call.method);
    last = call.endedAt;
  }
  return row;
}

function report(measured: Measured[]): void {
  const most = measured.reduce((a, b) => (b.sequential.length > a.sequential.length ? b : a));
  const line = (name: string, values: number[]): string => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (part: number) =>
      sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)]!;
    return `    ${name.padEnd(32)} p50 ${at(0.5).toFixed(0).padStart(6)} ms   max ${at(1).toFixed(0).padStart(6)} ms`;
  };
  console.log(`${measured.length} declarations, ${delayMs} ms for every call to Slack, six owners`);
  console.log(
    line(
      "until the form is answered",
      measured.map((one) => one.answeredMs),
    ),
  );
  console.log(
    line(
      "until the channel is of use",
      measured.map((one) => one.usableMs),
    ),
  );
  const own = measured.map((one) => one.usableMs - one.sequential.length * delayMs);
  console.log(line("of it our own, not Slack's", own));
  console.log(
    `calls one after the other: ${most.sequential.length} (${most.sequential.join(", ")}); aim ${aim}; peers ${peers}`,
  );
  console.log(
    `calls beside them, at the same time: at most ${Math.max(...measured.map((one) => one.meanwhile))}`,
  );
  console.log(
    `required fields at declaration: ${requiredFields().join(", ")} (${requiredFields().length})`,
  );
  if (most.sequential.length > aim) process.exitCode = 1;
}

/** The fields without which the form is not taken, by block_id. */
function requiredFields(): string[] {
  const view = declareIncidentModal.render({ title: "", services: [], isDrill: false });
  const inputs = view.blocks.filter((block): block is InputBlock => block.type === "input");
  return inputs.filter(({ optional }) => !optional).map(({ block_id: id = "" }) => id);
}

/** One service, the default one, with an owner for each layer. */
function servicesFile(owners: string[]): string {
  const lines = layerIds.map((layer, index) => `      ${layer}: { person: ${owners[index]} }`);
  return [
    "services:",
    "  - name: assistant",
    "    default: true",
    "    owners:",
    ...lines,
    "",
  ].join("\n");
}
