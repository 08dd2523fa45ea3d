// Goal: whatever an incident holds, Slack takes what we send, and a form gives back what was put into it.
// Method: fast-check over any state and any input, against the limits of Slack's documents.

import { readdir, readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkHome } from "#sandbox/validator/check.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { levers, leverIds } from "#src/domain/lever.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import type { MessageExtras } from "#views/messages/message-content.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { anyState, fullestState } from "#test/support/any-incident.ts";
import { anyText } from "#test/support/any-text.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import { evidenceItem, incidentState, people, rowAnswer } from "#test/support/factories.ts";
import { fillForm } from "#test/support/fill-form.ts";
import { formsOf, homesOf, messagesOf } from "./gallery.ts";
import { foldedLike, homeLike } from "./gallery-parts.ts";

const presser = people.coordinator;
const runs = { numRuns: 60 };
/** Home shows at most so many of each (src/db/home.ts). */
const shownInHome = 10;

test("every message about any incident stays within Slack's limits and mentions nobody on a person's behalf", () => {
  fc.assert(
    fc.property(anyState, fc.boolean(), anyText(1000), (state, hasGitHub, text) => {
      expectMessagesWithinLimits(state, hasGitHub, text);
    }),
    runs,
  );
});

test("every form about any incident, and Home, stays within Slack's limits", () => {
  fc.assert(
    fc.property(anyState, anyText(300), (state, text) => expectFormsWithinLimits(state, text)),
    { numRuns: 25 },
  );
});

test.each(["x", "&", "😀", "﷽", "<!channel> "])(
  "the fullest incident there can be, all of %s, stays within Slack's limits",
  (piece) => {
    for (const status of ["open", "closed"] as const) {
      const state = fullestState(piece, status);
      expectMessagesWithinLimits(state, false, piece.repeat(500));
      expectFormsWithinLimits(state, piece.repeat(60));
    }
  },
);

