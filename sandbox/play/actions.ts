import type { KnownBlock } from "@slack/types";
import type { OpenView } from "#sandbox/protocol.ts";
import { optionsOf } from "./blocks.ts";
import { noteRecorded, scenarioId } from "./items.ts";
import { accepted } from "./judge.ts";
import { closeForms, submitForm, typeCommand } from "./person.ts";
import { beInChannel, type Deed, incidentChannel, type Stage, userOf } from "./stage.ts";
import { loginOf } from "./world.ts";

/** Files corrective actions, one form each; a blank field stays blank. */
export const addAction: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const id of data.action_ids ?? []) {
    const action = stage.scenario.corrective_actions.find((candidate) => candidate.id === id);
    if (!action) continue;
    await closeForms(stage, actor);
    const opened = await typeCommand(stage, actor, {
      channelId: incidentChannel(stage),
      text: "action",
      opens: "add-action",
    });
    if ("said" in opened) return opened.said;
    const values = {
      title: action.title,
      owner: action.owner === undefined ? null : userOf(stage, action.owner),
      due_on: action.due?.slice(0, "2026-03-23".length) ?? null,
      criterion: action.criterion ?? null,
      layer: action.layer ?? null,
      constraint_kind: action.constraint,
      enforcement: action.enforcement === "" ? null : (action.enforcement ?? null),
      verification: action.verification === "" ? null : (action.verification ?? null),
      addresses: addressesIn(stage, opened.form, action.addresses ?? []),
    };
    last = await submitForm(stage, actor, opened.form, values);
    const isLoginAsked = last.result === "refused" && last.missing.join() === "owner_login";
    if (isLoginAsked && action.owner !== undefined) {
      const owner_login = loginOf(action.owner);
      last = await submitForm(stage, actor, opened.form, { ...values, owner_login });
    }
    if (last.result !== "accepted" && last.result !== "flagged") return last;
    noteRecorded(stage, "action", id);
  }
  return last;
};

/** What an action answers, as the menu has it: `S1`, `F2`, `G1`; what is not recorded yet is linked later. */
function addressesIn(stage: Stage, form: OpenView, ids: readonly string[]): string[] {
  const options = optionsOf(form.blocks as KnownBlock[], "addresses").map(({ value }) => value);
  return options.filter((value) => ids.includes(scenarioId(stage, value)));
}
