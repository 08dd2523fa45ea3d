import type { InputBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import type { LinkItemsInput } from "#src/domain/link-items.ts";
import { actionsFor, idInWords, linkedOf } from "#src/domain/links.ts";
import { printOfList } from "#src/domain/meanwhile.ts";
import { AppError } from "#src/lib/errors.ts";
import { ok } from "#src/lib/result.ts";
import { context } from "#views/block-kit.ts";
import { modalView, multiSelectInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import { fieldsOf, hintOf, readFields, someIds, someNumbers } from "./fields.ts";
import { actionChoices, addressChoices, factorChoices } from "./link-choices.ts";

export interface LinkItemsProps {
  state: IncidentState;
  of: LinkItemsInput["of"];
}

/** What an action, gap or factor is linked with, from its own side; what is chosen stands, the rest is taken back. */
export const linkItemsModal: Modal<LinkItemsProps, LinkItemsInput> = {
  callbackId: "link-items",

  render: ({ state, of }) => {
    const inputs = inputsOf(state, of);
    return modalView("link-items", {
      title: `Links of ${idInWords(letters[of.kind] + of.number)}`,
      ...(inputs.length > 0 ? { submit: "Save" } : {}),
      hint: {
        incidentId: state.incident.id,
        itemNumber: of.number,
        word: of.kind,
        shown: Object.fromEntries(
          inputs.map((input) => [String(input.block_id), printOfList(chosenIn(input))]),
        ),
      },
      blocks: [
        context(incidentLine(state.incident)),
        ...(inputs.length > 0
          ? inputs
          : [context("There is nothing to link it with yet. Record an action first.")]),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { incidentId, itemNumber = 0, word, shown } = hintOf(metadata);
    const kind = kinds.find((one) => one === word);
    if (!kind) throw new AppError("bad_hint", "A form came back without the hint that we sent.");
    const { addresses, actions, interacts_with: interactsWith } = fields.value;
    const isShown = (id: string) => Object.hasOwn(values, id);
    return ok({
      incidentId,
      of: { kind, number: itemNumber },
      addresses: isShown("addresses") ? addresses : null,
      actionNumbers: isShown("actions") ? actions : null,
      interactsWith: isShown("interacts_with") ? interactsWith : null,
      ...(shown ? { shown } : {}),
    });
  },
};

/** The ids that a menu of several shows as chosen. */
function chosenIn({ element }: InputBlock): string[] {
  return "initial_options" in element
    ? (element.initial_options ?? []).map(({ value }) => value ?? "")
    : [];
}

const kinds = ["action", "gap", "factor"] as const;
const letters = { action: "AC", gap: "G", factor: "F" } as const;

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  addresses: someIds((id) => /^[SFG][1-9]\d{0,8}$/.test(id)),
  actions: someNumbers(),
  interacts_with: someNumbers(),
});

function inputsOf(state: IncidentState, { kind, number }: LinkItemsInput["of"]): InputBlock[] {
  if (kind === "action") {
    const action = state.actions.find((one) => one.number === number);
    return [addressesInput(state, action?.addresses ?? [])];
  }
  const id = letters[kind] + number;
  const answering = actionsFor(state, id).map((action) => String(action.number));
  return [
    ...(kind === "factor" ? interactsInput(state, number) : []),
    ...answeringInput(state, answering),
  ];
}

/** What an action answers. */
export function addressesInput(state: IncidentState, chosen: readonly string[]): InputBlock {
  const standing = chosen.filter((id) => linkedOf(state, id));
  return multiSelectInput("addresses", "What does it answer?", addressChoices(state, standing), {
    isOptional: true,
    initial: standing,
    hint: "Failures (strands), conditions that made them likelier or worse (factors), and what was missing to see them (gaps). Leave it blank where it answers the whole incident.",
  });
}

/** The actions that answer a gap or factor; nothing where there is no action yet. */
export function answeringInput(state: IncidentState, chosen: readonly string[]): InputBlock[] {
  if (state.actions.length === 0) return [];
  return [
    multiSelectInput(
      "actions",
      "Which recorded actions answer it?",
      actionChoices(state.actions, chosen),
      { isOptional: true, initial: chosen },
    ),
  ];
}

/** The factors that a factor acted together with; nothing where there is no other one. */
export function interactsInput(state: IncidentState, own: number | null): InputBlock[] {
  const factor = state.factors.find((one) => one.number === own);
  const chosen = (factor?.interactsWith ?? []).map(String);
  const choices = factorChoices(state.factors, own, chosen);
  if (choices.length === 0) return [];
  return [
    multiSelectInput("interacts_with", "Which factors did it act together with?", choices, {
      isOptional: true,
      initial: chosen,
    }),
  ];
}
