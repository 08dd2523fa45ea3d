import { dissentsAgainst, type DissentInput } from "#src/domain/dissent.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { verdictOf } from "#src/domain/layer-state.ts";
import type { UserId } from "#src/domain/person.ts";
import { AppError } from "#src/lib/errors.ts";
import { ok } from "#src/lib/result.ts";
import { context, mention, mrkdwn, section } from "#views/block-kit.ts";
import { modalView, textInput, userInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { countOf, incidentLine, verdictWords } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, readFields, requiredText, requiredUser } from "./fields.ts";

export interface DissentProps {
  state: IncidentState;
  strandNumber: number;
  layer: LayerId;
  presser: UserId;
}

/** Somebody disagrees with a verdict: one statement, kept beside it (R10). */
export const dissentModal: Modal<DissentProps, DissentInput> = {
  callbackId: "dissent",

  render({ state, strandNumber, layer, presser }) {
    const { label } = layers[layer];
    const verdict = verdictOf(state, strandNumber, layer);
    const strand = state.strands.length > 1 ? ` in strand ${strandNumber}` : "";
    const earlier = dissentsAgainst(state, strandNumber, layer).length;
    return modalView("dissent", {
      title: "Disagree",
      submit: "Record",
      hint: { incidentId: state.incident.id, strandNumber, layers: [layer] },
      blocks: [
        section(
          verdict
            ? mrkdwn`*${label}${strand}: ${verdictWords(verdict)}*, says ${mention(verdict.author)}.`
            : mrkdwn`*${label}${strand}*: no verdict stands any more.`,
        ),
        context(
          incidentLine(state.incident),
          "The verdict stays. What you say is kept beside it, in the record and in the postmortem.",
          ...(earlier > 0 ? [`Recorded already: ${countOf(earlier, "disagreement")}.`] : []),
        ),
        textInput("statement", "What do you see differently, and why?", {
          isMultiline: true,
          hasFocus: true,
        }),
        userInput("author", "Who says so?", { initial: presser }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { incidentId, strandNumber, layers: [layer] = [] } = hintOf(metadata);
    if (strandNumber === undefined || layer === undefined) {
      throw new AppError("bad_hint", "A dissent form names no strand or no layer.");
    }
    return ok({ ...fields.value, incidentId, strandNumber, layer });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  statement: requiredText(fieldLimits.sentence, "Say in a sentence what you see differently."),
  author: requiredUser("Choose who says so."),
});
