// Goal: counts in a file are recorded as if they were typed; and a file that is late, wrong, too large, sent
// twice or sent while Slack is away loses nothing and doubles nothing.
// Method: the whole app over signed HTTP; files are uploaded to the sandbox and put into the form by their id.

import { beforeAll, expect, test } from "vitest";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, type FormValues, said, shown } from "./desk.ts";
import { effortArms, figuresDesk } from "./figures-desk.ts";
import { sampleText } from "#test/intake/formats/samples.ts";
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

const csv =
  "arm,role,layers,n,fails\nbaseline,baseline,,20,9\neffort high,override,orchestration_tools,20,2\nall last known good,all_lkg,,20,1\n";

async function put(name: string, content: string, kind = "E4", more: FormValues = {}) {
  const { fileId } = await control.upload({
    userId: desk.id("declarer"),
    file: { name, mimetype: "text/plain", content },
  });
  return submitKind(kind, { file: [fileId], ...more });
}

async function unread() {
  await desk.settle();
  const messages = await desk.direct("declarer");
  return messages.filter(({ blocks }) => blocks.some((one) => one.block_id === "file-unread"));
}

test("the arms of a CSV are recorded in the name of who put it into the form", async () => {
  const before = await newest();
  const sent = await put("arms.csv", csv, "E4", { supports: ["orchestration_tools"] });
  expect(said(sent)).toContain("I am reading arms.csv.");
  await desk.settle();
  expect(await newest()).toBe(before + 1);
  expect(await evidenceOf(before + 1)).toMatchObject({
    recorder: desk.id("declarer"),
    supports: ["orchestration_tools"],
    data: { arms: [{ fails: 9 }, { fails: 2, layers: ["orchestration_tools"] }, { fails: 1 }] },
  });
  const message = await desk.message(open.channelId, `evidence:EV${before + 1}`);
  expect(message.blocks.map(({ block_id: id }) => id)).toContain(
    `reading:single_layer:EV${before + 1}`,
  );
});

test("windows and groups of cohort rates are told apart in JSON", async () => {
  const windows = JSON.stringify([
    {
      window: { from: "2025-08-18T12:00:00Z", to: "2025-08-25T12:00:00Z" },
      change_present: false,
      n: 9000,
      fails: 0,
    },
    {
      window: { from: "2025-08-25T12:00:00Z", to: "2025-09-02T15:00:00Z" },
      change_present: true,
      n: 9000,
      fails: 48,
    },
    {
      window: { from: "2025-09-02T15:00:00Z", to: "2025-09-09T15:00:00Z" },
      change_present: false,
      n: 9000,
      fails: 0,
    },
  ]);
  await put("windows.json", windows, "E5");
  await desk.settle();
  expect((await evidenceOf(await newest()))?.data.series).toHaveLength(3);
  const groups = JSON.stringify([
    { group: "tpu", n: 500, fails: 48 },
    { group: "cpu", n: 500, fails: 0 },
  ]);
  await put("groups.json", groups, "E5", { split_by: "hardware" });
  await desk.settle();
  expect((await evidenceOf(await newest()))?.data.cohorts).toHaveLength(2);
});

test("arms in a file are added to a replay that is recorded", async () => {
  const number = (await newest()) - 2;
  expect((await evidenceOf(number))?.kind).toBe("E4");
  await desk.open("declarer", "replay", open.channelId);
  const { fileId } = await control.upload({
    userId: desk.id("declarer"),
    file: {
      name: "more.csv",
      mimetype: "text/csv",
      content: "arm,role,layers,n,fails\nback,reverse,orchestration_tools,20,9\n",
    },
  });
  await desk.submit("declarer", { replay: String(number), file: [fileId] });
  await desk.settle();
  expect((await evidenceOf(number))?.data.arms).toHaveLength(4);
});

test("what is wrong in a file is told with its line, and the form opens as it was filled in", async () => {
  const before = await newest();
  await put("wrong.csv", csv.replace("20,2", "20,22"), "E4", {
    supports: ["model"],
    source: "CI",
  });
  const told = await unread();
  expect(told).toHaveLength(1);
  expect(shown(told[0]!)).toContain("“wrong.csv” is not recorded as evidence. Line 3: 22 failures");
  expect(await newest()).toBe(before);
  const { view } = await desk.press("declarer", told[0]!, "refill-evidence");
  expect(view?.values).toMatchObject({
    kind: "E4",
    what: "Counts of E4",
    supports: ["model"],
    source: "CI",
    file: [],
  });
  await desk.submit("declarer", { arms: effortArms });
  expect(await newest()).toBe(before + 1);
});

