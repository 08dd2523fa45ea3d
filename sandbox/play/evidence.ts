import { messageOf, noteRecorded } from "./items.ts";
import { accepted } from "./judge.ts";
import { closeForms, type Opened, submitForm, typeCommand } from "./person.ts";
import { sliceText, strandsField } from "./strands.ts";
import { authorOf, beInChannel, type Deed, incidentChannel, type Stage } from "./stage.ts";

/** Records items of evidence, one form each, in the name of who says so. */
export const addEvidence: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.evidence_ids ?? []) {
    const item = stage.scenario.evidence.find((candidate) => candidate.id === id);
    if (!item) continue;
    const opened = await openEvidenceForm(stage, actor);
    if ("said" in opened) return opened.said;
    last = await submitForm(stage, actor, opened.form, {
      kind: item.kind,
      what: item.what,
      supports: item.supports,
      contradicts: item.contradicts,
      clears: item.clears,
      link: null,
      slice: sliceText(item.slice),
      ...strandsField(stage, opened.form, item.strand_ids),
      author: authorOf(stage, item.author, actor),
    });
    if (last.result !== "accepted" && last.result !== "flagged") return last;
    noteRecorded(stage, "evidence", id);
    // how much it weighs stands in its message
    const { message } = await messageOf(stage, "evidence", id, item.what);
    const isWeak = message.blocks.some(({ block_id }) => block_id?.startsWith("flag:weak:"));
    if (isWeak) last = { ...last, weight: "weak" };
  }
  return last;
};

/** Opens the form for evidence in the incident's channel, after closing what this person has open. */
export async function openEvidenceForm(stage: Stage, actor: string): Promise<Opened> {
  await closeForms(stage, actor);
  return typeCommand(stage, actor, {
    channelId: incidentChannel(stage),
    text: "evidence",
    opens: "add-evidence",
  });
}
