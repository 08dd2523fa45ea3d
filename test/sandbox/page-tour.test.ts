// Goal: the tour tells people to press what is really there, and its steps are the same for every
// scenario that has the people for it.
// Method: every “quoted” word of a step is looked for in what the views draw for that step.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createTour, type TourSight } from "#sandbox/page-server/tour.ts";
import { plain, textsOf } from "#sandbox/play/blocks.ts";
import { layerLabels, whatOf } from "#sandbox/play/step-words.ts";
import { worldOf } from "#sandbox/play/world.ts";
import type { SandboxMessage } from "#sandbox/protocol.ts";
import { pathOfScenario, readScenario, type Scenario, type Step } from "#sandbox/scenario.ts";
import { layers } from "#src/domain/layers/index.ts";
import { renderClosed } from "#views/messages/closed.ts";
import { renderEvidenceRequestDm } from "#views/messages/evidence-request.ts";
import { renderLever, renderLeverDm } from "#views/messages/lever.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { answer, incidentState, leverUse, people } from "#test/support/factories.ts";

async function scenarioOf(name: string): Promise<Scenario> {
  const read = await readScenario(await pathOfScenario(name));
  return read.ok ? read.value : expect.fail(read.error.join("\n"));
}
const tourOf = (scenario: Scenario) => createTour(scenario, worldOf(scenario)).state.steps;

const { retrieval: owner, business: authorizer } = people;
const state = incidentState();
const withLever = incidentState({ levers: [leverUse({ authorizer })] });

const receipt = receiptModal.render({ title: "Saved", sentence: "Recorded." });
const closed = incidentState({
  incident: { status: "closed", postmortemUrl: "https://github.test/acme/pull/1" },
});

/** What is drawn on the way through each step. */
const drawn: Record<string, unknown[]> = {
  declare: [declareIncidentModal.render({ title: "", services: [], isDrill: false }), receipt],
  blame: [
    checklistModal.render({ state }),
    setVerdictModal.render({ state, strandNumber: 1, layer: "model" }),
  ],
  answer: [
    renderEvidenceRequestDm(state, owner),
    answerLayersModal.render({ state, layers: ["retrieval_data"], presser: owner }),
    receipt,
  ],
  authorize: [
    stabilizeModal.render({ state, lever: "restrict_triggering" }),
    renderLeverDm(withLever, 1, authorizer),
  ],
  close: [
    closeIncidentModal.render({ state, missing: [] }),
    renderClosed(closed, {
      canProposePostmortem: true,
      canFileIssues: true,
      botCommand: "/incident",
    }),
  ],
};

const parts = ["slack/rail.tsx", "slack/browse.tsx", "tour/tour-view.tsx"];

/** The words of the page itself, as they stand in its parts, one line or one string each. */
async function wordsOfPage(): Promise<string[]> {
  const sources = await Promise.all(
    parts.map((part) => readFile(new URL(`../../sandbox/page/${part}`, import.meta.url), "utf8")),
  );
  return sources.flatMap((source) => [
    ...source.split("\n").map((line) => line.replaceAll(/<[^>]*>/g, "").trim()),
    ...[...source.matchAll(/"([^"]+)"/g)].map(([, words = ""]) => words),
  ]);
}

test("what a step quotes is drawn in just these words on the way through it", async () => {
  const steps = tourOf(await scenarioOf("s0"));
  expect(steps.map(({ id }) => id)).toEqual(Object.keys(drawn));
  const ofPage = await wordsOfPage();
  for (const { id, how } of steps) {
    const ofBot = (drawn[id] ?? []).flatMap(textsOf);
    const links = ofBot.flatMap((text) => [...text.matchAll(/\|([^>]+)>/g)].map(([, to]) => to));
    const texts = new Set([...ofBot, ...ofBot.map(plain), ...links, ...ofPage]);
    const quoted = how.join(" ").matchAll(/“([^”]+)”/g);
    for (const [, words = ""] of quoted) expect(texts, `${id}: “${words}”`).toContain(words);
  }
});

