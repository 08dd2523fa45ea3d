import type { KnownBlock } from "@slack/types";
import type { OpenView } from "#sandbox/protocol.ts";
import { buttonsOf } from "./blocks.ts";
import { openFromChecklist } from "./checklist.ts";
import { evidenceValues, noteRecorded, strandNumber } from "./items.ts";
import { accepted } from "./judge.ts";
import {
  closeForms,
  type FormValues,
  type Opened,
  pressToOpen,
  submitForm,
  typeCommand,
} from "./person.ts";
import {
  authorOf,
  beInChannel,
  type Deed,
  incidentChannel,
  type Stage,
  StuckError,
} from "./stage.ts";

/** Adds strands, each through the form that `/incident strand` leads to. */
export const addStrand: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.strand_ids ?? []) {
    const strand = stage.scenario.strands.find((one) => one.id === id);
    if (!strand) continue;
    await closeForms(stage, actor);
    const list = await typeCommand(stage, actor, {
      channelId: incidentChannel(stage),
      text: "strand",
      opens: "strands",
    });
    if ("said" in list) return list.said;
    const button = buttonsOf(list.form.blocks as KnownBlock[]).find(
      ({ actionId }) => actionId === "add-strand",
    );
    if (!button) throw new StuckError("The list of strands has no button to add one.");
    const { actionId, blockId, label } = button;
    const place = { in: { viewId: list.form.id }, actionId, blockId, label };
    const opened = await pressToOpen(stage, actor, place, "add-strand");
    if ("said" in opened) return opened.said;
    last = await submitForm(stage, actor, opened.form, {
      name: strand.name,
      symptom: strand.symptom,
      window_from: strand.onset ? String(Date.parse(strand.onset.from) / 1_000) : null,
      slice: sliceText(strand.slice),
      ...evidenceField(stage, opened.form, id),
    });
    if (last.result !== "accepted") return last;
    noteRecorded(stage, "strand", id);
  }
  return last;
};

/**
 * Says to a suggested split whether these are failures of their own (R10); each new strand is filled in
 * with what belongs to it.
 */
export const answerSplit: Deed = async (stage, actor, data) => {
  const opened = await openSplit(stage, actor);
  if ("said" in opened) return opened.said;
  if (data["accept"] === false) {
    return submitForm(stage, actor, opened.form, {
      answer: "one",
      why: data.text ?? "It is one failure.",
    });
  }
  const added = (data.strand_ids ?? []).filter((id) => strandNumber(stage, id) === 0);
  const stays = stage.scenario.strands.find(({ id }) => strandNumber(stage, id) === 1);
  const values: FormValues = {
    answer: "split",
    "name:0": stays?.name ?? null,
    "symptom:0": stays?.symptom ?? null,
    "window_from:0": stays?.onset ? String(Date.parse(stays.onset.from) / 1_000) : null,
    "slice:0": sliceText(stays?.slice),
  };
  for (const [index, id] of added.entries()) {
    const strand = stage.scenario.strands.find((one) => one.id === id);
    if (!strand) continue;
    const place = index + 1;
    const items = evidenceOf(stage, opened.form, id, `evidence:${place}`);
    Object.assign(values, {
      [`name:${place}`]: strand.name,
      [`symptom:${place}`]: strand.symptom,
      [`window_from:${place}`]: strand.onset ? String(Date.parse(strand.onset.from) / 1_000) : null,
      [`slice:${place}`]: sliceText(strand.slice),
      [`evidence:${place}`]: items,
    });
  }
  const last = await submitForm(stage, actor, opened.form, values);
  if (last.result === "accepted") for (const id of added) noteRecorded(stage, "strand", id);
  return last;
};

async function openSplit(stage: Stage, actor: string): Promise<Opened> {
  await beInChannel(stage, actor);
  await closeForms(stage, actor);
  const list = await typeCommand(stage, actor, {
    channelId: incidentChannel(stage),
    text: "checklist",
    opens: "checklist",
  });
  if ("said" in list) return list;
  const button = buttonsOf(list.form.blocks as KnownBlock[]).find(
    ({ actionId }) => actionId === "answer-split",
  );
  if (!button) throw new StuckError("The checklist asks nothing about splitting a strand.");
  const { actionId, blockId, label } = button;
  const place = { in: { viewId: list.form.id }, actionId, blockId, label };
  return pressToOpen(stage, actor, place, "answer-split");
}

/** What was recorded of a strand before it was there: items by their words, reports too. */
function evidenceOf(stage: Stage, form: OpenView, strandId: string, field: string): string[] {
  const { evidence, reports } = stage.scenario;
  const waiting = [...evidence, ...reports]
    .filter((item) => item.strand_ids.includes(strandId))
    .map((item) => item.id);
  return evidenceValues(stage, form.blocks as KnownBlock[], field, waiting);
}

/** Disagrees with what stands for a layer, through the checklist. */
export const dissent: Deed = async (stage, actor, data) => {
  let last = accepted();
  for (const id of data.dissent_ids ?? []) {
    const said = stage.scenario.dissents.find((one) => one.id === id);
    if (!said) continue;
    const { strand, layer, by, text } = said;
    const opened = await openFromChecklist(stage, actor, { actionId: "dissent", strand, layer });
    if ("said" in opened) return opened.said;
    last = await submitForm(stage, actor, opened.form, {
      statement: text,
      author: authorOf(stage, by, actor),
    });
    if (last.result !== "accepted") return last;
    noteRecorded(stage, "dissent", id);
  }
  return last;
};

/** The strands to choose in a form that asks for them: those of these that are there, unless they are all there are. */
export function strandsField(
  stage: Stage,
  form: OpenView,
  ids: readonly string[] | undefined,
  field = "strands",
): FormValues {
  const isAsked = form.blocks.some((block) => block.block_id === field);
  const numbers = (ids ?? []).map((id) => strandNumber(stage, id)).filter((number) => number > 0);
  const isAll = numbers.length === stage.items.strand.recorded.length;
  return isAsked && !isAll && numbers.length > 0 ? { [field]: numbers.map(String) } : {};
}

/** What was recorded before the strand was there, and waits for it (scenarios/README.md, "Playing"). */
function evidenceField(stage: Stage, form: OpenView, strandId: string): FormValues {
  const waiting = stage.scenario.evidence
    .filter((item) => item.strand_ids.includes(strandId))
    .map((item) => item.id);
  const values = evidenceValues(stage, form.blocks as KnownBlock[], "evidence", waiting);
  return values.length > 0 ? { evidence: values } : {};
}

/** As people type it: one line a dimension, "models: a, b"; null where there is none. */
export function sliceText(slice: Record<string, string[]> | undefined): string | null {
  const lines = Object.entries(slice ?? {}).map(
    ([name, values]) => `${name}: ${values.join(", ")}`,
  );
  return lines.length > 0 ? lines.join("\n") : null;
}

/** One dimension within a line of a series: "platforms first_party or bedrock". */
export function sliceLine(dimension: string, values: readonly string[]): string {
  return `${dimension} ${values.join(" or ")}`;
}
