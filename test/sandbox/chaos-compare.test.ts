/**
 * Goal: two plays that ended alike compare equal whatever chance did to them, and nothing else does.
 * Method: one ending made by hand, changed once in what may differ and once in what may not.
 */
import { expect, test } from "vitest";
import { differences, doubledChanges, endingOf } from "#sandbox/chaos-compare.ts";
import { randomFrom } from "#sandbox/chaos-runs.ts";
import type { StepResult } from "#sandbox/play/step.ts";
import type { SandboxState } from "#sandbox/protocol.ts";
import { readScenario } from "#sandbox/scenario.ts";

const read = await readScenario("scenarios/s0-stale-index.yaml");
if (!read.ok) throw new Error(read.error.join("\n"));
const scenario = read.value;

interface Chance {
  channelId: string;
  directId: string;
  tsOf: (n: number) => string;
  uuid: string;
  port: number;
  time: string;
  seconds: number;
  issue: number;
  incidentId: number;
}
const once: Chance = {
  channelId: "C111",
  directId: "D111",
  tsOf: (n) => `170000000${n}.000100`,
  uuid: "11111111-2222-3333-4444-555555555555",
  port: 4001,
  time: "2026-03-09T09:20:00.000Z",
  seconds: 1_700_000_000,
  issue: 1,
  incidentId: 1,
};
const again: Chance = {
  channelId: "C999",
  directId: "D999",
  tsOf: (n) => `180000000${9 - n}.000200`,
  uuid: "aaaaaaaa-2222-3333-4444-555555555555",
  port: 4999,
  time: "2026-03-09T09:21:07.000Z",
  seconds: 1_800_000_000,
  issue: 2,
  incidentId: 7,
};

function stateBy(chance: Chance): SandboxState {
  const { channelId, directId, tsOf, port } = chance;
  const message = { user: "U0FAULTLINE", isEdited: false };
  const button = {
    type: "actions" as const,
    block_id: "lever:LV1",
    elements: [
      {
        type: "button" as const,
        action_id: "end-lever",
        value: JSON.stringify({ i: chance.incidentId, v: 1 }),
        text: { type: "plain_text" as const, text: "Take it back" },
      },
    ],
  };
  return {
    channels: [
      {
        id: channelId,
        name: "inc-1-x",
        isDirect: false,
        isPrivate: false,
        topic: "SEV2",
        memberIds: ["U2", "U1"],
        isArchived: false,
        pinnedTs: [tsOf(1)],
        bookmarks: [],
      },
      {
        id: directId,
        name: "",
        isDirect: true,
        isPrivate: true,
        topic: "",
        memberIds: ["U1", "U0FAULTLINE"],
        isArchived: false,
        pinnedTs: [],
        bookmarks: [],
      },
    ],
    messages: [
      {
        ...message,
        channel: channelId,
        ts: tsOf(1),
        text: `Panel, <!date^${chance.seconds}^{time}|09:20 UTC>`,
        blocks: [],
        metadata: { event_type: "effect", event_payload: { id: chance.uuid } },
      },
      {
        ...message,
        channel: channelId,
        ts: tsOf(2),
        text: `Lever at 09:2${chance.issue}`,
        blocks: [button],
      },
      { ...message, channel: directId, ts: tsOf(3), text: `Come to <#${channelId}>`, blocks: [] },
    ],
    ephemerals: [],
    homes: [],
    files: [],
    issues: [
      {
        repo: "a/b",
        number: chance.issue,
        title: "Gate",
        body: `<!-- faultline:${chance.uuid} -->`,
        labels: ["incident"],
        assignees: ["x"],
        state: "open",
        url: `http://127.0.0.1:${port}/a/b/issues/${chance.issue}`,
      },
    ],
    pullRequests: [
      {
        repo: "a/c",
        number: chance.issue + 2,
        title: "Postmortem",
        body: `See http://127.0.0.1:${port}/a/b/issues/${chance.issue}`,
        branch: "faultline/inc-1",
        state: "open",
        labels: [],
        url: "u",
        files: { "2026/inc-1.md": `declared ${chance.time}, due 2026-03-23` },
      },
    ],
  };
}

const steps: StepResult[] = [
  {
    n: 3,
    do: "claim",
    actor: "declarer",
    typed: [],
    expected: { result: "refused", rule: "R1", missing: ["model"] },
    got: { result: "refused", rules: ["R1"], missing: ["model"], sentence: "Answer first." },
    ok: true,
    posts: [],
    ms: 10,
  },
];
const undisturbed = endingOf({ steps, state: stateBy(once) }, scenario);

test("times, ids, the order of messages and typing again are not compared", () => {
  const state = stateBy(again);
  const shuffled = { ...state, messages: state.messages.toReversed() };
  const twice = steps.map((step) => ({
    ...step,
    ms: 9_000,
    typed: [{ how: "types" as const, what: "/incident checklist" }],
  }));
  const ending = endingOf({ steps: twice, state: shuffled }, scenario);
  expect(differences(undisturbed, ending)).toEqual([]);
});

