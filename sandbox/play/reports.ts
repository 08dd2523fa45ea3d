import { buttonsOf } from "./blocks.ts";
import { openEvidenceForm, otherFailure } from "./evidence.ts";
import { messageOf, noteRecorded } from "./items.ts";
import { accepted, readEphemerals } from "./judge.ts";
import { press, submitForm } from "./person.ts";
import { strandsField } from "./strands.ts";
import { beInChannel, type Deed, StuckError, userOf } from "./stage.ts";

/** Records reports of users, and says of each whether it is real (R11). */
export const verifyReport: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.report_ids ?? []) {
    const report = stage.scenario.reports.find((one) => one.id === id);
    if (!report) continue;
    const opened = await openEvidenceForm(stage, actor, "E10");
    if ("said" in opened) return opened.said;
    const recorded = await submitForm(stage, actor, opened.form, {
      what: report.text,
      ...strandsField(stage, opened.form, report.strand_ids),
      ...otherFailure(stage, opened.form, report.strand_ids),
      author: userOf(stage, actor),
    });
    if (recorded.result === "refused" || recorded.result === "nothing") return recorded;
    noteRecorded(stage, "evidence", id);
    const { message } = await messageOf(stage, "evidence", id, report.text);
    const wanted = report.verified ? "verify-report" : "refute-report";
    const button = buttonsOf(message.blocks).find(({ actionId }) => actionId === wanted);
    if (!button) throw new StuckError(`The message about ${id} has no button ${wanted}.`);
    const { actionId, blockId, label } = button;
    const { channel: channelId, ts } = message;
    const interaction = await press(
      stage,
      actor,
      { in: { channelId, ts }, actionId, blockId, label },
      (state) => {
        const now = state.messages.find((one) => one.channel === channelId && one.ts === ts);
        return now !== undefined && !buttonsOf(now.blocks).some((one) => one.actionId === actionId);
      },
    );
    const got = readEphemerals(interaction) ?? accepted("Verified.");
    if (got.result === "refused" || got.result === "nothing") return got;
    // a report that suggests a split, or that is not real, is what is remembered of them all
    if (got.result !== "accepted" || last.result === "accepted") last = got;
  }
  return last;
};