test("a step is seen to be done by what the bot shows, and stays done", async () => {
  const scenario = await scenarioOf("s0");
  const tour = createTour(scenario, worldOf(scenario));
  const retrieval = tour.state.steps.find(({ id }) => id === "answer")?.actAs.userId ?? "";
  const directTo = (blocks: SandboxMessage["blocks"]): TourSight => ({
    channels: [
      {
        id: "D1",
        name: "",
        isDirect: true,
        isPrivate: true,
        isArchived: false,
        topic: "",
        memberIds: [retrieval, "U0FAULTLINE"],
        pinnedTs: [],
        bookmarks: [],
      },
    ],
    messages: [{ channel: "D1", ts: "1", user: "U0FAULTLINE", text: "", isEdited: false, blocks }],
    pullRequests: [],
    deliveries: [],
  });
  const isAnswered = () => tour.state.steps.find(({ id }) => id === "answer")?.isDone;
  tour.look(directTo(renderEvidenceRequestDm(state, owner).blocks));
  expect(isAnswered()).toBe(false);
  const answered = incidentState({ answers: [answer("retrieval_data")] });
  tour.look(directTo(renderEvidenceRequestDm(answered, owner).blocks));
  expect(isAnswered()).toBe(true);
  tour.look(directTo([]));
  expect(isAnswered()).toBe(true);
  expect(tour.isOver).toBe(false);
});

test("once the lever is recorded, the tour is with whom authorized it", async () => {
  const scenario = await scenarioOf("s0");
  const tour = createTour(scenario, worldOf(scenario));
  const whoseTurn = () => tour.state.steps.find(({ id }) => id === "authorize")?.actAs.handle;
  const sight = (blocks: SandboxMessage["blocks"]): TourSight => ({
    channels: [
      {
        id: "C1",
        name: "inc-1-old-rule",
        isDirect: false,
        isPrivate: false,
        isArchived: false,
        topic: "",
        memberIds: [],
        pinnedTs: [],
        bookmarks: [],
      },
    ],
    messages: [{ channel: "C1", ts: "1", user: "U0FAULTLINE", text: "", isEdited: false, blocks }],
    pullRequests: [],
    deliveries: [],
  });
  tour.look(sight([]));
  expect(whoseTurn()).toBe("coordinator");
  tour.look(sight(renderLever(withLever, 1).blocks));
  expect(whoseTurn()).toBe("authorizer_business");
});

test("the script's words name no id of the scenario's", async () => {
  for (const scenario of await Promise.all(["s0", "s1", "s2", "s3"].map(scenarioOf))) {
    for (const step of scenario.steps) expect(whatOf(step, scenario)).not.toMatch(/[A-Z]\d/);
  }
  const { steps, ...s0 } = await scenarioOf("s0");
  const words = steps.map((step) => whatOf(step, { ...s0, steps }));
  expect(words[12]).toBe("records 2 pieces of evidence");
  expect(words[14]).toBe("answers 5 questions against Retrieval & data");
  expect(words[20]).toBe("sets a criterion for the recovery");
});

test("a scenario has the tour where it can be closed as the tour says and has its people", async () => {
  const scenarios = await Promise.all(["s0", "s1", "s2", "s3"].map(scenarioOf));
  expect(scenarios.map((one) => tourOf(one).map(({ playUntil }) => playUntil ?? 0))).toEqual([
    [0, 0, 0, 0, 28],
    [0, 0, 0, 0, 64],
    [0, 0, 0, 0, 58],
    [0, 0, 0, 0, 42],
  ]);
  const [s0] = scenarios;
  if (!s0) return expect.fail();
  expect(tourOf({ ...s0, people: s0.people.slice(0, 1) })).toEqual([]);
  // what names the cause is not played here, so it could not be closed as the tour says
  const isNaming = ({ do: kind, expect }: Step) => kind === "claim" && expect.result === "accepted";
  const steps = s0.steps.map((step) =>
    isNaming(step) ? { ...step, expect: { ...step.expect, rule: "B7" } } : step,
  );
  expect(tourOf({ ...s0, steps })).toEqual([]);
});

test("the script's words for layers are the ones people see", () => {
  expect(layerLabels).toEqual(
    Object.fromEntries(Object.entries(layers).map(([id, { label }]) => [id, label])),
  );
});
