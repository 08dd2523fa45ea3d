import type { KnownBlock } from "@slack/types";
import type { ScenarioAnswer, ScenarioRow } from "#sandbox/scenario.ts";
import type { SandboxMessage, SandboxState } from "#sandbox/protocol.ts";
import { buttonsOf, hintOf, type SeenButton } from "./blocks.ts";
import { openFromChecklist } from "./checklist.ts";
import { evidenceValues } from "./items.ts";
import { accepted, type Got } from "./judge.ts";
import { strandsField } from "./strands.ts";
import { closeForms, type FormValues, type Opened, pressToOpen, submitForm } from "./person.ts";
import { authorOf, beInChannel, type Deed, messagesFor, type Stage, userOf } from "./stage.ts";

/** Answers for one layer. */
export const answerLayer: Deed = (stage, actor, data) =>
  answerAll(stage, actor, data.strand_ids, [data.layer ?? ""]);

/** Answers for several layers, each in the name of its author. */
export const answerLayers: Deed = (stage, actor, data) =>
  answerAll(stage, actor, data.strand_ids, data.layers ?? []);

/** Answers rows of the opposing matrix (B3.2), one form for each claimed layer and author. */
export const answerMatrix: Deed = async (stage, actor, data) => {
  const strand = stage.scenario.strands.find((candidate) => candidate.id === data.strand);
  const rows = (strand?.matrix ?? []).filter((row) => (data.rows ?? []).includes(row.row));
  let last = accepted();
  for (const group of grouped(rows, (row) => `${row.layer} ${row.author}`)) {
    last = await answerRows(stage, actor, data.strand, group);
    if (last.result !== "accepted") return last;
  }
  return last;
};

async function answerRows(
  stage: Stage,
  actor: string,
  strand: string | undefined,
  rows: readonly ScenarioRow[],
): Promise<Got> {
  const first = rows[0];
  if (!first) return accepted();
  const opened = await openFromChecklist(stage, actor, {
    actionId: "answer-rows",
    strand,
    layer: first.layer,
  });
  if ("said" in opened) return opened.said;
  const blocks = opened.form.blocks as KnownBlock[];
  const values: FormValues = { author: authorOf(stage, first.author, actor) };
  for (const row of rows) {
    const items = evidenceValues(stage, blocks, `evidence:${row.row}`, row.evidence_ids);
    values[`row:${row.row}`] = readingOf(row);
    values[`sentence:${row.row}`] = row.answer;
    if (items.length > 0) values[`evidence:${row.row}`] = items;
  }
  return submitForm(stage, actor, opened.form, values);
}

function readingOf(row: ScenarioRow): string {
  if (row.cannot_tell) return "cannot_tell";
  if (row.row === "M10" && /\bno (?:other|earlier|previous) version\b/i.test(row.answer)) {
    return "no_other_version";
  }
  return row.speaks_for === undefined ? "rules_out" : `points_to:${row.speaks_for}`;
}

function answersFor(
  stage: Stage,
  strandIds: string[] | undefined,
  layers: readonly string[],
): ScenarioAnswer[] {
  const strand = stage.scenario.strands.find(({ id }) => (strandIds ?? []).includes(id));
  return (strand?.answers ?? []).filter((answer) => layers.includes(answer.layer));
}

async function answerAll(
  stage: Stage,
  actor: string,
  strandIds: string[] | undefined,
  layers: readonly string[],
): Promise<Got> {
  const answers = answersFor(stage, strandIds, layers);
  await beInChannel(stage, actor);
  let last = accepted();
  for (const group of grouped(answers, (answer) => answer.author)) {
    for (const part of await byForm(stage, actor, group, strandIds?.[0])) {
      last = await submitAnswers(stage, actor, part, strandIds);
      if (last.result !== "accepted") return last;
    }
  }
  return last;
}

/** A form, and the answers that go into it. */
interface Part {
  open: () => Promise<Opened>;
  answers: ScenarioAnswer[];
}

/**
 * Which forms these answers go into: the buttons by which this person was asked, as few as it takes; and
 * the checklist for a layer that nobody is asked for any more.
 */
