import { noteRecorded } from "./items.ts";
import { accepted } from "./judge.ts";
import { closeForms, submitForm, typeCommand } from "./person.ts";
import { authorOf, beInChannel, type Deed, incidentChannel } from "./stage.ts";

/** Records items of evidence, one form each, in the name of who says so. */
export const addEvidence: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.evidence_ids ?? []) {
    const item = stage.scenario.evidence.find((candidate) => candidate.id === id);
    if (!item) continue;
    await closeForms(stage, actor);
    const opened = await typeCommand(stage, actor, {
      channelId: incidentChannel(stage),
      text: "evidence",
      opens: "add-evidence",
    });
    if ("said" in opened) return opened.said;
    last = await submitForm(stage, actor, opened.form, {
      kind: item.kind,
      what: item.what,
      supports: item.supports,
      contradicts: item.contradicts,
      clears: item.clears,
      link: null,
      author: authorOf(stage, item.author, actor),
    });
    if (last.result !== "accepted" && last.result !== "flagged") return last;
    noteRecorded(stage, "evidence", id);
  }
  return last;
};
