// Goal: a newcomer walks the tour of S0 by hand, the script goes on from wherever people are, and what
// they did is neither done twice nor in its way.
// Method: the bot over signed HTTP, people's own clicks as the tour tells them, and the script beside them.
import { afterEach, expect, test, vi } from "vitest";
import { createTour } from "#sandbox/page-server/tour.ts";
import { createLivePlay, firstMoment, type LivePlay } from "#sandbox/play/live-play.ts";
import { buttonsOf, hintOf } from "#sandbox/play/blocks.ts";
import { patienceOf } from "#sandbox/play/stage.ts";
import type { ScriptState } from "#sandbox/page/live/topics.ts";
import { deskOf } from "#test/e2e/desk.ts";
import { testBot } from "#test/support/bot.ts";

const bot = await testBot();
const { control, scenario, world } = bot;
const desk = deskOf(bot);
await control.setClock({ now: firstMoment(scenario), isRunning: true });
const tour = createTour(scenario, world);
let script: LivePlay | undefined;
let onState: (state: ScriptState) => void = () => undefined;
afterEach(() => script?.idle());

const newScript = (played = scenario) =>
  createLivePlay({
    control,
    scenario: played,
    world,
    onState: (state) => onState(state),
    isBotUp: () => true,
    patienceMs: 10_000,
  });

async function doneInTour(): Promise<string[]> {
  await desk.settle();
  const { deliveries } = await control.wire();
  const { steps } = tour.look({ ...(await control.state()), deliveries });
  return steps.filter(({ isDone }) => isDone).map(({ id }) => id);
}

/** The first direct message from the bot. */
const asked = (handle: string) =>
  vi.waitFor(async () => (await desk.direct(handle))[0] ?? expect.fail(`${handle} was not asked`), {
    timeout: 10_000,
  });

const statesOf = ({ steps }: ScriptState) =>
  Object.fromEntries(steps.map(({ n, state }) => [n, state]));

test("the tour is walked by hand as different people, with the script in between", async () => {
  expect(await doneInTour()).toEqual([]);
  const { channelId } = await desk.declare("declarer", { title: scenario.title });
  expect(await doneInTour()).toEqual(["declare"]);

  await desk.open("declarer", "checklist", channelId);
  await desk.actInForm("declarer", "set-verdict", { blockId: "layer:S1:model" });
  await desk.submit("declarer", { verdict: "proximate", confidence: "suspected" });
  expect(await doneInTour()).toEqual(["declare", "blame"]);

  const question = await asked("owner_retrieval_data");
  await desk.press("owner_retrieval_data", question, "answer-layers");
  await desk.submit("owner_retrieval_data", {
    "change:retrieval_data": "changed",
    "sentence:retrieval_data": "The index was rebuilt, and old documents stayed in it.",
  });
  expect((await desk.form("owner_retrieval_data"))?.title).toMatchObject({ text: "Saved" });
  expect(await doneInTour()).toEqual(["declare", "blame", "answer"]);

  await control.join({ userId: desk.id("coordinator"), channelId });
  await desk.open("coordinator", "stabilize", channelId);
  await desk.actInForm("coordinator", "lever", { value: "restrict_triggering" });
  await desk.submit("coordinator", {
    authorizer: desk.id("authorizer_business"),
    tradeoff: "Travel questions go to the help desk.",
    revert_condition: "The index is rebuilt.",
  });
  expect(await doneInTour()).not.toContain("authorize");
  await desk.press("authorizer_business", await asked("authorizer_business"), "confirm-lever");
  expect(await doneInTour()).toEqual(["declare", "blame", "answer", "authorize"]);

  script = newScript();
  script.noteByHand();
  const last = tour.state.steps.at(-1)?.playUntil;
  expect(last).toBe(28);
  expect(script.play({ until: 28 })).toBe(true);
  await script.idle();
  const after = script.state;
  expect(after.state).toBe("idle");
  expect(statesOf(after)).toMatchObject({ 1: "by_hand", 2: "done", 3: "by_hand", 4: "by_hand" });
  expect(statesOf(after)).toMatchObject({ 5: "by_hand", 14: "by_hand", 15: "done" });
  expect(statesOf(after)).toMatchObject({ 21: "not_played", 24: "done", 27: "done", 28: "to_do" });
  expect(after.steps.filter(({ ok }) => ok === false)).toEqual([]);

  await desk.open("coordinator", "close", channelId);
  await desk.submit("coordinator", { close_as: "attributed" });
  expect(await doneInTour()).toEqual(["declare", "blame", "answer", "authorize", "close"]);
  script.play();
  await script.idle();
  expect(script.state.state).toBe("over");
  expect(statesOf(script.state)).toMatchObject({ 28: "by_hand" });
  expect(script.play()).toBe(false);
}, 60_000);

