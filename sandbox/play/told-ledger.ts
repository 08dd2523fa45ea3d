import { setTimeout as pause } from "node:timers/promises";
import type { Scenario } from "#sandbox/scenario.ts";
import { machinesOf, send } from "./machines.ts";
import { ProcessError } from "./processes.ts";
import { patienceOf, type Stage } from "./stage.ts";
import { serviceName } from "./world.ts";

/** A change as a job that rolls it out posts it, one JSON object a line (`scenarios/otlp.mjs --changes`). */
export interface PostedChange {
  /** `<scenario>-<event>`: the same key is the same change. */
  key: string;
  service: string;
  /** ISO 8601, UTC. */
  at: string;
  kind: string;
  layer: string;
  summary: string;
}

/** The key under which a change of the scenario stands in the ledger: "S1-CP7". */
export function keyOfChange(scenario: Pick<Scenario, "id">, id: string): string {
  return `${scenario.id}-${id}`;
}

/**
 * The changes that stand in the ledger before step 1 (scenarios/README.md, "Playing"), the oldest first: what
 * is a consequence seen in spans was declared by nobody, and what a step records is not there before it.
 */
export function declaredChanges(scenario: Scenario): PostedChange[] {
  const recorded = new Set(
    scenario.steps
      .filter((step) => step.do === "add_change")
      .flatMap((step) => step.with.change_ids ?? []),
  );
  return (scenario.control_plane_events ?? [])
    .filter(({ id, role }) => role !== "effect" && !recorded.has(id))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map(({ id, at, kind, layer, what }) => ({
      key: keyOfChange(scenario, id),
      service: serviceName,
      at,
      kind,
      layer,
      summary: what,
    }));
}

/**
 * Tells the bot what changed, as a CI job does, and again for as long as it is not there to be told. Returns
 * how many changes that were. Throws ProcessError where it refuses them, or where patience is over.
 * `botUrl`: where its HTTP side listens.
 */
export async function tellLedger(stage: Sender, botUrl: string): Promise<number> {
  const changes = declaredChanges(stage.scenario);
  if (changes.length === 0) return 0;
  const body = changes.map((change) => `${JSON.stringify(change)}\n`).join("");
  await untilTaken(stage, `${botUrl}/v1/changes`, body, "application/x-ndjson");
  return changes.length;
}

/**
 * Sends the bot the spans of the scenario's service until the declaration, as its telemetry would have. Returns
 * how many requests that took; 0 where the scenario does not say what ran. Throws as `tellLedger` does.
 */
export async function sendSpans(stage: Sender, botUrl: string): Promise<number> {
  const { scenario } = stage;
  if (!scenario.version_state || !scenario.control_plane_events) return 0;
  const { requests } = await machinesOf(scenario, ["--to", scenario.detection.declared]);
  for (const body of requests) {
    await untilTaken(stage, `${botUrl}/v1/traces`, body, "application/json");
  }
  return requests.length;
}

/** Who sends, and with how much patience. */
type Sender = Pick<Stage, "scenario" | "patienceMs" | "isBotUp">;

async function untilTaken(
  stage: Sender,
  url: string,
  body: string,
  contentType: string,
): Promise<void> {
  const isPatient = patienceOf(stage);
  let last = "";
  while (isPatient()) {
    const answer = await post(url, body, contentType);
    if (answer.status >= 200 && answer.status < 300) return;
    last = `${answer.status} ${answer.text}`;
    if (isForGood(answer.status)) break;
    await pause(betweenTriesMs);
  }
  throw new ProcessError(`The bot did not take what was sent to ${url}: ${last}`);
}

const betweenTriesMs = 200;

function isForGood(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

/** Status 0: nobody answered. */
async function post(
  url: string,
  body: string,
  contentType: string,
): Promise<{ status: number; text: string }> {
  try {
    const response = await send(url, body, { contentType });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    // a bot that is being restarted answers nothing
    return { status: 0, text: cause instanceof Error ? cause.message : String(cause) };
  }
}
