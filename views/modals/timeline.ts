import type { KnownBlock } from "@slack/types";
import type { Incident } from "#src/domain/incident.ts";
import { isSameMinute } from "#src/domain/past-time.ts";
import type { FoldedEntry } from "#src/domain/timeline-fold.ts";
import type { ChainState, TimelineFilter, TimelinePage } from "#src/domain/timeline-page.ts";
import { isLane, lanes } from "#src/domain/vocabulary.ts";
import {
  actions,
  button,
  context,
  dateTime,
  limits,
  mrkdwn,
  type Mrkdwn,
  plain,
  section,
} from "#views/block-kit.ts";
import { encodeHint, type Hint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { entrySentence } from "#views/timeline-words.ts";
import { countOf, incidentLine } from "#views/words.ts";

export interface TimelineProps {
  incident: Incident;
  page: TimelinePage;
  filter: TimelineFilter;
  chain: ChainState;
}

/** How many entries one page shows. */
export const entriesOnPage = 15;

/** The timeline, the newest first, by lane or all of it; each entry opens for its history and to be corrected. */
export const timelineModal: Pick<Modal<TimelineProps, never>, "callbackId" | "render"> = {
  callbackId: "timeline",

  render({ incident, page, filter, chain }) {
    const hint = { incidentId: incident.id, word: filter, page: page.page };
    return modalView("timeline", {
      title: "Timeline",
      hint,
      blocks: [
        context(incidentLine(incident)),
        {
          type: "actions",
          block_id: "timeline-filter",
          elements: [filterMenu(filter), ...addButton(incident)],
        },
        context(countWords(page, filter)),
        ...page.entries.map((folded) => entryBlock(folded, hint)),
        ...pageButtons(page, hint),
        ...chainBlocks(chain, page, hint),
      ],
    });
  },
};

/** The filter that a menu's value or a hint names; all where it is none of ours. */
export function filterOf(word: string | undefined): TimelineFilter {
  if (word === "withdrawn") return word;
  return word !== undefined && isLane(word) ? word : "all";
}

const filterWords: Record<TimelineFilter, string> = {
  all: "Everything",
  ...lanes,
  withdrawn: "Taken out",
};

function filterMenu(filter: TimelineFilter) {
  const options = Object.entries(filterWords).map(([id, text]) => ({
    text: plain(text, limits.optionText),
    value: id,
  }));
  return {
    type: "static_select" as const,
    action_id: "timeline-filter",
    placeholder: plain("Show", limits.placeholder),
    options,
    initial_option: { text: plain(filterWords[filter], limits.optionText), value: filter },
  };
}

function addButton(incident: Incident) {
  if (incident.status !== "open") return [];
  return [button("add-note", "Add a note", encodeHint({ incidentId: incident.id }))];
}

function countWords({ found, page, pages }: TimelinePage, filter: TimelineFilter): string {
  if (found === 0) {
    return filter === "withdrawn" ? "Nothing was taken out." : "Nothing is recorded here yet.";
  }
  const place = pages > 1 ? ` Page ${page + 1} of ${pages}.` : "";
  return `${countOf(found, "entry", "entries")}, the newest first.${place}`;
}

function entryBlock(folded: FoldedEntry, hint: Hint): KnownBlock {
  const { entry } = folded;
  const value = encodeHint({ ...hint, itemNumber: entry.sequence });
  return {
    ...section(mrkdwn`${headOf(folded)}\n${entrySentence(entry, 200)}`, `entry:${entry.sequence}`),
    accessory: button("correct-entry", "Open", value, { spoken: `Open entry ${entry.sequence}` }),
  };
}

/** When it happened, in bold; when it was recorded, where that differs. */
function headOf({ entry, corrections, withdrawal }: FoldedEntry): Mrkdwn {
  const isLater = !isSameMinute(entry.happenedAt, entry.recordedAt);
  const recorded = isLater ? mrkdwn` · recorded ${dateTime(entry.recordedAt)}` : mrkdwn``;
  const marks = `${corrections.length > 0 ? " · corrected" : ""}${withdrawal ? " · taken out" : ""}`;
  return mrkdwn`*${dateTime(entry.happenedAt)}* · ${lanes[entry.lane]}${recorded}${marks}`;
}

function pageButtons({ page, pages }: TimelinePage, hint: Hint): KnownBlock[] {
  const to = (other: number) => encodeHint({ ...hint, page: other });
  const buttons = [
    ...(page > 0 ? [button("timeline-newer", "Newer", to(page - 1))] : []),
    ...(page < pages - 1 ? [button("timeline-older", "Older", to(page + 1))] : []),
  ];
  return buttons.length > 0 ? [actions("timeline-pages", buttons)] : [];
}

function chainBlocks(chain: ChainState, { recorded }: TimelinePage, hint: Hint): KnownBlock[] {
  switch (chain.kind) {
    case "whole":
      return [
        context(
          `The record is whole: each of its ${countOf(recorded, "entry", "entries")} follows from the one before.`,
        ),
      ];
    case "broken":
      return [
        section(
          `Somebody changed the record itself: entry ${chain.sequence} does not follow from the one before it. Tell whoever runs the database.`,
          "timeline-broken",
        ),
      ];
    case "unchecked":
      return [
        actions("timeline-check", [
          button("check-timeline", "Check that the record is whole", encodeHint(hint)),
        ]),
      ];
  }
}
