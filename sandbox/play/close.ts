import { closeForms, submitForm, typeCommand } from "./person.ts";
import { beInChannel, type Deed, incidentChannel, userOf } from "./stage.ts";

/** Ends the response; what still stands in the way is refused (B5, R14). */
export const close: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  await closeForms(stage, actor);
  const opened = await typeCommand(stage, actor, {
    channelId: incidentChannel(stage),
    text: "close",
    opens: "close-incident",
  });
  if ("said" in opened) return opened.said;
  const isUndetermined = stage.scenario.strands.some(
    (strand) => strand.expected.outcome.kind === "undetermined",
  );
  return submitForm(stage, actor, opened.form, {
    close_as: isUndetermined ? "undetermined" : "attributed",
    ...(data.approver === undefined ? {} : { approver: userOf(stage, data.approver) }),
  });
};
