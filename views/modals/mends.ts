import type { Button, KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { isLayerId, layers } from "#src/domain/layers/index.ts";
import type { Missing } from "#src/domain/rule.ts";
import { actions, button, context, section } from "#views/block-kit.ts";
import { encodeHint, type Hint } from "#views/hint.ts";
import { leverLine } from "#views/words.ts";

/** How many missing things of one gate get a button; the others follow when these are done. */
const buttonsAtMost = 8;

/**
 * What a gate finds missing, each sentence with the buttons that mend it: to end a lever, to open the
 * checklist, to record an action or to sign a risk. `from` is the callback_id of the form they
 * stand in, with what was chosen in it after a colon (`set-phase:learning`).
 */
export function mendBlocks(
  state: IncidentState,
  missing: readonly Missing[],
  from: string,
): KnownBlock[] {
  return missing.flatMap(({ sentence, missing: ids }, index) => {
    const more = ids.length - buttonsAtMost;
    return [
      section(`${index + 1}. ${sentence}`),
      ...ids.slice(0, buttonsAtMost).flatMap((id) => mendRow(state, id, from)),
      ...(more > 0 ? [context(`And ${more} more, shown when these are done.`)] : []),
    ];
  });
}

/** The buttons that mend what is missing under this id; none where there is no such thing. */
export function mendRow(state: IncidentState, id: string, from: string): KnownBlock[] {
  const buttons = mendButtons(state, id, from);
  return buttons.length === 0 ? [] : [actions(`mend:${id}`, buttons)];
}

function mendButtons(state: IncidentState, id: string, from: string): Button[] {
  const hint = (more: Omit<Hint, "incidentId"> = {}) =>
    encodeHint({ incidentId: state.incident.id, ...more });
  if (isLayerId(id)) {
    const { label } = layers[id];
    const value = hint({ layers: [id] });
    return [
      button("add-action", `Action for ${label}`, value),
      button("accept-risk", "Sign the risk", value, { spoken: `Sign the risk for ${label}` }),
    ];
  }
  const use = state.levers.find(({ number }) => id === `LV${number}`);
  if (use) {
    const value = hint({ leverNumber: use.number, word: from });
    return [
      button("end-lever", `End lever ${use.number}`, value, {
        spoken: `End lever ${use.number}: ${leverLine(use, 40)}`,
      }),
    ];
  }
  const strand = state.strands.find(({ number }) => id === `S${number}`);
  if (strand) {
    const name = state.strands.length > 1 ? ` of strand ${strand.number}` : "";
    return [
      button("checklist", `Open the checklist${name}`, hint({ strandNumber: strand.number })),
    ];
  }
  switch (id) {
    case "lever":
      return [
        button("stabilize", "Record a lever", hint()),
        button("no-lever-needed", "No lever is needed", hint({ word: from })),
      ];
    case "harm_signal": {
      const bare = state.levers.find((one) => one.harmSignal === null && one.state !== "declined");
      if (!bare) return [];
      const value = hint({ leverNumber: bare.number, word: from });
      return [button("complete-lever", "Name the number", value)];
    }
    case "golden":
      return [button("add-golden", "Record a golden", hint())];
    default:
      if (!id.startsWith("G")) return [];
      return [
        button("add-action", "Record an action", hint({ word: id })),
        button("accept-risk", "Sign the risk", hint({ word: id })),
      ];
  }
}
