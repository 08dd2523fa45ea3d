import type { IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { IncidentChange } from "#src/domain/ledger/incident-change.ts";
import { changesInWindow } from "#src/domain/ledger/window-changes.ts";
import { isWidened, scanOf } from "#src/domain/ledger/scan-window.ts";
import {
  actions,
  button,
  context,
  dateTime,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { countOf, incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

const shownAtMost = 6;

/**
 * What the ledger found to have changed before the failure was noticed, in the channel: what nobody declared
 * first, then the newest. A change makes a layer worth a look, and shows nothing about the cause (0.12).
 */
export function renderChanges(state: IncidentState): MessageContent {
  const { incident } = state;
  const { from, to } = scanOf(incident);
  const found = changesInWindow(state);
  const undeclared = found.filter(({ isDeclared }) => !isDeclared).length;
  const since = isWidened(incident) ? "since it last worked" : "in the time before it was noticed";
  const count = found.length === 0 ? "No change" : countOf(found.length, "change");
  const line = mrkdwn`${count} ${since}${undeclaredWords(undeclared, found.length)}`;
  const more = found.length - shownAtMost;
  return content(mrkdwn`${incidentReference(incident)}: ${line}`, [
    section(mrkdwn`*${line}*`, "changes"),
    ...found.slice(0, shownAtMost).map((change) => section(changeLine(change))),
    context(
      ...(more > 0 ? [`And ${more} more.`] : []),
      mrkdwn`Searched: ${dateTime(from)} to ${dateTime(to)}. A change makes its layer worth a look; it does not show that the layer broke first.`,
    ),
    actions("versions", [
      button("versions", "See all versions", encodeHint({ incidentId: incident.id })),
    ]),
  ]);
}

function undeclaredWords(undeclared: number, all: number): string {
  if (undeclared === 0) return ".";
  if (undeclared === all) return all === 1 ? "; nobody declared it." : "; nobody declared them.";
  return `; nobody declared ${undeclared} of them.`;
}

function changeLine(change: IncidentChange): Mrkdwn {
  const { happenedAt, layer, summary, isDeclared, pin, fromValues, toValue } = change;
  const values =
    isDeclared && pin !== null && toValue !== null
      ? ` (${oneLine([...fromValues.slice(0, 2), toValue].join(" → "), 80)})`
      : "";
  return mrkdwn`${dateTime(happenedAt)} · *${layers[layer].label}* · ${oneLine(summary, 140)}${values}${isDeclared ? "" : mrkdwn` · *Nobody declared this.*`}`;
}
