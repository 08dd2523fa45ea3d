import { expect, vi } from "vitest";
import type { IncidentState } from "#src/domain/incident.ts";
import { layers, layerIds } from "#src/domain/layers/index.ts";
import type { DeclaredIncident, Desk, FormValues } from "./desk.ts";
import { recordProof, suspected } from "./proof.ts";

/** What is typed into a free-text field: its name as `form.field`, and how many characters it takes. */
export type TypeText = (field: string, max: number) => string;

/**
 * One incident through every form, with something typed into each free-text field there is; returns it
 * with all that was typed, by `form.field`. It is closed at the end, unless `isLeftOpen`.
 */
export async function walkThrough(
  desk: Desk,
  typeText: TypeText,
  options: { isLeftOpen?: boolean } = {},
): Promise<DeclaredIncident & { typed: Record<string, string> }> {
  const typed: Record<string, string> = {};
  const text = (field: string, max: number): string => (typed[field] = typeText(field, max));
  const who = "declarer";

  const incident = await desk.declare(who, {
    title: text("declare.title", 150),
    user_impact: text("declare.user_impact", 3000),
  });
  const { channelId } = incident;
  await desk.record(who, "evidence", channelId, {
    kind: "E5",
    what: text("evidence.what", 3000),
    link: text("evidence.link", 2000),
    supports: ["retrieval_data"],
  });
  await recordProof(desk, who, channelId);
  await desk.press(who, await desk.panel(channelId), "answer-layers");
  const answers: FormValues = {};
  for (const layer of layerIds) {
    answers[`change:${layer}`] = layer === "retrieval_data" ? "changed" : "no_change";
    answers[`sentence:${layer}`] = text(`answer.sentence:${layer}`, 1000);
  }
  await submitted(desk, who, answers);

  await desk.open(who, "checklist", channelId);
  await desk.actInForm(who, "answer-rows", { blockId: "layer:S1:retrieval_data" });
  const rows: FormValues = {};
  for (const { id } of layers.retrieval_data.opposing) {
    rows[`row:${id}`] = "cannot_tell";
    rows[`sentence:${id}`] = text(`row.sentence:${id}`, 1000);
  }
  await submitted(desk, who, rows);

  await desk.open(who, "stabilize", channelId);
  await desk.actInForm(who, "lever", { value: "other", blockId: "lever" });
  await vi.waitUntil(
    async () => (await desk.form(who))?.blocks.some(({ block_id: id }) => id === "own_words"),
    { timeout: 10_000, interval: 20 },
  );
  await submitted(desk, who, {
    own_words: text("lever.own_words", 1000),
    layer: "integration_ui",
    authorizer: desk.id("authorizer_business"),
    tradeoff: text("lever.tradeoff", 3000),
    revert_condition: text("lever.revert_condition", 3000),
    scope: text("lever.scope", 1000),
    saved_first: text("lever.saved_first", 3000),
  });
  await desk.settle();
  await desk.press(who, await desk.message(channelId, "lever:LV1"), "end-lever");
  await submitted(desk, who, { ended_how: "taken_back", why: text("lever.why", 3000) });

  for (const [layer, verdict] of [
    ["retrieval_data", suspected(desk)],
    [
      "integration_ui",
      { verdict: "contributing", contribution: text("verdict.contribution", 1000) },
    ],
  ] as const) {
    await desk.open(who, "checklist", channelId);
    await desk.actInForm(who, "set-verdict", { blockId: `layer:S1:${layer}` });
    await submitted(desk, who, { layer, ...verdict });
  }
  for (const layer of ["retrieval_data", "integration_ui"] as const) {
    await desk.record(who, "action", channelId, {
      title: text(`action.title:${layer}`, 150),
      owner: desk.id("owner_retrieval_data"),
      owner_login: "owner-retrieval-data",
      due_on: "2099-01-31",
      criterion: text(`action.criterion:${layer}`, 3000),
      enforcement: text(`action.enforcement:${layer}`, 1000),
      layer,
    });
  }
  if (!options.isLeftOpen) {
    await desk.record(who, "close", channelId, { close_as: "attributed" });
  }
  await desk.settle();
  return { ...incident, typed };
}

/** Everything that is recorded of what `walkThrough` typed, by the same names. */
export function textsIn(state: IncidentState): Record<string, string | null> {
  const { incident, evidence, answers, rowAnswers, levers, verdicts, actions } = state;
  const texts: Record<string, string | null> = {
    "declare.title": incident.title,
    "declare.user_impact": incident.userImpact,
  };
  // the first item is the one that was typed; what follows makes the claim admissible
  for (const { what, link } of evidence.slice(0, 1)) {
    Object.assign(texts, { "evidence.what": what, "evidence.link": link });
  }
  for (const { layer, sentence } of answers) texts[`answer.sentence:${layer}`] = sentence;
  for (const { row, sentence } of rowAnswers) texts[`row.sentence:${row}`] = sentence;
  for (const use of levers) {
    texts["lever.own_words"] = use.ownWords;
    texts["lever.tradeoff"] = use.tradeoff;
    texts["lever.revert_condition"] = use.revertCondition;
    texts["lever.scope"] = use.scope;
    texts["lever.saved_first"] = use.savedFirst;
    texts["lever.why"] = use.endedWhy;
  }
  for (const { contribution } of verdicts) {
    if (contribution !== null) texts["verdict.contribution"] = contribution;
  }
  for (const { layer, title, criterion, enforcement } of actions) {
    texts[`action.title:${layer}`] = title;
    texts[`action.criterion:${layer}`] = criterion;
    texts[`action.enforcement:${layer}`] = enforcement;
  }
  return texts;
}

/** Submits the open form, which has to be taken. */
async function submitted(desk: Desk, who: string, values: FormValues): Promise<void> {
  const interaction = await desk.submit(who, values);
  expect(interaction).toMatchObject({ status: "acked" });
  expect(interaction.fieldErrors).toBeUndefined();
}