test("a message that is there twice is a difference", () => {
  const state = stateBy(once);
  const first = state.messages[1];
  const doubled = { ...state, messages: [...state.messages, ...(first ? [first] : [])] };
  expect(differences(undisturbed, endingOf({ steps, state: doubled }, scenario))[0]).toBe(
    "messages: 0 missing or other, 1 not in the undisturbed run",
  );
});

test("what somebody who came late was told is there once, in whatever words it had then", () => {
  const state = stateBy(once);
  const [first] = state.messages;
  const told = (text: string) => ({
    ...first!,
    text,
    blocks: [
      {
        type: "section" as const,
        block_id: "catch-up:now",
        text: { type: "plain_text" as const, text },
      },
    ],
  });
  const withTold = (...texts: string[]) =>
    endingOf(
      { steps, state: { ...state, messages: [...state.messages, ...texts.map(told)] } },
      scenario,
    );
  expect(differences(withTold("nothing is known"), withTold("a lever is in force"))).toEqual([]);
  expect(differences(withTold("once"), withTold("once", "twice"))[0]).toBe(
    "messages: 0 missing or other, 1 not in the undisturbed run",
  );
});

test("a message of other words is shown with the lines that differ", () => {
  const state = stateBy(once);
  const other = state.messages.map((message, index) =>
    index === 2 ? { ...message, text: "Go away" } : message,
  );
  expect(
    differences(undisturbed, endingOf({ steps, state: { ...state, messages: other } }, scenario)),
  ).toEqual([
    "messages: 1 missing or other, 1 not in the undisturbed run",
    '  - "text": "Come to <##inc-1-x>",',
    '  + "text": "Go away",',
  ]);
});

const changes: [string, (state: SandboxState) => SandboxState][] = [
  [
    "channels",
    (s) => ({
      ...s,
      channels: s.channels.map((c) => (c.isDirect ? c : { ...c, memberIds: ["U1"] })),
    }),
  ],
  ["channels", (s) => ({ ...s, channels: s.channels.map((c) => ({ ...c, topic: "SEV1" })) })],
  ["channels", (s) => ({ ...s, channels: s.channels.map((c) => ({ ...c, pinnedTs: [] })) })],
  ["messages", (s) => ({ ...s, messages: s.messages.slice(1) })],
  ["issues", (s) => ({ ...s, issues: s.issues.map((i) => ({ ...i, assignees: [] })) })],
  [
    "pull requests",
    (s) => ({
      ...s,
      pullRequests: s.pullRequests.map((p) => ({
        ...p,
        files: { "2026/inc-1.md": "due 2026-03-24" },
      })),
    }),
  ],
];
test.each(changes)("what may not differ is told: %s", (section, change) => {
  const ending = endingOf({ steps, state: change(stateBy(once)) }, scenario);
  expect(differences(undisturbed, ending).some((line) => line.startsWith(section))).toBe(true);
});

test("a step that came otherwise, or a refusal that is not there, is told", () => {
  const worse = steps.map((step) => ({
    ...step,
    ok: false,
    got: { result: "accepted" as const, rules: [], missing: [], sentence: "" },
  }));
  const lines = differences(
    undisturbed,
    endingOf({ steps: worse, state: stateBy(once) }, scenario),
  );
  expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
    "refusals: 1 missing or other, 0 not in the undisturbed run",
    "steps: 1 missing or other, 1 not in the undisturbed run",
  ]);
});

test("the same seed gives the same moments", () => {
  const [a, b, c] = [randomFrom(7), randomFrom(7), randomFrom(8)];
  const firsts = [a(), a(), a()];
  expect([b(), b(), b()]).toEqual(firsts);
  expect(c()).not.toBe(firsts[0]);
  expect(firsts.every((value) => value >= 0 && value < 1)).toBe(true);
});

test("a change that stands in an incident's record twice is told, however equal the runs are", () => {
  const change = (sequence: number, summary: string, kind = "change_found") => ({
    sequence,
    kind,
    happened_at: "2026-03-08T02:00:00Z",
    data: { change: sequence, layer: "retrieval_data", summary },
  });
  const recorded = (...timeline: unknown[]) =>
    doubledChanges({
      pullRequests: [
        {
          repo: "a/b",
          number: 1,
          title: "t",
          body: "b",
          branch: "x",
          state: "open",
          labels: [],
          url: "u",
          files: { "p/x.attribution.json": JSON.stringify({ timeline }), "p/x.md": "---" },
        },
      ],
    });
  expect(recorded(change(1, "nightly index job"), change(2, "metadata field"))).toEqual([]);
  expect(
    recorded(change(1, "nightly index job"), change(2, "nightly index job", "change_declared")),
  ).toEqual([]);
  expect(recorded(change(1, "nightly index job"), change(2, "nightly index job"))).toEqual([
    "p/x.attribution.json has a change twice: 2026-03-08T02:00:00Z retrieval_data nightly index job",
  ]);
});
