// Goal: a newcomer walks the tour of S0 by hand, the script goes on from wherever people are, and what
// they did is neither done twice nor in its way.
// Method: the bot over signed HTTP, people's own clicks as the tour tells them, and the script beside them.
import { afterEach, expect, test, vi } from "vitest";
import { createTour } from "#sandbox/page-server/tour.ts";
import { createLivePlay, firstMoment, type LivePlay } from "#sandbox/play/live-play.ts";
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

const newScript = () =>
  createLivePlay({
    control,
    scenario,
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
  expect(statesOf(after)).toMatchObject({ 1: "by_hand", 2: "done", 4: "by_hand", 5: "by_hand" });
  expect(statesOf(after)).toMatchObject({ 21: "not_played", 24: "done", 27: "done", 28: "to_do" });
  // a layer was answered for by hand, so that one less is asked for: the line says what the bot said
  const other = after.steps.filter(({ ok }) => ok === false);
  expect(other.map(({ n }) => n)).toEqual([3]);
  expect(other[0]?.lines.join("\n")).toMatch(
    /bot: Model cannot be named yet[^]*done by hand before/,
  );

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
  expect(script.state.steps[2]).toMatchObject({ ok: true });
}, 30_000);