test("a file that is too large is refused at the field, one that is no text afterwards", async () => {
  const before = await newest();
  const large = await put("large.csv", csv + "x".repeat(1_000_000));
  expect(large.fieldErrors).toEqual({
    file: "large.csv is larger than 1 MB. Give the counts alone, one line a group.",
  });
  await put("table.csv", "PK\u0000\u0000");
  await put("words.csv", "It failed quite often.");
  const sentences = (await unread()).slice(-2).map(shown);
  expect(sentences[0]).toContain("It is no text. Save it as CSV or JSON, in UTF-8.");
  expect(sentences[1]).toContain("Line 1: write it as");
  expect(await newest()).toBe(before);
});

test("counts typed and in a file at once are refused at the field", async () => {
  const both = await put("arms.csv", csv, "E4", { arms: effortArms });
  expect(both.fieldErrors).toEqual({
    file: "Give the counts in the field or in a file, not in both.",
  });
});

test("a form with a file that comes twice is recorded once", async () => {
  const before = await newest();
  await put("arms.csv", csv);
  const again = await wire.replay(wire.last());
  expect(again.status).toBe(200);
  await desk.settle();
  expect(await newest()).toBe(before + 1);
});

test("while Slack is away a form with a file is taken, and the file is read once Slack is back", async () => {
  const before = await newest();
  await control.setFaults({
    faults: [
      {
        side: "slack",
        method: "files\\.info|file download",
        kind: "status",
        status: 503,
        times: 2,
      },
    ],
  });
  const sent = await put("arms.csv", csv);
  expect(sent.status).toBe("acked");
  await control.setFaults({ faults: [] });
  await desk.settle();
  expect(await newest()).toBe(before + 1);
  expect((await evidenceOf(before + 1))?.data.arms).toHaveLength(3);
});

test("the form of somebody else is not opened by its button's value", async () => {
  const [message] = await unread();
  await desk.press("declarer", message!, "refill-evidence");
  // Slack's answer goes to where the button is
  const words = await desk.hears("declarer", () =>
    wire.resend(wire.last(), (payload) => {
      payload.user.id = desk.id("approver");
    }),
  );
  expect(words).toContain("This form is not yours, or it is gone.");
});

const results = (name: string) => sampleText(`promptfoo/${name}`);
const newIndex =
  "index idx-2026-11-06 (override, Retrieval & data): index_version=idx-2026-11-06, context=snapshot A";

test("C3: promptfoo's own file counts an arm that ran as meant, and refuses the trap with the difference", async () => {
  await put("baseline.json", results("promptfoo-fail.json"), "E4", {
    arms: "baseline: index_version=idx-2026-10-30, context=snapshot A",
  });
  await desk.settle();
  const number = await newest();
  const item = await evidenceOf(number);
  expect(item?.data.arms).toMatchObject([{ role: "baseline", n: 3, fails: 3 }]);
  expect(item?.what).toContain("From promptfoo 0.123.1, run 2026-11-21 01:48 UTC");

  await put("override.json", results("promptfoo-filter-failing-trap.json"), "E4", {
    replay: String(number),
    arms: newIndex,
  });
  const told = (await unread()).at(-1)!;
  expect(shown(told)).toContain(
    "“override.json” is not recorded as evidence. “index idx-2026-11-06” did not run as meant, so it is no evidence. index_version is idx-2026-10-30 in the only row, and the arm says idx-2026-11-06: the run used the values stored with the failing rows (--filter-failing)",
  );
  const { view } = await desk.press("declarer", told, "refill-evidence");
  expect(view?.values).toMatchObject({ kind: "E4", replay: String(number), arms: newIndex });
  expect((await evidenceOf(number))?.data.arms).toHaveLength(1);

  await put("override.json", results("promptfoo-pass.json"), "E4", {
    replay: String(number),
    arms: newIndex,
  });
  await desk.settle();
  expect((await evidenceOf(number))?.data.arms).toMatchObject([
    { role: "baseline" },
    { name: "index idx-2026-11-06", layers: ["retrieval_data"], n: 3, fails: 0 },
  ]);
});
