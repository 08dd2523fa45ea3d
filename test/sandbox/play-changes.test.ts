/**
 * Goal: what a scenario declares is in the bot's ledger before anybody does anything, as a CI job would have
 * sent it, once and with patience; what nobody declared is not.
 * Method: the changes are held against those that scenarios/otlp.mjs writes; a bot that is away, then busy, then
 * there, and one that refuses.
 */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { machinesOf } from "#sandbox/play/machines.ts";
import { declaredChanges, tellLedger } from "#sandbox/play/told-ledger.ts";
import { whatOf } from "#sandbox/play/step-words.ts";
import { intakeToken } from "#sandbox/play/world.ts";
import { pathOfScenario, readScenario, type Scenario, type Step } from "#sandbox/scenario.ts";

const read = await readScenario(await pathOfScenario("s1"));
if (!read.ok) throw new Error(read.error.join("\n"));
const scenario = read.value;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Seen {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A bot that answers with these statuses, the last one for ever. */
async function botThatAnswers(...statuses: number[]): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      seen.push({ url: request.url, headers: request.headers, body });
      const status = statuses[Math.min(seen.length, statuses.length) - 1] ?? 200;
      response.writeHead(status).end("no reason");
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const withSteps = (steps: Pick<Step, "do" | "with">[]): Scenario => ({
  ...scenario,
  steps: steps as Step[],
});

test("what is declared is what otlp.mjs writes as declared, to the letter", async () => {
  const { changes } = await machinesOf(scenario, ["--rate", "0.001"]);
  const lines = changes.trimEnd().split("\n");
  expect(declaredChanges(scenario).map((change) => JSON.stringify(change))).toEqual(lines);
  expect(lines).toHaveLength(10);
  expect(changes).not.toContain("share of requests that reached the wrong pool");
});

test("a change that a step records is not there before it", () => {
  const steps = withSteps([{ do: "add_change", with: { change_ids: ["CP7"] } }]);
  expect(declaredChanges(steps).map(({ key }) => key)).not.toContain("S1-CP7");
  expect(declaredChanges(steps)).toHaveLength(9);
});

test("a bot that is starting or busy is told again, until it has taken them", async () => {
  const { url, seen } = await botThatAnswers(503, 429, 201);
  expect(await tellLedger({ scenario, patienceMs: 10_000 }, url)).toBe(10);
  expect(seen.map((one) => one.url)).toEqual(Array(3).fill("/v1/changes"));
  expect(seen[0]?.headers).toMatchObject({
    authorization: `Bearer ${intakeToken}`,
    "content-type": "application/x-ndjson",
  });
  expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
});

test("a bot that refuses them is not asked again, and a bot that never comes is given up", async () => {
  const { url, seen } = await botThatAnswers(400);
  const stage = { scenario, patienceMs: 300 };
  await expect(tellLedger(stage, url)).rejects.toThrow("did not take what was sent");
  expect(seen).toHaveLength(1);
  server?.close();
  server?.closeAllConnections();
  await expect(tellLedger(stage, url)).rejects.toThrow("did not take what was sent");
});

test("a scenario in which nothing changed tells nobody anything", async () => {
  const { control_plane_events: _, ...quiet } = scenario;
  const { url, seen } = await botThatAnswers(200);
  expect(await tellLedger({ scenario: quiet, patienceMs: 300 }, url)).toBe(0);
  expect(seen).toEqual([]);
});

test("a step of the ledger is told in words", () => {
  const said = (kind: string, data: Step["with"]) =>
    whatOf(
      { n: 1, actor: "declarer", do: kind, with: data, expect: { result: "shown" } },
      scenario,
    );
  expect([
    said("show_changes", { scan: "default" }),
    said("show_changes", { scan: "since_lkg" }),
    said("add_change", { change_ids: ["CP1", "CP2"] }),
    said("add_change", { text: "cache cleared" }),
    said("mark_source_complete", { layers: ["model", "infrastructure"] }),
  ]).toEqual([
    "asks whether anything changed",
    "looks at all changes since it last worked",
    "records 2 changes that nothing declared",
    "records a change that nothing declared",
    "marks the change record of Model and Infrastructure as complete",
  ]);
});
