// Goal: the tour shows one step at a time, says how far it is, and offers what its step needs.
// Method: its view rendered to HTML by React, of tours and scripts as the page is told them.
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ScriptState, ScriptStep, TourStep } from "#sandbox/page/live/topics.ts";
import { nowInWords } from "#sandbox/page/tour/script-part.tsx";
import { TourView } from "#sandbox/page/tour/tour-view.tsx";

const ids = ["declare", "blame", "answer", "authorize", "close"] as const;

function tour(done: number) {
  const steps: TourStep[] = ids.map((id, index) => ({
    id,
    title: `Step of ${id}`,
    how: [`How to ${id}.`],
    actAs: { userId: `U${index + 1}`, handle: `person-${index + 1}` },
    isDone: index < done,
    seen: `Seen of ${id}.`,
    ...(id === "close" ? { playUntil: 3 } : {}),
  }));
  return { steps };
}

function script(states: ScriptStep["state"][], state: ScriptState["state"] = "idle"): ScriptState {
  const steps = states.map((state, index) => ({
    n: index + 1,
    actor: "ada",
    what: `does ${index + 1}`,
    state,
    lines: [],
  }));
  return { title: "A story", state, steps };
}

function show(given: Partial<Parameters<typeof TourView>[0]>): string {
  return renderToStaticMarkup(
    createElement(TourView, {
      tour: tour(0),
      script: script(["to_do", "to_do", "to_do"]),
      me: "U1",
      problem: undefined,
      onActAs: () => {},
      onPlay: () => {},
      onPause: () => {},
      ...given,
    }),
  );
}
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
const buttonsOf = (html: string) =>
  [...html.matchAll(/<button([^>]*)>(.*?)<\/button>/g)].map(
    ([, attributes, text]) =>
      `${textOf(text ?? "").trim()}${attributes?.includes("disabled") ? " (off)" : ""}`,
  );

test("says that it waits, and what it is where the scenario has no tour", () => {
  expect(show({ tour: undefined })).toContain("Connecting");
  const none = textOf(show({ tour: { steps: [] } }));
  expect(none).toContain("This incident has no tour");
  expect(none).toContain("The script");
  const played = textOf(show({ tour: { steps: [] }, script: script(["done"], "over") }));
  expect(played).toContain("This incident has been played. npm run sandbox starts one");
});

test("the first step that is not done is the one now, and counts the others", () => {
  const html = show({ tour: tour(2) });
  expect(textOf(html)).toContain("2 of 5 done");
  expect(html).toContain('<progress max="5" value="2"');
  expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  expect(html).toMatch(/aria-current="step"><h4>Step of answer/);
  expect(textOf(html)).toMatch(/Step of declare done Seen of declare/);
  expect(textOf(html)).toMatch(/Step of close to come/);
});

test("what is to be typed stands as code, and a step that is not now is folded", () => {
  const { steps } = tour(1);
  const how = ["Put `/incident x <b>` here."];
  const html = show({ tour: { steps: steps.map((one) => ({ ...one, how })) } });
  expect(html).toContain("Put <code>/incident x &lt;b&gt;</code> here.");
  expect(html.match(/<li><details><summary><h4>/g)).toHaveLength(4);
  expect(html).not.toContain("<details open");
});

test("a step that was done out of order is ticked, and the one before it is still now", () => {
  const { steps } = tour(1);
  const html = show({
    tour: { steps: steps.map((one) => (one.id === "close" ? { ...one, isDone: true } : one)) },
  });
  expect(html).toMatch(/aria-current="step"><h4>Step of blame/);
  expect(textOf(html)).toContain("2 of 5 done");
});

test("offers to act as whom the step belongs to, unless one is them", () => {
  expect(buttonsOf(show({ tour: tour(2), me: "U1" }))).toContain("Act as @person-3");
  const html = show({ tour: tour(2), me: "U3" });
  expect(buttonsOf(html)).not.toContain("Act as @person-3");
  expect(textOf(html)).toContain("You act as @person-3.");
});

test("the last step lets the others do their part, as long as something of it is left", () => {
  const offer = "Let the others do their part";
  const last = { tour: tour(4) };
  expect(buttonsOf(show(last))).toContain(offer);
  expect(buttonsOf(show({ tour: tour(3) }))).not.toContain(offer);
  const before = script(["done", "by_hand", "to_do"]);
  expect(buttonsOf(show({ ...last, script: before }))).not.toContain(offer);
  expect(textOf(show({ ...last, script: before }))).toContain("The others have done their part.");
  const playing = script(["done", "playing", "to_do"], "playing");
  expect(textOf(show({ ...last, script: playing }))).not.toContain(
    "The others have done their part.",
  );
});

