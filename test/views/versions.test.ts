// Goal: whether anything changed is answered in the first line, undeclared changes first, with the data it stands
// on and what it does not cover; the forms about it give back what was put into them.
// Method: golden files of what a responder meets; every view against Slack's limits; forms filled in and handed in.

import fc from "fast-check";
import { expect, test } from "vitest";
import { layerIds } from "#src/domain/layers/index.ts";
import type { LedgerChange, VersionReport } from "#src/domain/ledger/ledger.ts";
import { anyText } from "#test/support/any-text.ts";
import { modalFaults } from "#test/support/block-kit-limits.ts";
import { at, incident, incidentState, people } from "#test/support/factories.ts";
import { submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import {
  coverage,
  declaredChange,
  ledgerChange,
  noCoverage,
  pinReport,
  pinState,
  versionReport,
} from "#test/support/versions.ts";
import { addChangeModal } from "#views/modals/add-change.ts";
import { markSourceModal } from "#views/modals/mark-source.ts";
import { changesOnPage, type VersionsProps, versionsModal } from "#views/modals/versions.ts";
import { widenScanModal } from "#views/modals/widen-scan.ts";

const onset = new Date("2026-03-09T08:00:00Z");
const open = incident({ onsetAt: onset, onsetHeldAt: onset });
const lastGood = new Date("2026-03-02T06:00:00Z");
const widened = incident({
  onsetAt: onset,
  onsetHeldAt: onset,
  lastKnownGoodAt: lastGood,
  lastKnownGoodBasis: "A golden run passed all of its 40 tests then.",
  scanFrom: lastGood,
});
const prompt = ledgerChange({
  key: "github:push:acme/assistant:4f1e:prompt_policy",
  at: at("07:30"),
  kind: "prompt",
  layer: "prompt_policy",
  summary: "Shorten the answer style (3 files)",
  isDeclared: true,
  source: "github",
  declaredBy: "octocat",
  link: "https://github.com/acme/assistant/compare/1...2",
  pin: "prompt",
  fromValues: ["sha256:aa"],
  toValue: "sha256:bb",
  seen: { requests: 412, of: 412 },
});
const withChanges = versionReport({
  changes: [ledgerChange(), declaredChange(), prompt],
  earlierChanges: 12,
  pins: [
    pinReport("model.served", "model", "gpt-4o-04-25", {
      now: pinState("gpt-4o-03-27", { value: "gpt-4o-04-25", requests: 212 }),
      before: pinState("gpt-4o-03-27"),
    }),
    pinReport("model.provider", "model", "openai"),
    pinReport("prompt", "prompt_policy", "v12", {
      now: pinState({ value: "sha256:bb", isDerived: true }),
      before: pinState({ value: "sha256:aa", isDerived: true }),
    }),
    pinReport("index", "retrieval_data", "travel-2026-03-01", { overflow: 3_200 }),
    pinReport("router", "orchestration_tools", "r7", {
      lastSeenAt: new Date("2026-03-06T00:00:00Z"),
    }),
  ],
});

const views: [string, VersionsProps][] = [
  ["undeclared", props({ report: withChanges })],
  [
    "nothing-changed",
    props({
      report: versionReport({
        marks: [
          {
            service: null,
            layer: "integration_ui",
            from: lastGood,
            to: at("10:00"),
            source: "Deploy log",
            markedBy: people.orchestration,
            markedAt: at("09:30"),
          },
        ],
      }),
    }),
  ],
  ["no-data", props({ report: versionReport({ pins: [], coverage: noCoverage }) })],
  [
    "declared-only",
    props({
      report: versionReport({
        pins: [],
        changes: [declaredChange()],
        coverage: { ...noCoverage, declared: 1, lastDeclaredAt: at("00:00") },
      }),
    }),
  ],
  ["many", props({ report: versionReport({ changes: many(300) }), page: 3 })],
  [
    "elsewhere",
    props({
      incident: null,
      isOwnWindow: false,
      text: "policy-helper 48h",
      report: versionReport({
        changes: [ledgerChange()],
        window: { from: new Date("2026-03-07T09:31:00Z"), to: at("09:31") },
      }),
    }),
  ],
  [
    "widened",
    props({
      incident: widened,
      report: versionReport({
        changes: [declaredChange({ at: new Date("2026-03-04T12:00:00Z") })],
        window: { from: lastGood, to: at("09:10") },
        at: { ...withChanges.at, lastKnownGood: lastGood },
        pins: [
          pinReport("model.served", "model", "gpt-4o-04-25", {
            lastKnownGood: pinState("gpt-4o-03-27"),
          }),
        ],
      }),
    }),
  ],
];

function props(given: Partial<VersionsProps> & { report: VersionReport }): VersionsProps {
  return {
    incident: open,
    text: "",
    isOwnWindow: true,
    page: 0,
    botCommand: "/incident",
    ...given,
  };
}

function many(count: number): LedgerChange[] {
  return Array.from({ length: count }, (_, index) =>
    ledgerChange({ key: `pin:${index}`, at: new Date(onset.getTime() - index * 60_000) }),
  );
}

test.each(views)(
  "the versions (%s) read as in their golden file, within Slack's limits",
  (name, given) => {
    const view = versionsModal.render(given);
    expect(modalFaults({ ...view })).toEqual([]);
    expectGolden(`views/modal-versions-${name}`, view);
  },
);

test.each([
  [
    "widen-scan",
    widenScanModal.render({ incident: open, why: "Nobody has said when it last worked." }),
  ],
  ["mark-source", markSourceModal.render({ state: incidentState({ incident: open }) })],
  ["add-change", addChangeModal.render({ incident: open, from: { incidentId: open.id, page: 2 } })],
])("the form %s reads as in its golden file, within Slack's limits", (name, view) => {
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden(`views/modal-${name}`, view);
});

test("what nobody declared comes first, then what came before the onset, the nearest to it first", () => {
  const after = declaredChange({ key: "after", at: at("08:30") });
  const far = declaredChange({ key: "far", at: new Date("2026-03-08T10:00:00Z") });
  const near = declaredChange({ key: "near", at: at("07:59") });
  const report = versionReport({ changes: [far, ledgerChange(), near, after] });
  expect(keysOn(props({ report }))).toEqual(["pin:12", "near", "far", "after"]);
});

test("the pages together show every change once", () => {
  const report = versionReport({ changes: many(3 * changesOnPage + 1) });
  const keys = [0, 1, 2, 3].flatMap((page) => keysOn(props({ report, page })));
  expect(new Set(keys).size).toBe(3 * changesOnPage + 1);
  expect(keys).toHaveLength(3 * changesOnPage + 1);
});

test("a name that a machine sent notifies nobody, and is shown as it was sent", () => {
  const markedBy = "platform> <!channel";
  const mark = {
    service: null,
    layer: "model" as const,
    from: lastGood,
    to: at("10:00"),
    source: "Deploy log",
    markedBy,
    markedAt: at("09:30"),
  };
  const report = versionReport({
    marks: [mark],
    changes: [declaredChange({ declaredBy: markedBy })],
  });
  const text = JSON.stringify(versionsModal.render(props({ report })));
  expect(text).toContain("marked complete by platform&gt; &lt;!channel,");
  expect(text).toContain("Declared by platform&gt; &lt;!channel");
});

test("in an incident that is over, and elsewhere, nothing can be recorded from the versions", () => {
  const closed = versionsModal.render(
    props({ incident: { ...open, status: "closed" }, report: withChanges }),
  );
  const elsewhere = versionsModal.render(props({ incident: null, report: withChanges }));
  for (const view of [closed, elsewhere]) {
    expect(view.blocks.some(({ block_id: id }) => id === "versions-steps")).toBe(false);
  }
});

test("whatever a ledger holds, Slack takes what we send", () => {
  const anyChange = fc.record<Partial<LedgerChange>>({
    at: fc.date({ min: new Date("2000-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
    layer: fc.constantFrom(...layerIds),
    isDeclared: fc.boolean(),
    summary: anyText(500),
    kind: anyText(60),
    pin: fc.option(anyText(200), { nil: null }),
    fromValues: fc.array(anyText(200), { maxLength: 200 }),
    toValue: fc.option(anyText(200), { nil: null }),
    declaredBy: fc.option(anyText(200), { nil: null }),
    link: fc.option(fc.constant(`https://example.com/?q=${"<&|".repeat(600)}`), { nil: null }),
  });
  const anyPins = fc.array(
    fc.record({ pin: anyText(200), layer: fc.constantFrom(...layerIds), value: anyText(200) }),
    { maxLength: 300, size: "max" },
  );
  fc.assert(
    fc.property(
      fc.array(anyChange, { maxLength: 60, size: "max" }),
      anyPins,
      anyText(150),
      (changes, pins, service) => {
        const report = versionReport({
          service,
          changes: changes.map((one, index) =>
            ledgerChange({ ...one, key: `${index}`.padEnd(200, "k") }),
          ),
          pins: pins.map(({ pin, layer, value }) =>
            pinReport(pin, layer, value, {
              before: pinState(...Array.from({ length: 20 }, () => `${value} once`)),
              overflow: 1,
              service,
            }),
          ),
        });
        for (const incidentOrNone of [open, null]) {
          const view = versionsModal.render(props({ report, incident: incidentOrNone }));
          expect(modalFaults({ ...view })).toEqual([]);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test("what is put into the form for when it last worked comes out of it", () => {
  const view = widenScanModal.render({ incident: open });
  const seconds = String(lastGood.getTime() / 1_000);
  expect(
    submit(widenScanModal, view, { last_known_good: seconds, basis: "The nightly run" }),
  ).toEqual({
    incidentId: open.id,
    lastKnownGoodAt: lastGood,
    basis: "The nightly run",
  });
  expect(submit(widenScanModal, view, {})).toEqual({
    errors: { last_known_good: "Choose when it is last known to have worked." },
  });
});

test("R4: the form of a complete record proposes no layer, since it is a strong claim, and takes what is chosen", () => {
  const view = markSourceModal.render({ state: incidentState({ incident: open }) });
  expect(submit(markSourceModal, view, { source: "Deploy log", layers: ["model"] })).toEqual({
    incidentId: open.id,
    layers: ["model"],
    source: "Deploy log",
  });
  expect(submit(markSourceModal, view, { layers: [] })).toEqual({
    errors: { layers: "Choose at least one layer.", source: "Say where the changes are recorded." },
  });
});

test("a change's layer follows its kind where the kind has one, and is asked for where it has none", () => {
  const view = addChangeModal.render({ incident: open });
  const typed = { summary: "Top-k lowered to 3", at: "1773000000", kind: "index_rebuild" };
  expect(submit(addChangeModal, view, typed)).toEqual({
    incidentId: open.id,
    at: new Date(1_773_000_000_000),
    kind: "index_rebuild",
    layer: "retrieval_data",
    summary: "Top-k lowered to 3",
    link: null,
  });
  expect(submit(addChangeModal, view, { ...typed, kind: "flag" })).toEqual({
    errors: { layer: "Choose the layer: “Feature flag” can belong to any of them." },
  });
  expect(submit(addChangeModal, view, { ...typed, kind: "other", layer: "model" })).toMatchObject({
    kind: "other",
    layer: "model",
  });
  expect(submit(addChangeModal, view, { kind: "flag" })).toMatchObject({
    errors: { summary: "Say in a sentence what changed.", at: "Choose when it happened." },
  });
});

function keysOn(given: VersionsProps): string[] {
  return versionsModal
    .render(given)
    .blocks.flatMap(({ block_id: id }) => /^change:(.+)$/.exec(id ?? "")?.[1] ?? []);
}

test("what the retention dropped is counted among what the answer does not cover", () => {
  const dropped = {
    at: new Date("2026-03-09T06:00:00Z"),
    before: new Date("2025-02-02T06:00:00Z"),
    count: 1_234,
  };
  const view = versionsModal.render({
    report: versionReport({ coverage: { ...coverage, dropped } }),
    incident: null,
    text: "",
    isOwnWindow: false,
    page: 0,
    botCommand: "/incident",
  });
  expect(JSON.stringify(view)).toContain("1,234 entries of all services went");
});
