import { buttonsOf } from "./blocks.ts";
import { openEvidenceForm } from "./evidence.ts";
import { messageOf, noteRecorded } from "./items.ts";
import { accepted, readEphemerals } from "./judge.ts";
import { press, submitForm } from "./person.ts";
import { strandsField } from "./strands.ts";
import { beInChannel, type Deed, StuckError, userOf } from "./stage.ts";

/** Records reports of users and marks them as verified (R11). */
export const verifyReport: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.report_ids ?? []) {
    const report = stage.scenario.reports.find((one) => one.id === id);
    if (!report) continue;
    const opened = await openEvidenceForm(stage, actor);
    if ("said" in opened) return opened.said;
    const recorded = await submitForm(stage, actor, opened.form, {
      kind: "E10",
      what: report.text,
      ...strandsField(stage, opened.form, report.strand_ids),
      author: userOf(stage, actor),
    });
    if (recorded.result === "refused" || recorded.result === "nothing") return recorded;
    noteRecorded(stage, "evidence", id);
    const { message } = await messageOf(stage, "evidence", id, report.text);
    const button = buttonsOf(message.blocks).find(({ actionId }) => actionId === "verify-report");
    if (!button) throw new StuckError(`The message about ${id} has no button to verify it.`);
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
    last = readEphemerals(interaction) ?? accepted("Verified.");
    if (last.result !== "accepted") return last;
  }
  return last;
};