async function byForm(
  stage: Stage,
  actor: string,
  answers: readonly ScenarioAnswer[],
  strand: string | undefined,
): Promise<Part[]> {
  const state = await stage.control.state();
  const incident = incidentOf(stage, state);
  const seen = messagesFor(stage, state, userOf(stage, actor)).flatMap(({ message }) =>
    buttonsOf(message.blocks)
      .filter((button) => button.actionId === "answer-layers")
      // who is asked in two incidents answers in the one that is played
      .filter((button) => hintOf(button).incident === incident)
      .map((button) => ({ message, button, covers: hintOf(button).layers ?? [] })),
  );
  const parts: Part[] = [];
  let left = [...answers];
  for (;;) {
    const count = (covers: string[]) => left.filter((a) => covers.includes(a.layer)).length;
    const best = seen.toSorted((a, b) => count(b.covers) - count(a.covers))[0];
    if (!best || count(best.covers) === 0) break;
    const { message, button, covers } = best;
    parts.push({
      open: () => pressRequest(stage, actor, message, button),
      answers: left.filter((a) => covers.includes(a.layer)),
    });
    left = left.filter((a) => !covers.includes(a.layer));
  }
  const others = left.map((answer): Part => {
    const wanted = { actionId: "answer-layers", strand, layer: answer.layer } as const;
    return { open: () => openFromChecklist(stage, actor, wanted), answers: [answer] };
  });
  return [...parts, ...others];
}

/** The bot's id of the incident that is played, as the buttons in its channel have it. */
function incidentOf({ channelId }: Stage, state: SandboxState): number | undefined {
  return state.messages
    .filter((message) => message.channel === channelId)
    .flatMap(({ blocks }) => buttonsOf(blocks))
    .map((button) => hintOf(button).incident)
    .find((id) => id !== undefined);
}

async function pressRequest(
  stage: Stage,
  actor: string,
  message: SandboxMessage,
  { actionId, blockId, label }: SeenButton,
): Promise<Opened> {
  await closeForms(stage, actor);
  const place = { channelId: message.channel, ts: message.ts };
  return pressToOpen(stage, actor, { in: place, actionId, blockId, label }, "answer-layers");
}

async function submitAnswers(
  stage: Stage,
  actor: string,
  { open, answers }: Part,
  strandIds: string[] | undefined,
): Promise<Got> {
  const opened = await open();
  if ("said" in opened) return opened.said;
  const blocks = opened.form.blocks as KnownBlock[];
  const values: FormValues = { author: authorOf(stage, answers[0]?.author ?? actor, actor) };
  for (const answer of answers) {
    const items = evidenceValues(stage, blocks, `evidence:${answer.layer}`, answer.evidence_ids);
    values[`change:${answer.layer}`] = changeOf(answer);
    values[`certainty:${answer.layer}`] = certaintyOf(answer);
    values[`sentence:${answer.layer}`] = answer.note ?? null;
    Object.assign(values, strandsField(stage, opened.form, strandIds, `strands:${answer.layer}`));
    if (items.length > 0) values[`evidence:${answer.layer}`] = items;
  }
  return submitForm(stage, actor, opened.form, values);
}

/** scenarios/README.md: "cannot tell" or "not applicable" where the state says so, else the answer. */
function changeOf(answer: ScenarioAnswer): string {
  return answer.state === "answered" ? answer.answer : answer.state;
}

/** "Answered" stands for all questions of the layer; a verdict that an answer can carry is set in the same form. */
function certaintyOf(answer: ScenarioAnswer): string[] {
  return [
    ...(answer.change_source_complete ? ["source_complete"] : []),
    ...(answer.state === "answered" ? ["all_questions"] : []),
    ...(answer.verdict === "cleared" || answer.verdict === "not_applicable" ? ["rules_out"] : []),
    ...(answer.verdict === "undeterminable" ? ["undeterminable"] : []),
  ];
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  return [...Map.groupBy(items, keyOf).values()];
}
