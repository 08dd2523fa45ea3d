// Goal: a person with counts in front of them records a replay, cohort rates, a series or an ablation in
// Slack; what cannot be is refused at its field, and the form keeps what was typed.
// Method: the whole app over signed HTTP, people in the sandbox; the counts are those of scenarios S1 and S2.

import { beforeAll, describe, expect, test } from "vitest";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, type FormValues, said, shown } from "./desk.ts";
import { effortArms, figuresDesk } from "./figures-desk.ts";
import { tapWire } from "./wiretap.ts";

const bot = await testBot("http");
const { control } = bot;
const desk = deskOf(bot);
const wire = await tapWire(bot);
let open: DeclaredIncident;
const { submitKind, newest, evidenceOf } = figuresDesk(bot, desk, () => open);
beforeAll(async () => {
  open = await desk.declare("declarer", { title: "Answers got worse after the release" });
});

describe("typed", () => {
  test("B3.1: five arms typed in one form read as one layer, and the reverse arm added later fails again", async () => {
    const form = await desk.open("declarer", "replay One failing task", open.channelId);
    expect(form.values).toMatchObject({ kind: "E4", what: "One failing task" });
    const sent = await desk.submit("declarer", {
      arms: effortArms,
      supports: ["orchestration_tools"],
      contradicts: ["model"],
    });
    const number = await newest();
    expect(JSON.stringify(sent.view?.blocks)).toContain(`reading:single_layer:EV${number}`);
    await desk.settle();
    const before = await desk.message(open.channelId, `evidence:EV${number}`);
    expect(before.blocks.map((block) => block.block_id)).toContain(
      `reading:single_layer:EV${number}`,
    );
    expect(shown(before)).toContain(
      "effort high (override, Orchestration & tools): 2 of 20 failed (10 %, 3 to 30 %), recovers, p .0155, adjusted .0464",
    );

    await desk.open("declarer", "replay", open.channelId);
    await desk.actInForm("declarer", "replay", { blockId: "replay", value: String(number) });
    await desk.settle();
    const asked = (await desk.form("declarer"))!.blocks.map(({ block_id: id }) => id);
    expect(asked).toContain("arms");
    expect(asked).not.toContain("what");
    const added = await desk.submit("declarer", {
      arms: "last known good with effort medium (reverse, Orchestration & tools): 8 of 20",
    });
    expect(JSON.stringify(added.view?.blocks)).toContain(`reading:reverse_fails:EV${number}`);
    await desk.settle();
    expect(await newest()).toBe(number);
    const after = await desk.message(open.channelId, `evidence:EV${number}`);
    expect(after.ts).toBe(before.ts);
    expect(after.isEdited).toBe(true);
    expect(shown(after)).toContain("fails again");
  });

  test("R5: a series of S1 with the change in and out reads as following it", async () => {
    const sent = await submitKind("E5", {
      series: [
        "2025-07-29 12:00 to 2025-08-05 12:00, out, platforms first_party: 0 of 10000",
        "2025-08-05 12:00 to 2025-08-29 08:00, in, platforms first_party: 80 of 10000",
        "2025-08-31 17:00 to 2025-08-31 18:00, in, platforms first_party: 160 of 1000",
        "2025-09-16 15:00 to 2025-09-19 15:00, out, platforms first_party: 0 of 10000",
        "2025-08-12 12:00 to 2025-09-18 12:00, in, platforms bedrock: 18 of 10000",
        "2025-09-18 15:00 to 2025-09-21 15:00, out, platforms bedrock: 0 of 10000",
      ].join("\n"),
      other_pins: ["equal"],
      measure: "misrouted share",
      supports: ["infrastructure"],
    });
    const number = await newest();
    expect(JSON.stringify(sent.view?.blocks)).toContain(`reading:in_and_out:EV${number}`);
    expect((await evidenceOf(number))?.data).toMatchObject({
      areOtherPinsEqual: true,
      measure: "misrouted share",
      series: { length: 6 },
    });
    await desk.settle();
    const message = shown(await desk.message(open.channelId, `evidence:EV${number}`));
    expect(message).toContain(
      "2025-08-31 17:00 to 2025-08-31 18:00 UTC, in, platforms first_party: 160 of 1,000 failed (16 %, 14 to 18 %)",
    );
  });

  test("groups pasted as CSV and as JSON read the same as typed", async () => {
    const numbers: number[] = [];
    for (const cohorts of [
      "tpu: 48 of 20000\nother: 0 of 20000",
      "group;n;fails\ntpu;20000;48\nother;20000;0",
      '[{"group":"tpu","n":20000,"fails":48},{"group":"other","n":20000,"fails":0}]',
    ]) {
      const sent = await submitKind("E5", { cohorts, split_by: "hardware" });
      expect(sent.fieldErrors).toBeUndefined();
      numbers.push(await newest());
    }
    const items = await Promise.all(numbers.map(evidenceOf));
    expect(new Set(items.map((item) => JSON.stringify(item?.data))).size).toBe(1);
    expect(items[0]?.data).toMatchObject({ splitBy: "hardware", cohorts: { length: 2 } });
  });

  test("choosing another kind costs nothing: what was typed stays, and says that it is not saved", async () => {
    await desk.open("declarer", "replay Typed first", open.channelId);
    const top = (await desk.form("declarer"))!;
    await control.act({
      userId: desk.id("declarer"),
      in: { viewId: top.id },
      actionId: "kind",
      blockId: "kind",
      value: "E9",
      values: { arms: "baseline: 1 of 2", link: "https://example.com/a" },
    });
    await desk.settle();
    const form = (await desk.form("declarer"))!;
    expect(form.values).toMatchObject({ arms: "baseline: 1 of 2", link: "https://example.com/a" });
    expect(shown(form)).toContain("It is not saved with this choice.");
    await desk.submit("declarer", {});
    const item = await evidenceOf(await newest());
    expect(item).toMatchObject({ kind: "E9", what: "Typed first", data: {} });
  });

  test("a report of another failure and the time of a change are recorded", async () => {
    await submitKind("E10", { other_failure: ["other"] });
    expect((await evidenceOf(await newest()))?.data).toEqual({ isOtherFailure: true });
    await submitKind("E2", { changed_at: "1754395200" });
    expect((await evidenceOf(await newest()))?.data).toEqual({
      changedAt: "2025-08-05T12:00:00.000Z",
    });
  });
});

