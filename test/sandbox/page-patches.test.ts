// Goal: what a tab was sent adds up to what it shall show, whatever changes in between and however slowly
// the tab takes it.
// Method: properties over any two states of the page; a tab whose socket does not drain.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import type { Patch } from "#sandbox/page/live/topics.ts";
import { createBoard } from "#sandbox/page-server/board.ts";
import { listOf, patchBetween, type Snapshot } from "#sandbox/page-server/snapshot.ts";
import { createTabs } from "#sandbox/page-server/tabs.ts";
import { applyPatch, type Tab } from "./page-tab.ts";

type Shown = Pick<Tab, "lists" | "ones">;

const key = fc.constantFrom("a", "b", "1", "__proto__ x", '"quoted"');
const list = fc
  .dictionary(key, fc.jsonValue())
  .map(
    (things) => new Map(Object.entries(things).map(([name, one]) => [name, JSON.stringify(one)])),
  );
const snapshot: fc.Arbitrary<Snapshot> = fc.record({
  lists: fc.record({ messages: list, effects: list }),
  ones: fc.record({
    me: fc.string().map((text) => JSON.stringify(text)),
    forms: fc.constant("[]"),
  }),
});

function shownOf({ lists, ones }: Snapshot): Shown {
  const parsed = (entries: Iterable<[string, string]>) =>
    Object.fromEntries([...entries].map(([name, text]) => [name, JSON.parse(text) as unknown]));
  return {
    lists: Object.fromEntries(Object.entries(lists).map(([name, one]) => [name, parsed(one)])),
    ones: parsed(Object.entries(ones)),
  };
}

test("a patch makes the one state of the other, and there is none where nothing differs", () => {
  fc.assert(
    fc.property(snapshot, snapshot, (before, after) => {
      const shown = structuredClone(shownOf(before));
      const patch = patchBetween(before, after);
      applyPatch(shown, JSON.parse(patch ?? "{}") as Patch);
      expect(shown).toEqual(shownOf(after));
      expect(patchBetween(after, structuredClone(after))).toBeUndefined();
    }),
  );
});

test("only what differs is sent", () => {
  const messages = (texts: string[]) => listOf(texts, (text) => text);
  const before: Snapshot = { lists: { messages: messages(["a", "b"]) }, ones: { me: '"U1"' } };
  const after: Snapshot = { lists: { messages: messages(["b", "c"]) }, ones: { me: '"U1"' } };
  expect(JSON.parse(patchBetween(before, after) ?? "")).toEqual({
    set: { messages: { c: "c" } },
    gone: { messages: ["a"] },
  });
});

test("a tab that does not keep up is not sent more, and is told all that changed once it does", () => {
  vi.useFakeTimers();
  const sent: Patch[] = [];
  const socket = {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    on() {},
    terminate() {},
    send: (text: string) => void sent.push(JSON.parse(text) as Patch),
  };
  const board = createBoard();
  const tabs = createTabs(board, () => undefined);
  try {
    tabs.add(socket as unknown as WebSocket, "U1");
    expect(sent).toEqual([{ one: { me: "U1" } }]);
    socket.bufferedAmount = 5_000_000;
    for (const text of ["one", "two", "three"]) {
      board.putList(
        "effects",
        listOf([text], () => "E1"),
      );
      vi.advanceTimersByTime(200);
    }
    expect(sent).toHaveLength(1);
    socket.bufferedAmount = 0;
    vi.advanceTimersByTime(200);
    expect(sent.slice(1)).toEqual([{ set: { effects: { E1: "three" } } }]);
  } finally {
    tabs.close();
    vi.useRealTimers();
  }
});
