// Goal: what went over the wire reads in words, and what is looked for in it is found.
// Method: the inspector's pure parts over rows of the shapes that the page is told; its lists rendered to HTML by React.
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { DeliveriesPart } from "#sandbox/page/inspector/deliveries-part.tsx";
import { EffectsPart } from "#sandbox/page/inspector/effects-part.tsx";
import { FaultSwitchboard } from "#sandbox/page/inspector/fault-switchboard.tsx";
import { RefusedPart } from "#sandbox/page/inspector/refused-part.tsx";
import {
  everything,
  sieveCalls,
  sieveDeliveries,
  sieveEffects,
} from "#sandbox/page/inspector/sieve.ts";
import { duration } from "#sandbox/page/inspector/times.tsx";
import { pretty } from "#sandbox/page/inspector/wire-text.tsx";
import {
  answerInWords,
  laneInWords,
  outcomeInWords,
  stateInWords,
} from "#sandbox/page/inspector/words.ts";
import type { WireCall } from "#sandbox/protocol.ts";
import type { Delivery } from "#sandbox/screen.ts";
import { byId, effect } from "./effect-rows.ts";

const delivery = (given: Partial<Delivery>): Delivery => ({
  id: "D1",
  at: "2026-11-21T18:00:00.000Z",
  kind: "command",
  what: "/incident declare",
  outcome: "answered",
  status: 200,
  ms: 20,
  payload: "{}",
  ...given,
});
const call = (given: Partial<WireCall>): WireCall => ({
  at: "2026-11-21T18:00:00.000Z",
  side: "slack",
  method: "chat.postMessage",
  status: 200,
  ...given,
});

describe("in words", () => {
  test.each([
    [{ ms: 20 }, "200, 20 ms"],
    [{ ms: 1_000 }, "200, 1000 ms"],
    [{ ms: 1_001 }, "200, 1001 ms, slow"],
    [{ status: 503, ms: 3 }, "503, 3 ms"],
    [{ outcome: "timeout" as const, ms: 3_000 }, "no answer within 3 s"],
    [{ outcome: "failed" as const }, "nobody was there"],
    [{ outcome: "waiting" as const }, "no answer yet"],
  ])("an answer %j", (given, words) => {
    expect(answerInWords(delivery(given))).toBe(words);
  });

  test.each([
    [{}, "200"],
    [{ error: "channel_not_found" }, "200 channel_not_found"],
    [{ status: 0 }, "cut off before an answer"],
  ])("a call %j", (given, words) => {
    expect(outcomeInWords(call(given))).toBe(words);
  });

  test.each([
    ["pending", 0, "waits for its turn"],
    ["pending", 2, "waits for its next attempt"],
    ["uncertain", 1, "uncertain: looks first, then tries again"],
    ["dead", 5, "failed for good"],
    ["brand-new", 0, "brand-new"],
  ])("an effect that is %s", (state, attempts, words) => {
    expect(stateInWords({ state, attempts })).toBe(words);
  });

  test.each([
    ["channel:1", "channel of incident 1"],
    ["direct:2:U1", "direct messages to @ada, incident 2"],
    ["person:U9", "what concerns @U9"],
    ["github:3", "GitHub, incident 3"],
    ["other:1", "other:1"],
  ])("lane %s", (lane, words) => {
    expect(laneInWords(lane, new Map([["U1", "ada"]]))).toBe(words);
  });

  test.each([
    [400, "0.4 s"],
    [-5, "0.0 s"],
    [12_300, "12 s"],
    [180_000, "3 min"],
  ])("%i ms", (ms, words) => {
    expect(duration(ms).replace("\u00A0", " ")).toBe(words);
  });
});

