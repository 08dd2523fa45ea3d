import type { IncidentState } from "#src/domain/incident.ts";
import { isLayerId } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import {
  type AnyRole,
  anyRoleIds,
  holderOf,
  roleLabel,
  type SetRoleInput,
} from "#src/domain/set-role.ts";
import { ok } from "#src/lib/result.ts";
import { context, joinMrkdwn, mention, mrkdwn, type Mrkdwn } from "#views/block-kit.ts";
import { modalView, selectInput, userInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { ownerWords } from "#views/messages/board.ts";
import { incidentLine } from "#views/words.ts";
import { fieldsOf, hintOf, oneOf, optionalUser, readFields, requiredUser } from "./fields.ts";

export interface SetRoleProps {
  state: IncidentState;
  /** Null: nothing is chosen yet. */
  role: AnyRole | null;
  presser: UserId;
}

/** Claims a role or hands it over; it takes effect at once, without acceptance. */
export const setRoleModal: Modal<SetRoleProps, SetRoleInput> = {
  callbackId: "set-role",

  render({ state, role, presser }) {
    return modalView("set-role", {
      title: "Roles",
      submit: "Save",
      // whose stand-in the form shows: only there a blank field means that there is none any more
      hint: {
        incidentId: state.incident.id,
        ...(role !== null && isLayerId(role) ? { layers: [role] } : {}),
      },
      blocks: [
        context(incidentLine(state.incident)),
        context(holders(state)),
        selectInput(
          "role",
          "Which role?",
          anyRoleIds.map((id) => ({ value: id, text: roleLabel(id) })),
          { initial: role },
        ),
        userInput("person", "Who has it from now on?", {
          initial: presser,
          hint: "Leave yourself in to claim it. It takes effect at once; they are told in the channel.",
        }),
        userInput("stand_in", "Stand-in, for the owner of a layer", {
          isOptional: true,
          initial: role !== null && isLayerId(role) ? standInOf(state, role) : null,
          hint: "Is asked where the owner does not answer.",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { role, person, stand_in: standIn } = fields.value;
    const { incidentId, layers: shown = [] } = hintOf(metadata);
    const isSaid = standIn !== null || shown.some((layer) => layer === role);
    return ok({ incidentId, role, person, ...(isSaid ? { standIn } : {}) });
  },
};

/** "Coordinator: Ada", "Postmortem driver: Ada" … "Owner of Model: nobody named", each on a line of its own. */
function holders(state: IncidentState): Mrkdwn {
  const each = anyRoleIds.map((role) => {
    const owner = isLayerId(role)
      ? ownerWords(state.owners.find((one) => one.layer === role))
      : personWords(holderOf(state, role));
    return mrkdwn`${roleLabel(role)}: ${owner}`;
  });
  return joinMrkdwn(each, "\n");
}

function personWords(userId: UserId | null): Mrkdwn {
  return userId === null ? mrkdwn`nobody named` : mention(userId);
}

function standInOf(state: IncidentState, role: AnyRole): UserId | null {
  return state.owners.find((one) => one.layer === role)?.standInUserId ?? null;
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  role: oneOf(anyRoleIds, "Choose the role."),
  person: requiredUser("Choose who has it from now on."),
  stand_in: optionalUser(),
});
