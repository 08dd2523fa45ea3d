// Goal: the tour tells people to press what is really there, and its steps are the same for every
// scenario that has the people for it.
// Method: every “quoted” word of a step is looked for in what the views draw for that step.
import { expect, test } from "vitest";
import { createTour, type TourSight } from "#sandbox/page-server/tour.ts";
import { plain, textsOf } from "#sandbox/play/blocks.ts";
import { layerLabels } from "#sandbox/play/step-words.ts";
import { worldOf } from "#sandbox/play/world.ts";
import type { SandboxMessage } from "#sandbox/protocol.ts";
import { pathOfScenario, readScenario, type Scenario } from "#sandbox/scenario.ts";
import { layers } from "#src/domain/layers/index.ts";
import { renderEvidenceRequestDm } from "#views/messages/evidence-request.ts";
import { renderLeverDm } from "#views/messages/lever.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
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

/** What is drawn on the way through each step. */
const drawn: Record<string, unknown[]> = {
  declare: [declareIncidentModal.render({ title: "", services: [], isDrill: false })],
  blame: [
    checklistModal.render({ state }),
    setVerdictModal.render({ state, strandNumber: 1, layer: "model" }),
  ],
  answer: [
    renderEvidenceRequestDm(state, owner),
    answerLayersModal.render({ state, layers: ["retrieval_data"], presser: owner }),
  ],
  authorize: [
    stabilizeModal.render({ state, lever: "restrict_triggering" }),
    renderLeverDm(withLever, 1, authorizer),
  ],
  close: [closeIncidentModal.render({ state, missing: [] })],
};

test("what a step quotes is drawn in just these words on the way through it", async () => {
  const steps = tourOf(await scenarioOf("s0"));
  expect(steps.map(({ id }) => id)).toEqual(Object.keys(drawn));
  for (const { id, how } of steps) {
    const texts = new Set(
      (drawn[id] ?? []).flatMap((view) => textsOf(view).flatMap((text) => [text, plain(text)])),
    );
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

test("every scenario of ours has the tour, with its own last step; one without the people has none", async () => {
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
});

test("the script's words for layers are the ones people see", () => {
  expect(layerLabels).toEqual(
    Object.fromEntries(Object.entries(layers).map(([id, { label }]) => [id, label])),
  );
});
