// Goal: what the inspector claims of lost and doubled work is computed from what the page was told.
// Method: its tally and its witness over effects, messages and issues; its line rendered to HTML by React.
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, test } from "vitest";
import { LiveLine } from "#sandbox/page/inspector/live-line.tsx";
import { isCaughtUp, tallyOf, Witness } from "#sandbox/page/inspector/tally.ts";
import type { EffectRow } from "#sandbox/page/live/topics.ts";
import type { SandboxIssue } from "#sandbox/protocol.ts";
import type { ScreenMessage } from "#sandbox/screen.ts";
import { byId, effect } from "./effect-rows.ts";

function message(ts: string, effectId: string, type = "faultline_effect"): [string, ScreenMessage] {
  return [
    `C1 ${ts}`,
    {
      channel: "C1",
      ts,
      user: "U0BOT",
      text: "",
      blocks: [],
      isEdited: false,
      at: "2026-03-09T09:20:00.000Z",
      metadata: { event_type: type, event_payload: { effect_id: effectId } },
    },
  ];
}

function issue(number: number, body: string): [string, SandboxIssue] {
  const facts = { repo: "a/b", title: "", labels: [], assignees: [], state: "open", url: "" };
  return [`a/b#${number}`, { ...facts, number, body }];
}

function outside(given: {
  messages?: [string, ScreenMessage][];
  issues?: [string, SandboxIssue][];
}) {
  return {
    messages: new Map(given.messages),
    issues: new Map(given.issues),
    pulls: new Map<string, never>(),
  };
}

describe("the tally", () => {
  test("counts each effect once, by its state", () => {
    const states = ["done", "done", "pending", "attempting", "uncertain", "dead"];
    const tally = tallyOf(states.map((state, index) => effect(index, state)));
    expect(tally).toEqual({ written: 6, done: 2, waiting: 1, underWay: 1, uncertain: 1, dead: 1 });
  });

  test.each([
    [[], false],
    [["done"], true],
    [["done", "dead"], true],
    [["done", "pending"], false],
    [["done", "uncertain"], false],
  ])("%j: all caught up is %s", (states, isIt) => {
    expect(isCaughtUp(tallyOf(states.map((state, index) => effect(index, state))))).toBe(isIt);
  });
});

describe("the witness", () => {
  let witness: Witness;
  beforeEach(() => {
    witness = new Witness();
  });

  test("of what is there once, nothing is lost and nothing doubled", () => {
    const seen = outside({ messages: [message("1.1", "e1")], issues: [issue(1, marked("e2"))] });
    expect(witness.look(byId(effect(1), effect(2)), seen)).toEqual({
      seen: 2,
      lost: [],
      marked: 2,
      doubled: [],
    });
  });

  test("an effect that was there and is not any more is lost", () => {
    witness.look(byId(effect(1), effect(2), effect(3)), outside({}));
    expect(witness.look(byId(effect(1), effect(3)), outside({})).lost).toEqual(["e2"]);
    expect(witness.look(byId(effect(1), effect(2), effect(3)), outside({})).lost).toEqual([]);
  });

  test("only the last ones are told of: what stood before them is not lost", () => {
    witness.look(byId(effect(1), effect(2), effect(3)), outside({}));
    expect(witness.look(byId(effect(2), effect(3), effect(4)), outside({}))).toMatchObject({
      seen: 3,
      lost: [],
    });
  });

  test("as long as nothing is told, nothing is known to be lost", () => {
    witness.look(byId(effect(1)), outside({}));
    expect(witness.look(new Map(), outside({})).lost).toEqual([]);
  });

  test("two messages with one effect's id are a double, also after one of them was edited", () => {
    const two = [message("1.1", "e1"), message("1.2", "e1")];
    expect(witness.look(byId(effect(1)), outside({ messages: two })).doubled).toEqual(["e1"]);
    const edited = [message("1.1", "e1"), message("1.2", "e2")];
    expect(witness.look(byId(effect(1)), outside({ messages: edited })).doubled).toEqual(["e1"]);
  });

  test("a message that is edited by one effect after the other is none", () => {
    witness.look(byId(effect(1)), outside({ messages: [message("1.1", "e1")] }));
    const seen = witness.look(byId(effect(1)), outside({ messages: [message("1.1", "e2")] }));
    expect(seen).toMatchObject({ doubled: [], marked: 1 });
  });

  test("two issues with one effect's mark are a double; a mark that somebody quotes is none", () => {
    const quoted = issue(2, `> ${marked("e1")}\n\nthat is what it says`);
    const once = outside({ issues: [issue(1, marked("e1")), quoted] });
    expect(witness.look(new Map(), once).doubled).toEqual([]);
    const twice = outside({ issues: [issue(1, marked("e1")), issue(3, marked("e1"))] });
    expect(witness.look(new Map(), twice).doubled).toEqual(["e1"]);
  });

  test("metadata of somebody else's counts for nothing", () => {
    const others = [message("1.1", "e1", "x"), message("1.2", "e1", "x")];
    expect(witness.look(new Map(), outside({ messages: others }))).toMatchObject({
      marked: 0,
      doubled: [],
    });
  });

  test("another sandbox on the same port begins anew", () => {
    witness.look(byId(effect(1), effect(2)), outside({ messages: [message("1.1", "e1")] }));
    const other = byId(effect(1, "done", { id: "x1" }));
    expect(witness.look(other, outside({}))).toEqual({ seen: 1, lost: [], marked: 0, doubled: [] });
  });
});

const marked = (id: string) => `Text\n\n<!-- faultline effect:${id} -->`;

describe("the live line", () => {
  const show = (
    effects: ReadonlyMap<string, EffectRow>,
    messages: [string, ScreenMessage][] = [],
    isBotUp = true,
  ) =>
    renderToStaticMarkup(
      createElement(LiveLine, {
        seen: { effects, ...outside({ messages }) },
        witness: new Witness(),
        isBotUp,
      }),
    ).replaceAll(/<[^>]*>/g, " ");

  test("claims nothing before there is something", () => {
    expect(show(new Map())).toContain("No effects yet");
    expect(show(new Map())).not.toMatch(/lost|twice/);
  });

  test("says when all is done, and when not", () => {
    expect(show(byId(effect(1)))).toContain("All caught up.");
    const [done, uncertain, pending] = [effect(1), effect(2, "uncertain"), effect(3, "pending")];
    expect(show(byId(done, uncertain, pending))).toContain(
      "2 still to be done; the bot tries again by itself.",
    );
    expect(show(byId(done, uncertain), [], false)).toContain(
      "1 still to be done: the bot is not up",
    );
  });

  test("says what it has counted, and what not", () => {
    const text = show(byId(effect(1), effect(2)), [message("1.1", "e1")]).replaceAll(/\s+/g, " ");
    expect(text).toContain(
      "Of 2 effects none lost ; nothing seen twice among the one message, issue or pull request you can see, so far.",
    );
    expect(text).toContain("what only others can see is not counted");
  });

  test("names what is doubled", () => {
    const text = show(byId(effect(1)), [message("1.1", "e1"), message("1.2", "e1")]);
    expect(text).toMatch(/1 seen twice.*seen twice:\s+e1/);
  });
});