test("B3.1: a replay that recovers speaks for its layer where nobody ticked one, and the receipt says so", async () => {
  const sent = await submitKind("E4", { arms: effortArms });
  expect(shown(sent.view!)).toContain(
    "Counted as speaking for Orchestration & tools: it recovers alone.",
  );
  expect(shown(sent.view!)).toContain(
    "All 3 overrides are set back to their last known good value.",
  );
  expect((await evidenceOf(await newest()))?.supports).toEqual(["orchestration_tools"]);
});

test("R8: a patch forward typed as an override is refused at its line, and the form stays", async () => {
  const before = await newest();
  const { fieldErrors } = await submitKind("E4", {
    arms: "baseline: 9 of 20\npatched prompt forward (override, Prompt & policy): 0 of 20",
  });
  expect(fieldErrors?.["arms"]).toMatch(
    /^Line 2: .* is a change forward: write it as a mitigation\./,
  );
  expect(await newest()).toBe(before);
});

const badInput: [name: string, kind: string, values: FormValues, field: string, says: RegExp][] = [
  ["more failures than runs", "E4", { arms: "baseline: 21 of 20" }, "arms", /^Line 1: 21 failures/],
  ["failures below zero", "E4", { arms: "baseline: -1 of 20" }, "arms", /^Line 1: .*below zero/],
  [
    "a fraction",
    "E5",
    { cohorts: "a: 1.5 of 20\nb: 0 of 3" },
    "cohorts",
    /^Line 1: .*whole number/,
  ],
  ["absurdly many runs", "E7", { stacks: "TPU: 1 of 99999999" }, "stacks", /^Line 1: .*10,000,000/],
  [
    "arms without a baseline",
    "E4",
    { arms: "effort high (override, Model): 2 of 20" },
    "arms",
    /^There is no baseline\./,
  ],
  [
    "a forward patch as an override",
    "E4",
    {
      arms: '[{"arm":"baseline","role":"baseline","n":9,"fails":3},{"arm":"patched prompt","role":"override","layer":"prompt_policy","value_is_lkg":false,"n":9,"fails":0}]',
    },
    "arms",
    /^Entry 2: .*mitigation/,
  ],
  [
    "a window that ends before it begins",
    "E5",
    { series: "2025-08-29 08:00 to 2025-08-05 12:00, in: 1 of 9" },
    "series",
    /^Line 1: the window ends before it begins/,
  ],
  [
    "groups that say not what they differ in",
    "E5",
    { cohorts: "a: 1 of 9\nb: 0 of 9" },
    "split_by",
    /^Choose what the groups differ in\.$/,
  ],
  ["no unrelated input", "E6", { input_count: "0" }, "input_count", /^Give a number from 1/],
];

test.for(badInput)(
  "%s is refused at its field, and the form keeps what was typed",
  async ([name, kind, values, field, says]) => {
    const before = await newest();
    const { fieldErrors, view } = await submitKind(kind, { source: name, ...values });
    expect(Object.keys(fieldErrors ?? {})).toEqual([field]);
    expect(fieldErrors?.[field]).toMatch(says);
    expect(view?.values).toMatchObject({ source: name, ...values, what: `Counts of ${kind}` });
    expect(await newest()).toBe(before);
  },
);

test("a strand of another incident is refused with a sentence, and the form stays", async () => {
  const before = await newest();
  await submitKind("E9", { what: "Another one's" });
  const again = await wire.resend(wire.last(), (payload) => {
    payload.view.hash = "other";
    payload.view.state.values.strands = {
      strands: { type: "multi_static_select", selected_options: [{ value: "7" }] },
    };
  });
  const [sentence] = Object.values(again.body?.errors ?? {});
  expect(sentence).toBe("There is no strand 7 in this incident. Open the form again.");
  expect(await newest()).toBe(before + 1);
});

test("`replay plan` says what is still worth running, to who asks alone", async () => {
  const answer = await desk.type("declarer", "replay plan", open.channelId);
  expect(answer.view?.callback_id).not.toBe("add-evidence");
  expect(said(answer)).not.toBe("");
  expect(said(await desk.type("declarer", "replay plan 9", open.channelId))).toBe(
    "There is no strand 9 in this incident.",
  );
});
