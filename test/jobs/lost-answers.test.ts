// Goal: with a tenth of the answers lost on the way back, Slack and GitHub hold every message and every
// issue exactly once.
// Method: our own clients against the sandbox over the network, which does what it is asked and then
// cuts the connection; effects drained on a real database.
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { CorrectiveAction } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { createGitHubApi } from "#src/github/client.ts";
import { handlers } from "#src/jobs/index.ts";
import { createRunner } from "#src/jobs/worker.ts";
import { systemClock } from "#src/lib/clock.ts";
import { createLog } from "#src/lib/log.ts";
import { createSlackApi } from "#src/slack/client.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { seed } from "#test/sandbox/seed.ts";
import { testDatabase } from "#test/support/database.ts";
import { incidentIn, team, write } from "./support.ts";
import { plainAction, plainEvidence } from "#test/support/not-yet.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const ana = "U0ANA" as UserId;
const count = 30;
let sandbox: Sandbox;

beforeAll(async () => {
  await prepareJobs(url, log);
  sandbox = await startSandbox(seed);
});
afterAll(() => sandbox.close());

test("of 30 messages and 30 issues whose answers are lost now and then, each is there once", async () => {
  const { control, addresses } = sandbox;
  const incidentId = await incidentIn(db, { channelId: null, declaredBy: ana });
  const runner = createRunner({
    context: {
      db,
      slack: createSlackApi({
        token: seed.bot.token,
        apiUrl: addresses.slackApiUrl,
        timeoutMs: 5_000,
      }),
      github: createGitHubApi(
        { token: seed.github.token },
        { apiUrl: addresses.githubApiUrl, timeoutMs: 5_000 },
      ),
      clock: systemClock,
      log,
      settings: {
        teamId: team,
        issuesRepo: "acme/incidents",
        postmortemPath: "postmortems",
        command: "/incident",
        ledger: noLedgerSettings,
      },
    },
    handlers,
    pacing: "off",
  });
  await write(db, { name: "create-channel", incidentId });
  await runner.drain();

  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await db.transaction().execute(async (trx) => {
    await lockIncident(trx, incidentId);
    const effects = numbers.flatMap((number): Effect[] => [
      { name: "post-message", incidentId, message: { kind: "evidence", evidenceNumber: number } },
      { name: "file-issue", incidentId, actionNumber: number },
    ]);
    const changes = { evidence: numbers.map(evidenceItem), actions: numbers.map(action) };
    await saveDecision(trx, { incidentId, changes, timeline: [], effects, now: new Date() });
  });
  await control.setFaults({
    seed: 7,
    faults: [
      { side: "slack", method: "chat\\.postMessage", kind: "cut_after", share: 0.1 },
      { side: "github", method: "POST .+/issues$", kind: "cut_after", share: 0.1 },
    ],
  });
  await runner.drain();

  const { messages, issues } = await control.state();
  const posted = messages.flatMap(
    (message) => /Observation \d+\./.exec(JSON.stringify(message.blocks)) ?? [],
  );
  expect(posted).toEqual(numbers.map((number) => `Observation ${number}.`));
  expect(issues.map((issue) => issue.title)).toEqual(numbers.map((number) => `Gate ${number}`));
  const { calls, blockKitFaults } = await control.wire();
  const lost = calls.filter((call) => call.fault === "cut_after").map((call) => call.side);
  expect(new Set(lost)).toEqual(new Set(["slack", "github"]));
  expect(blockKitFaults).toEqual([]);
  const { actions } = await getIncidentState(db, incidentId);
  expect(actions.map((one) => one.issueNumber)).toEqual(issues.map((issue) => issue.number));
});

function evidenceItem(number: number): EvidenceItem {
  return {
    number,
    kind: "E3",
    what: `Observation ${number}.`,
    strandNumbers: [1],
    slice: {},
    data: {},
    link: null,
    ...plainEvidence,
    supports: [],
    contradicts: [],
    clears: [],
    author: ana,
    recorder: ana,
    recordedAt: new Date(),
  };
}

function action(number: number): CorrectiveAction {
  return {
    number,
    title: `Gate ${number}`,
    owner: ana,
    ownerLogin: null,
    dueOn: "2030-01-31",
    criterion: "The job fails when the pass rate is below 0.95",
    layer: "model",
    constraintKind: null,
    enforcement: null,
    recorder: ana,
    recordedAt: new Date(),
    issueNumber: null,
    issueUrl: null,
    ...plainAction,
  };
}
