import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { marksLayer } from "#src/domain/layer-state.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { changesInWindow } from "#src/domain/ledger/window-changes.ts";
import type { IncidentChange } from "#src/domain/ledger/incident-change.ts";

import { context, dateTime, mrkdwn, oneLine, truncate } from "#views/block-kit.ts";
import { countOf, whoever } from "#views/words.ts";
import { fieldLimits } from "./fields.ts";
import { pinTitle } from "./versions-answer.ts";

/** What the form for a layer's answer begins with, where nobody has answered for the layer: the ledger's words, nobody's answer yet. */
interface AnswerDraft {
  change: "changed" | null;
  sentence: string | null;
  isSourceComplete: boolean;
}

/**
 * The draft of a layer. `isOnly`: it is the form's only layer. In a form of several "It changed" is not chosen
 * beforehand: Slack lets nobody clear it again, and what was chosen for a layer is saved with the others.
 */
export function draftOf(
  state: IncidentState,
  layer: LayerId,
  { isOnly }: { isOnly: boolean },
): AnswerDraft {
  const found = changesOf(state, layer);
  return {
    change: isOnly && found.length > 0 ? "changed" : null,
    sentence: found.length > 0 ? truncate(inWords(found), fieldLimits.sentence) : null,
    isSourceComplete: marksLayer(state.incident, state.sourceMarks, layer),
  };
}

/** What the ledger says of a layer, above the form's questions about it; `isDrafted`: the form was filled in from it. */
export function ledgerLines(
  state: IncidentState,
  layer: LayerId,
  { isDrafted, isOnly }: { isDrafted: boolean; isOnly: boolean },
): KnownBlock[] {
  const { ledgerChanges, sourceMarks } = state;
  // of a service that the ledger knows nothing about, it cannot say that nothing changed
  if (ledgerChanges.length + sourceMarks.length === 0) return [];
  const found = changesOf(state, layer);
  const { from, to } = scanOf(state.incident);
  const mark = sourceMarks.find((one) => one.layer === layer);
  const marked =
    mark && marksLayer(state.incident, sourceMarks, layer)
      ? [
          mrkdwn`${whoever(mark.markedBy)} marked its change record as complete for the window: ${oneLine(mark.source, 200)}`,
        ]
      : [];
  if (found.length === 0) {
    return [
      context(
        mrkdwn`The ledger holds no change of this layer from ${dateTime(from)} to ${dateTime(to)}; further back it was not searched.${marked.length > 0 ? "" : " That alone does not show that nothing changed."}`,
        ...marked,
      ),
    ];
  }
  const held = `The ledger holds ${countOf(found.length, "change")} of this layer in the window`;
  if (!isDrafted) return [context(`${held}: ${oneLine(inWords(found), 600)}`, ...marked)];
  return [
    context(
      isOnly
        ? "Filled in from the ledger: check it before you save. It is nobody's answer yet."
        : `${held}, and the sentence is filled in from them: check it. Only with an answer chosen is it saved.`,
      ...marked,
    ),
  ];
}

/** Where a version difference or a change log is recorded: what the ledger holds already. */
export function ledgerHint(state: IncidentState): KnownBlock[] {
  const found = changesOf(state);
  if (found.length === 0) return [];
  return [context(`The ledger holds of the window: ${oneLine(inWords(found), 1_000)}`)];
}

/** The changes of the window that is searched, of one layer or of all: what nobody declared first, then the newest. */
function changesOf(state: IncidentState, layer?: LayerId): IncidentChange[] {
  return changesInWindow(state).filter((one) => layer === undefined || one.layer === layer);
}

/** "Model that answers: a → b (2026-03-08 16:20 UTC, not declared); Index rebuilt … (2026-03-08 22:00 UTC)". */
function inWords(changes: readonly IncidentChange[]): string {
  return changes
    .map(({ pin, summary, happenedAt, isDeclared }) => {
      const what = isDeclared || pin === null ? summary : `${pinTitle(pin)}: ${summary}`;
      const when = `${happenedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
      return `${oneLine(what, 300)} (${when}${isDeclared ? "" : ", not declared"})`;
    })
    .join("; ");
}
