import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { currentVerdicts, openLayers } from "#src/domain/layer-state.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { Strand } from "#src/domain/strand.ts";
import { actions, button, context, dateTime, mrkdwn, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import { outcomeWords } from "#views/messages/strand-summary.ts";
import type { Modal } from "#views/modal.ts";
import { countOf, incidentLine, sliceWords } from "#views/words.ts";
import { pageOf, pager } from "./pages.ts";

export interface StrandsProps {
  state: IncidentState;
  /** From 0. */
  page?: number | undefined;
  /** Shows the page of this strand instead. */
  strandNumber?: number | undefined;
}

/** Every strand with what is known of it, and the buttons to add one and to change one. */
export const strandsModal: Pick<Modal<StrandsProps, never>, "callbackId" | "render"> = {
  callbackId: "strands",

  render({ state, page: wanted, strandNumber }) {
    const { incident, strands } = state;
    const at = strands.findIndex(({ number }) => number === strandNumber);
    const page = pageOf(
      strands,
      strandsPerPage,
      wanted ?? Math.floor(Math.max(0, at) / strandsPerPage),
    );
    return modalView("strands", {
      title: "Strands",
      hint: { incidentId: incident.id, page: page.page },
      blocks: [
        section(
          `${countOf(strands.length, "strand")}. Each is a failure with a window and a cause of its own, so what broke first is decided for each.`,
        ),
        context(incidentLine(incident)),
        actions("strands", [
          button("add-strand", "Add a strand", encodeHint({ incidentId: incident.id }), {
            style: "primary",
          }),
        ]),
        ...page.items.flatMap((strand) => strandBlocks(state, strand)),
        ...pager("strands", incident.id, page),
      ],
    });
  },
};

/** Three blocks each, and six around them, stay below the hundred of a modal. */
const strandsPerPage = 20;

function strandBlocks(state: IncidentState, strand: Strand): KnownBlock[] {
  const { number, name, symptom, slice, windowFrom, windowTo } = strand;
  const answered = layerIds.length - openLayers(state, number).length;
  const hint = encodeHint({ incidentId: state.incident.id, strandNumber: number });
  const where = sliceWords(slice);
  const since =
    windowFrom === null ? mrkdwn`Start not known` : mrkdwn`Since ${dateTime(windowFrom)}`;
  const until = windowTo === null ? mrkdwn`.` : mrkdwn` until ${dateTime(windowTo)}.`;
  return [
    section(`Strand ${number}: ${name}`, `strand:S${number}`),
    context(
      ...(symptom === null ? [] : [`Users see: ${symptom}`]),
      mrkdwn`${since}${until}`,
      ...(where === "" ? [] : [`Only ${where}.`]),
      `${answered} of ${layerIds.length} layers answered. ${outcomeWords(currentVerdicts(state, number))}`,
    ),
    actions(`strand-buttons:S${number}`, [
      button("edit-strand", "Change", hint, { spoken: `Change strand ${number}` }),
    ]),
  ];
}