test("nothing is left to play in an incident that somebody cancelled, and time never goes back", async () => {
  const later = "2026-05-01T00:00:00.000Z";
  await control.setClock({ now: later, isRunning: true });
  const { channelId } = await desk.declare("declarer", { title: "Another one" });
  script = newScript();
  script.play({ until: 3 });
  await script.idle();
  expect(statesOf(script.state)).toMatchObject({ 1: "by_hand", 2: "done", 3: "to_do" });
  expect((await control.clock()).now > later).toBe(true);

  await desk.record("declarer", "cancel", channelId, { why: "It was a test of the sandbox." });
  await desk.settle();
  script.play();
  await script.idle();
  expect(script.state.state).toBe("over");
  const { 1: first, 2: second, 28: last, ...others } = statesOf(script.state);
  expect([first, second, last]).toEqual(["by_hand", "done", "by_hand"]);
  expect(new Set(Object.values(others))).toEqual(new Set(["not_played"]));
}, 30_000);

test("a pause stops it after the step that is being played, and it goes on from there", async () => {
  await desk.declare("declarer", { title: "A third one" });
  script = newScript();
  onState = ({ steps }) => {
    if (steps[1]?.state === "playing") script?.pause();
  };
  script.play();
  await script.idle();
  onState = () => undefined;
  expect(script.state.state).toBe("idle");
  expect(statesOf(script.state)).toMatchObject({ 1: "by_hand", 2: "done", 3: "to_do" });
  script.play({ until: 4 });
  await script.idle();
  expect(statesOf(script.state)).toMatchObject({ 3: "done", 4: "to_do" });
  expect(script.state.steps[2]).toMatchObject({ ok: true, came: "refused" });
}, 30_000);

test("what comes otherwise after work by hand is told calmly, and the others' answers stand", async () => {
  const { number } = await desk.declare("declarer", { title: "A fourth one" });
  const handle = "owner_retrieval_data";
  const question = await vi.waitFor(
    async () => {
      const mine = (await desk.direct(handle)).filter(({ blocks }) =>
        buttonsOf(blocks).some((button) => hintOf(button).incident === number),
      );
      return mine[0] ?? expect.fail("nobody asked");
    },
    { timeout: 10_000 },
  );
  await desk.press(handle, question, "answer-layers");
  await desk.submit(handle, { "change:retrieval_data": "changed" });
  await desk.settle();
  script = newScript();
  script.noteByHand();
  script.play({ until: 4 });
  await script.idle();
  // a layer was answered for by hand, so that one less is asked for
  const [, , claim] = script.state.steps;
  expect(claim).toMatchObject({ n: 3, state: "done", ok: false, came: "otherwise" });
  expect(claim?.lines.join("\n")).toMatch(
    /otherwise than in the script, because some of it was done by hand: Model cannot be named yet/,
  );
}, 30_000);

test("where somebody is stuck the script stops, says why, and tries the step again when it is asked", async () => {
  await desk.declare("declarer", { title: "A fifth one" });
  const steps = scenario.steps.map((step) =>
    step.n === 3 ? { ...step, with: { ...step.with, approver: "nobody" } } : step,
  );
  script = newScript({ ...scenario, steps });
  script.play({ until: 4 });
  await script.idle();
  const stopped = "There is nobody called nobody in this scenario.";
  expect(script.state).toMatchObject({ state: "idle" });
  expect(script.state.steps[2]).toMatchObject({ state: "to_do", stopped });
  script.play({ until: 4 });
  await script.idle();
  expect(script.state.steps[2]).toMatchObject({ state: "done", ok: false });
  expect(script.state.steps[2]).not.toHaveProperty("stopped");
}, 30_000);

test("nobody's patience runs out while the bot is down", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    let isUp = false;
    const isPatient = patienceOf({ patienceMs: 1_000, isBotUp: () => isUp });
    vi.setSystemTime(Date.now() + 60_000);
    expect(isPatient()).toBe(true);
    isUp = true;
    vi.setSystemTime(Date.now() + 999);
    expect(isPatient()).toBe(true);
    vi.setSystemTime(Date.now() + 1);
    expect(isPatient()).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
