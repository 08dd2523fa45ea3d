import type { IncidentState } from "#src/domain/incident.ts";
import type { PostUpdateInput } from "#src/domain/post-update.ts";
import { type DraftEntry, draftUpdate } from "#src/domain/update-draft.ts";
import { ok } from "#src/lib/result.ts";
import { context, dateTime, mrkdwn } from "#views/block-kit.ts";
import { modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { fieldLimits, fieldsOf, hintOf, readFields, requiredText } from "./fields.ts";

export interface PostUpdateProps {
  state: IncidentState;
  /** What happened since the last update, the oldest first. */
  entries: readonly DraftEntry[];
}

/** An update for everybody else, prefilled with what changed since the last one. */
export const postUpdateModal: Modal<PostUpdateProps, PostUpdateInput> = {
  callbackId: "post-update",

  render({ state, entries }) {
    const { incident } = state;
    const { lastUpdateAt } = incident;
    const goesTo = incident.isPrivate
      ? "It goes to the channel alone: the incident is private."
      : "It goes to the channel and, if there is one, to the announcement that everybody else reads.";
    return modalView("post-update", {
      title: "Post an update",
      submit: "Post",
      hint: { incidentId: incident.id },
      blocks: [
        context(incidentLine(incident)),
        textInput("text", "What do people outside need to know?", {
          isMultiline: true,
          initial: draftUpdate(state, entries),
          hint: "What users see, what is being done, what comes next. Plain words; what changed since the last update is filled in.",
        }),
        context(
          lastUpdateAt === null
            ? `${goesTo} It is the first update.`
            : mrkdwn`${goesTo} The last update: ${dateTime(lastUpdateAt)}.`,
        ),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    return ok({ incidentId: hintOf(metadata).incidentId, text: fields.value.text });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  text: requiredText(fieldLimits.paragraph, "Say in a sentence where it stands."),
});
