import type { OpenView } from "#sandbox/protocol.ts";
import type { ScenarioEvidence } from "#sandbox/scenario.ts";
import { messageOf, noteRecorded, strandNumber } from "./items.ts";
import { accepted } from "./judge.ts";
import {
  chooseInForm,
  closeForms,
  type FormValues,
  type Opened,
  submitForm,
  typeCommand,
} from "./person.ts";
import { figureFields } from "./figures.ts";
import { sliceText, strandsField } from "./strands.ts";
import { authorOf, beInChannel, type Deed, incidentChannel, type Stage } from "./stage.ts";

/** Records items of evidence, one form each, in the name of who says so. */
export const addEvidence: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.evidence_ids ?? []) {
    const item = stage.scenario.evidence.find((candidate) => candidate.id === id);
    if (!item) continue;
    const opened = await openEvidenceForm(stage, actor, item.kind);
    if ("said" in opened) return opened.said;
    last = await submitForm(stage, actor, opened.form, {
      ...evidenceFields(stage, actor, opened.form, item),
      ...figureFields(stage.scenario, item),
    });
    if (last.result === "refused" || last.result === "nothing") return last;
    noteRecorded(stage, "evidence", id);
    // how much it weighs stands in its message
    const { message } = await messageOf(stage, "evidence", id, item.what);
    const isWeak = message.blocks.some(({ block_id }) => block_id?.startsWith("flag:weak:"));
    if (isWeak) last = { ...last, weight: "weak" };
  }
  return last;
};

/** What stands in the form of every kind, apart from its counts. */
export function evidenceFields(
  stage: Stage,
  actor: string,
  form: OpenView,
  item: ScenarioEvidence,
): FormValues {
  return {
    what: item.what,
    supports: item.supports,
    contradicts: item.contradicts,
    clears: item.clears,
    link: null,
    slice: sliceText(item.slice),
    ...strandsField(stage, form, item.strand_ids),
    ...otherFailure(stage, form, item.strand_ids),
    author: authorOf(stage, item.author, actor),
  };
}

/** A report of a strand that nobody has added yet shows another failure than those that are there. */
export function otherFailure(
  stage: Stage,
  form: OpenView,
  strandIds: readonly string[],
): FormValues {
  const isAsked = form.blocks.some((block) => block.block_id === "other_failure");
  const isKnown = strandIds.some((id) => strandNumber(stage, id) > 0);
  return isAsked && !isKnown ? { other_failure: ["other"] } : {};
}

/**
 * Opens the form for evidence in the incident's channel, after closing what this person has open, and
 * chooses the kind: the form then asks what belongs to it.
 */
export async function openEvidenceForm(stage: Stage, actor: string, kind: string): Promise<Opened> {
  await closeForms(stage, actor);
  const opened = await typeCommand(stage, actor, {
    channelId: incidentChannel(stage),
    text: "evidence",
    opens: "add-evidence",
  });
  if ("said" in opened) return opened;
  const form = await chooseInForm(stage, actor, opened.form, {
    actionId: "kind",
    blockId: "kind",
    value: kind,
  });
  return { form };
}
