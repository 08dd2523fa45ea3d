import type { KnownBlock } from "@slack/types";
import type { IncidentId } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { SaveServiceOwnersInput } from "#src/domain/owners/edit-service.ts";
import { ownerFor, type ServiceOwner, type StoredService } from "#src/domain/owners/service.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { context, header, oneLine } from "#views/block-kit.ts";
import { modalView, textInput, userInput } from "#views/inputs.ts";
import type { FieldErrors, Modal } from "#views/modal.ts";
import type { Values } from "#views/values.ts";
import { fieldsOf, hintOf, optionalText, optionalUser, readFields } from "./fields.ts";

export interface EditOwnersProps {
  service: StoredService;
  owners: readonly ServiceOwner[];
  incidentId: IncidentId;
}

/** Who is asked for each layer of a service: a person with a stand-in, or a user group that is mentioned. */
export const editOwnersModal: Modal<EditOwnersProps, SaveServiceOwnersInput> = {
  callbackId: "edit-owners",

  render: ({ service, owners, incidentId }) =>
    modalView("edit-owners", {
      title: "Who answers?",
      submit: "Save",
      hint: {
        incidentId,
        word: service.name,
        // as in the form of the service: the time of its last edit says what the form has seen
        seenSequence: service.editedAt?.getTime() ?? 0,
      },
      blocks: [
        context(
          `${oneLine(service.name)}. For each layer name a person or a group; nobody is asked about a layer that you leave blank. Incidents that are open keep the owners they began with.`,
          "A group is given by its id: open it in Slack, then “Copy group ID”. It is mentioned, and its first member to press “I'll answer” answers.",
        ),
        ...layerIds.flatMap((layer) => layerBlocks(ownerFor(owners, layer))),
      ],
    }),

  parse(values, metadata) {
    const { word, seenSequence = 0 } = hintOf(metadata);
    if (word === undefined) throw new AppError("bad_hint", "A form of owners names no service.");
    const owners: ServiceOwner[] = [];
    const errors: FieldErrors = {};
    for (const layer of layerIds) {
      const owner = parseLayer(layer, values);
      if (owner.ok) owners.push(owner.value);
      else Object.assign(errors, owner.error);
    }
    if (Object.keys(errors).length > 0) return err(errors);
    return ok({ serviceName: word, owners, seenEditedAt: seenSequence });
  },
};

function layerBlocks({ layer, userId, standInUserId, groupId }: ServiceOwner): KnownBlock[] {
  return [
    header(layers[layer].label),
    userInput(`owner:${layer}`, "Person", { isOptional: true, initial: userId }),
    userInput(`stand_in:${layer}`, "Stand-in, where the person does not answer", {
      isOptional: true,
      initial: standInUserId,
    }),
    textInput(`group:${layer}`, "Or a user group", {
      isOptional: true,
      initial: groupId,
      placeholder: "S0123456789",
    }),
  ];
}

function parseLayer(layer: LayerId, values: Values): Result<ServiceOwner, FieldErrors> {
  const fields = readFields(formFields, values, `:${layer}`);
  if (!fields.ok) return fields;
  const { owner: userId, stand_in: standInUserId, group: groupId } = fields.value;
  const fault = (field: string, sentence: string) => err({ [`${field}:${layer}`]: sentence });
  if (userId !== null && groupId !== null) {
    return fault("group", "Name a person or a group, not both: empty one of the two.");
  }
  if (standInUserId !== null && userId === null) {
    return fault(
      "stand_in",
      groupId === null
        ? "Name the person first; or make the stand-in the person."
        : "A group has no stand-in: empty this field.",
    );
  }
  if (standInUserId !== null && standInUserId === userId) {
    return fault(
      "stand_in",
      "The stand-in is asked where the person does not answer: name somebody else.",
    );
  }
  return ok({ layer, userId, standInUserId, groupId });
}

/** A group's id as it is (`S…`), or inside a mention as Slack writes it. */
function groupId() {
  const asMention = /^<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>$/;
  return optionalText(200)
    .transform((text) => (text === null ? null : (asMention.exec(text)?.[1] ?? text)))
    .refine(
      (text) => text === null || /^S[A-Z0-9]{1,20}$/.test(text),
      "Give the group's id, S and then letters and digits: open the group in Slack, then “Copy group ID”.",
    );
}

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  owner: optionalUser(),
  stand_in: optionalUser(),
  group: groupId(),
});