describe("the lists", () => {
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);

  test("what is not done stands on top in its order, then the newest", () => {
    const effects = [effect(1), effect(2, "pending"), effect(3), effect(4, "attempting")];
    expect(ids(sieveEffects(effects, everything))).toEqual(["e2", "e4", "e3", "e1"]);
  });

  test("are looked through by text, side and failure, in all that is shown of a row", () => {
    const effects = [
      effect(1, "done", { lastError: "lost answer" }),
      effect(2, "done", { name: "file-issue", lane: "github:1" }),
      effect(3, "pending"),
    ];
    expect(ids(sieveEffects(effects, { ...everything, onlyFailures: true }))).toEqual(["e1"]);
    expect(ids(sieveEffects(effects, { ...everything, side: "github" }))).toEqual(["e2"]);
    expect(ids(sieveEffects(effects, { ...everything, text: " FILE AN issue" }))).toEqual(["e2"]);
    const calls = [
      { id: "C1", ...call({}) },
      { id: "C2", ...call({ side: "github", method: "GET /x", status: 404 }) },
      { id: "C3", ...call({ error: "ratelimited", status: 429 }) },
      { id: "C4", ...call({ status: 0, fault: "cut_after", request: '{"a":"needle"}' }) },
    ];
    expect(ids(sieveCalls(calls, everything))).toEqual(["C4", "C3", "C2", "C1"]);
    expect(ids(sieveCalls(calls, { ...everything, onlyFailures: true }))).toEqual([
      "C4",
      "C3",
      "C2",
    ]);
    expect(ids(sieveCalls(calls, { ...everything, text: "NEEDLE" }))).toEqual(["C4"]);
    expect(ids(sieveCalls(calls, { ...everything, text: "404" }))).toEqual(["C2"]);
    const deliveries = [
      delivery({ id: "D1", userId: "U1" }),
      delivery({ id: "D2", outcome: "timeout" }),
      delivery({ id: "D3", outcome: "waiting" }),
      delivery({ id: "D4", status: 401 }),
    ];
    const people = new Map([["U1", "ada"]]);
    const sieve = { ...everything, onlyFailures: true };
    expect(ids(sieveDeliveries(deliveries, sieve, people))).toEqual(["D4", "D2"]);
    expect(ids(sieveDeliveries(deliveries, { ...everything, text: "ada" }, people))).toEqual([
      "D1",
    ]);
    expect(sieveDeliveries(deliveries, { ...everything, side: "github" }, people)).toEqual([]);
  });

  test("what is cleared from view is what is over", () => {
    const clearedAt = "2026-11-21T18:00:02.000Z";
    const effects = [
      effect(1),
      effect(2, "pending"),
      effect(3, "done", { doneAt: "2026-11-21T18:00:03.000Z" }),
    ];
    expect(ids(sieveEffects(effects, { ...everything, clearedAt }))).toEqual(["e2", "e3"]);
    const calls = [
      { id: "C1", ...call({}) },
      { id: "C2", ...call({ at: "2026-11-21T18:00:02.001Z" }) },
    ];
    expect(ids(sieveCalls(calls, { ...everything, clearedAt }))).toEqual(["C2"]);
  });

  test("are tables with a caption, heads, and words for what colours say", () => {
    const effects = byId(effect(1, "dead", { lastError: "<b>no</b>" }), effect(2));
    const html = renderToStaticMarkup(
      createElement(EffectsPart, { effects, sieve: everything, people: new Map() }),
    );
    expect(html).toContain("<caption");
    expect(html.match(/<th scope="col"/g)).toHaveLength(6);
    expect(html.match(/<th scope="row"/g)).toHaveLength(2);
    // laid out as cards they are still a table
    const roles = ["table", "row", "columnheader", "rowheader", "cell"];
    const tags = ["<table", "<tr", '<th scope="col"', '<th scope="row"', "<td"];
    for (const [index, tag] of tags.entries()) {
      const all = [...html.matchAll(new RegExp(`${tag}[^>]*>`, "g"))].map(([one]) => one);
      expect(all.length).toBeGreaterThan(0);
      for (const one of all) expect(one).toContain(`role="${roles[index]}"`);
    }
    expect(html).toContain("failed for good");
    expect(html).toContain("&lt;b&gt;no&lt;/b&gt;");
    expect(html).toMatch(/after 1\.5.s/);
  });

  test("cost nothing as long as they are folded", () => {
    const deliveries = new Map([["D1", delivery({ payload: '{"token":"x"}' })]]);
    const html = renderToStaticMarkup(
      createElement(DeliveriesPart, { deliveries, sieve: everything, people: new Map() }),
    );
    expect(html).toContain("What Slack told the bot");
    expect(html).not.toContain("<table");
  });

  test("say what Slack would have refused, or none", () => {
    const show = (faults: Parameters<typeof RefusedPart>[0]["faults"]) =>
      renderToStaticMarkup(createElement(RefusedPart, { faults }));
    expect(show([])).toContain("none");
    expect(show([{ method: "views.open", problems: ["/blocks/3: <i>"] }])).toMatch(
      /views\.open.*\/blocks\/3: &lt;i&gt;/,
    );
    expect(show(undefined)).toBe("");
  });

  test.each([
    ['{"a":[1]}', '{\n  "a": [\n    1\n  ]\n}'],
    ['{"a":[1', '{"a":[1'],
    ["", ""],
  ])("JSON is shown line by line, anything else as it stands: %s", (text, shown) => {
    expect(pretty(text)).toBe(shown);
  });
});

test("every switch is one, says whether it is on, and what it does", () => {
  const switches = {
    slackSlow: false,
    slackRateLimited: true,
    slackDown: false,
    githubDown: false,
    lostAnswers: false,
    deliverTwice: false,
    rateWindows: false,
  };
  const html = renderToStaticMarkup(createElement(FaultSwitchboard, { switches }));
  expect(html.match(/role="switch"/g)).toHaveLength(Object.keys(switches).length);
  expect(html.match(/checked=""/g)).toHaveLength(1);
  for (const [, id] of html.matchAll(/aria-describedby="([^"]+)"/g))
    expect(html).toContain(`id="${id}"`);
  expect(html).toContain("Switch all off (1)");
  const waiting = renderToStaticMarkup(createElement(FaultSwitchboard, { switches: undefined }));
  expect(waiting).toContain("Connecting");
});
