import { chooseInForm, closeForms, submitForm, typeCommand } from "./person.ts";
import { armLines } from "./figures.ts";
import { evidenceFields } from "./evidence.ts";
import { messageOf, noteRecorded } from "./items.ts";
import { accepted } from "./judge.ts";
import { beInChannel, type Deed, incidentChannel } from "./stage.ts";

/** Records arms of a replay through `/incident replay`: as a new item, or added to the one that stands (B3.1). */
export const addArms: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.evidence_ids ?? []) {
    const item = stage.scenario.evidence.find((one) => one.id === id);
    if (!item) continue;
    const wanted = (data["arm_ids"] as string[] | undefined) ?? [];
    const arms = (item.arms ?? []).filter((arm) => wanted.length === 0 || wanted.includes(arm.id));
    await closeForms(stage, actor);
    const opened = await typeCommand(stage, actor, {
      channelId: incidentChannel(stage),
      text: "replay",
      opens: "add-evidence",
    });
    if ("said" in opened) return opened.said;
    const isRecorded = stage.items.evidence.recorded.includes(id);
    if (isRecorded) {
      const { number } = await messageOf(stage, "evidence", id, item.what);
      const form = await chooseInForm(stage, actor, opened.form, {
        actionId: "replay",
        blockId: "replay",
        value: String(number),
      });
      last = await submitForm(stage, actor, form, { arms: armLines(arms) });
    } else {
      const fields = evidenceFields(stage, actor, opened.form, item);
      last = await submitForm(stage, actor, opened.form, { ...fields, arms: armLines(arms) });
      if (last.result === "refused" || last.result === "nothing") return last;
      noteRecorded(stage, "evidence", id);
    }
    if (last.result === "refused" || last.result === "nothing") return last;
  }
  return last;
};