test("as long as the others have something to do, that is what to press first", () => {
  const primary = (html: string) =>
    [...html.matchAll(/<button[^>]*class="primary"[^>]*>(.*?)<\/button>/g)].map(([, text]) => text);
  expect(primary(show({ tour: tour(4) }))).toEqual(["Let the others do their part"]);
  const after = script(["done", "done", "to_do"]);
  expect(primary(show({ tour: tour(4), script: after }))).toEqual(["Act as @person-5"]);
});

test("at the end, a list of what was seen", () => {
  expect(textOf(show({ tour: tour(4) }))).not.toContain("What you have seen");
  const text = textOf(show({ tour: tour(5) }));
  expect(text).toContain("5 of 5 done");
  expect(text).toMatch(/What you have seen: Seen of declare\. Seen of blame\./);
  // said once: the folded steps tell only how
  expect(text.match(/Seen of declare/g)).toHaveLength(1);
  expect(text).toContain("Next: open Inspector");
  const over = textOf(show({ tour: tour(5), script: script(["done"], "over") }));
  expect(over).not.toContain("Next: open Inspector");
});

test.each([
  ["idle", ["Let the script go on", "Pause (off)"]],
  ["playing", ["Let the script go on (off)", "Pause"]],
  ["pausing", ["Let the script go on", "Pauses after this step (off)"]],
  ["over", []],
] as const)("while the script is %s, it can be told %j", (state, buttons) => {
  const shown = buttonsOf(show({ tour: { steps: [] }, script: script(["done", "to_do"], state) }));
  expect(shown).toEqual(buttons);
});

test("the step that is played is announced", () => {
  expect(nowInWords(script(["done", "playing", "to_do"], "playing"), "")).toBe(
    "Step 2 of 3: @ada does 2.",
  );
  expect(nowInWords(script(["done", "to_do"], "playing"), "")).toBe("The script goes on.");
  expect(nowInWords(script(["done"], "over"), "")).toBe("");
  const html = show({ script: script(["playing"], "playing") });
  expect(html).toMatch(/role="status"[^>]*>Step 1 of 1: @ada does 1\./);
});

test("why the script stopped stands under its button, with what to press", () => {
  const { steps } = script(["done", "to_do"]);
  const stopped = steps.map((one) => (one.n === 2 ? { ...one, stopped: "Nobody answered." } : one));
  const html = show({
    tour: { steps: [] },
    script: { title: "A story", state: "idle", steps: stopped },
  });
  expect(html).toMatch(
    /role="status"[^>]*>The script stopped at step 2: Nobody answered\. Press “Let the script go on” to try again\./,
  );
});

test("a step of the script says how it went, its lines as text", () => {
  const steps: ScriptStep[] = [
    { n: 1, actor: "ada", what: "declares", state: "done", ok: true, lines: ["types <b>x</b>"] },
    { n: 2, actor: "ada", what: "closes", state: "done", ok: false, lines: ["bot: no"] },
    { n: 3, actor: "ada", what: "blames", state: "done", ok: true, came: "refused", lines: [] },
    { n: 4, actor: "ada", what: "asks", state: "done", ok: false, came: "otherwise", lines: [] },
    { n: 5, actor: "ada", what: "waits", state: "not_played", lines: [] },
    { n: 6, actor: "ada", what: "helps", state: "by_hand", lines: [] },
  ];
  const html = show({ tour: { steps: [] }, script: { title: "<i>", state: "idle", steps } });
  expect(textOf(html)).toMatch(
    /@ada declares played .*@ada closes came otherwise .*@ada blames refused, as it should be .*@ada asks played, answered otherwise .*@ada waits not played .*@ada helps done by hand/,
  );
  expect(html.match(/tr-other/g)).toHaveLength(1);
  expect(textOf(html)).toContain("5 of 6 steps done");
  expect(html).toContain("types &lt;b&gt;x&lt;/b&gt;");
  expect(html).toContain("<bdi>&lt;i&gt;</bdi>");
  // numbered as the scenario does
  expect(html).toContain('<li value="5"');
});

test("what could not be done is said", () => {
  expect(show({ problem: "The script is over." })).toMatch(
    /role="alert"[^>]*>The script is over\./,
  );
});
