import type { IncidentState } from "#src/domain/incident.ts";
import type { RemoveDrillInput } from "#src/domain/remove-drill.ts";
import { ok } from "#src/lib/result.ts";
import { context, section } from "#views/block-kit.ts";
import { modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { countOf, incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, optionalText, readFields } from "./fields.ts";

/** Asks once more before a drill is taken away: what happens to its channel, issues and pull request. */
export const removeDrillModal: Modal<{ state: IncidentState }, RemoveDrillInput> = {
  callbackId: "remove-drill",

  render: ({ state }) => {
    const filed = state.actions.filter((action) => action.issueNumber !== null).length;
    const onGitHub = [
      ...(filed > 0 ? [countOf(filed, "issue")] : []),
      ...(state.incident.postmortemUrl === null ? [] : ["its pull request"]),
    ].join(" and ");
    return modalView("remove-drill", {
      title: "Remove the drill",
      submit: "Remove it",
      hint: { incidentId: state.incident.id },
      blocks: [
        section(
          `The channel is archived${onGitHub ? `, ${onGitHub} closed with the label “drill”` : ""}, and the drill is shown nowhere any more. The channel cannot be opened again from here: ask an admin of the workspace.`,
        ),
        context(incidentLine(state.incident)),
        textInput("why", "Anything to remember?", { isOptional: true, isMultiline: true }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    return ok({ incidentId: hintOf(metadata).incidentId, why: fields.value.why });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({ why: optionalText(fieldLimits.sentence) });