test("no message, form or Home is missing from what the limits are tried on", async () => {
  const messages = Object.keys(messagesOf(incidentState(), extrasOf(true, "x"), "x"));
  const posted = new Set(
    await drawnBy("views/messages/render-message.ts", /return (render\w+)\(/g),
  );
  const drawn = await filesOf("views/messages").then((files) =>
    Promise.all(files.map((file) => drawnBy(file, /^export function (render\w+)/gm))),
  );
  const others = drawn.flat().filter((name) => name !== "renderMessage" && !posted.has(name));
  expect(others.filter((name) => !messages.includes(name))).toEqual([]);

  const forms = Object.keys(formsOf(incidentState(), "x"));
  const files = await filesOf("views/modals");
  const ids = await Promise.all(files.map((file) => drawnBy(file, /^ {2}callbackId: "([^"]+)"/gm)));
  expect(ids.flat().toSorted()).toEqual([...new Set(forms)].toSorted());
});

/** The messages that need a number of the incident: each kind is drawn at least once in the fullest one. */
test("the fullest incident has every kind of message at least once", () => {
  const drawn = messagesOf(fullestState("x"), extrasOf(true, "x"), "x");
  expect(Object.keys(drawn).filter((kind) => drawn[kind]?.length === 0)).toEqual([]);
});

function expectMessagesWithinLimits(state: IncidentState, hasGitHub: boolean, text: string): void {
  const drawn = Object.entries(messagesOf(state, extrasOf(hasGitHub, text), text));
  expect(drawn.flatMap(([kind, all]) => faultsOf(kind, all, messageFaults))).toEqual([]);
}

function expectFormsWithinLimits(state: IncidentState, text: string): void {
  const drawn = Object.entries(formsOf(state, text));
  expect(drawn.flatMap(([form, all]) => faultsOf(form, all, modalFaults as never))).toEqual([]);
  for (const [form, all] of drawn) {
    expect(new Set(all.map((view) => view.callback_id))).toEqual(new Set(all.length ? [form] : []));
  }
  const homes = homesOf(homeLike(state, text, shownInHome), text);
  expect(homes.flatMap((view) => checkHome(view).problems)).toEqual([]);
}

/** Of many that break the same limit, the first. */
function faultsOf<Drawn>(
  name: string,
  all: readonly Drawn[],
  check: (one: Drawn) => string[],
): string[] {
  const broken = all.map(check).find((faults) => faults.length > 0) ?? [];
  return broken.map((fault) => `${name}: ${fault}`);
}

function extrasOf(hasGitHub: boolean, text: string): MessageExtras {
  return {
    botCommand: "/incident",
    canFileIssues: hasGitHub,
    canProposePostmortem: hasGitHub,
    entry: foldedLike(text),
    trouble: { what: text, reason: text },
    unread: { effectId: "e1", fileName: text, reason: text },
    repaired: { made: Array.from({ length: 30 }, () => text), left: [text, text] },
  };
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`);
}

/** What the pattern's group names in a file. */
async function drawnBy(path: string, pattern: RegExp): Promise<string[]> {
  const text = await readFile(path, "utf8");
  return [...text.matchAll(pattern)].map(([, name = ""]) => name);
}

test("what is put into the form for evidence comes out of it", () => {
  const item = fc.record({
    kind: fc.constantFrom(...(Object.keys(evidenceKinds) as (keyof typeof evidenceKinds)[])),
    what: anyText(3000),
    supports: fc.subarray(layerIds),
    contradicts: fc.subarray(layerIds),
    clears: fc.subarray(layerIds),
    author: fc.constantFrom(...Object.values(people)),
  });
  fc.assert(
    fc.property(item, (typed) => {
      const view = addEvidenceModal.render({ state: incidentState(), presser });
      const parsed = addEvidenceModal.parse(fillForm(view, typed), view.private_metadata ?? "");
      expect(parsed).toMatchObject({
        ok: true,
        value: { ...typed, incidentId: 7, strandNumbers: null, link: null },
      });
    }),
    runs,
  );
});

test("what is put into the form for a lever comes out of it", () => {
  const use = fc.record({
    lever: fc.constantFrom(...leverIds),
    tradeoff: anyText(3000),
    revertCondition: anyText(3000),
    ownWords: anyText(1000),
    layer: fc.constantFrom(...layerIds),
  });
  fc.assert(
    fc.property(use, ({ lever, ownWords, layer, ...typed }) => {
      const view = stabilizeModal.render({ state: incidentState(), lever });
      const isOther = lever === "other";
      const values = fillForm(view, {
        authorizer: people.business,
        tradeoff: typed.tradeoff,
        revert_condition: typed.revertCondition,
        ...(isOther ? { own_words: ownWords, layer } : {}),
      });
      expect(stabilizeModal.parse(values, view.private_metadata ?? "")).toMatchObject({
        ok: true,
        value: {
          ...typed,
          lever,
          ownWords: isOther ? ownWords : null,
          layer: isOther ? layer : levers[lever].layer,
        },
      });
    }),
    runs,
  );
});

test("answers that stand, handed in again untouched, are the same answers", () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const asked = [...new Set(state.answers.map((one) => one.layer))];
      const [first] = asked;
      if (!first) return;
      const view = answerLayersModal.render({ state, layers: asked, presser });
      const values = fillForm(view);
      const parsed = answerLayersModal.parse(values, view.private_metadata ?? "");
      // a tick that speaks against the answer beside it is refused, never dropped
      if (!parsed.ok) {
        expect(Object.keys(parsed.error).every((id) => id.startsWith("certainty:"))).toBe(true);
        return;
      }
      for (const one of parsed.value.answers) {
        expect(one.change).toBe(values[`change:${one.layer}`]);
        expect(one.sentence).toBe(values[`sentence:${one.layer}`] ?? null);
      }
    }),
    runs,
  );
});

test("opposing rows that stand, handed in again untouched, are the same rows", () => {
  const claimed = fc.constantFrom(...layerIds);
  fc.assert(
    fc.property(claimed, anyText(1000), fc.boolean(), (claimedLayer, sentence, isPointing) => {
      const pointsTo = layerIds.find((layer) => layer !== claimedLayer) as LayerId;
      const rowAnswers = layers[claimedLayer].opposing.map(({ id }) =>
        rowAnswer(id, {
          claimedLayer,
          sentence,
          ...(isPointing ? { reading: "points_to", pointsTo } : {}),
        }),
      );
      const state = incidentState({ evidence: [evidenceItem()], rowAnswers });
      const view = answerRowsModal.render({ state, strandNumber: 1, claimedLayer, presser });
      expect(answerRowsModal.parse(fillForm(view), view.private_metadata ?? "")).toMatchObject({
        ok: true,
        value: {
          incidentId: 7,
          strandNumber: 1,
          claimedLayer,
          author: presser,
          rows: rowAnswers.map(({ row, reading, pointsTo: layer, evidenceNumbers }) => ({
            row,
            reading,
            pointsTo: layer,
            sentence,
            evidenceNumbers,
          })),
        },
      });
    }),
    runs,
  );
});

test("a verdict that was refused, handed in again untouched, is the same claim", () => {
  fc.assert(
    fc.property(anyText(1000), fc.subarray(["1", "2"]), (contribution, evidence) => {
      const state = incidentState({ evidence: [evidenceItem(), evidenceItem({ number: 2 })] });
      const typed = {
        layer: "model",
        verdict: "proximate",
        confidence: "probable",
        contribution,
        evidence,
        approver: people.approver,
      };
      const first = setVerdictModal.render({ state, strandNumber: 1, layer: null });
      const values = fillForm(first, typed);
      const again = setVerdictModal.render({ state, strandNumber: 1, layer: null, values });
      expect(fillForm(again)).toEqual(values);
    }),
    runs,
  );
});
