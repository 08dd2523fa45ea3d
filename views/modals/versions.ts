import type { Button, KnownBlock } from "@slack/types";
import type { Incident, IncidentId } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { LedgerChange, VersionReport } from "#src/domain/ledger/ledger.ts";
import { isWidened, scanOf } from "#src/domain/ledger/scan-window.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
  actions,
  button,
  context,
  dateTime,
  divider,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint, type Hint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { countOf, incidentLine } from "#views/words.ts";
import { type Page, pageOf } from "./pages.ts";
import {
  type Anchor,
  anchorOf,
  answerSentence,
  hasNoData,
  inReadingOrder,
} from "./versions-answer.ts";
import { changeBlock } from "./versions-change.ts";
import { coverageBlocks } from "./versions-coverage.ts";
import { layerBlocks } from "./versions-layers.ts";
import { partlySeenWords, unseenLayers } from "./versions-sight.ts";

export interface VersionsProps {
  report: VersionReport;
  /** The incident in whose channel it was asked; null where it was asked elsewhere. */
  incident: Incident | null;
  /** What was typed after the command: it is read anew for another page. At most 200 characters. */
  text: string;
  /** Whether the window is the incident's own, which can be widened; one that was typed cannot. */
  isOwnWindow: boolean;
  page: number;
  botCommand: string;
}

/** How many changes one page shows. */
export const changesOnPage = 20;

/**
 * Did anything change? The answer in one sentence, then the changes, those that nobody declared first; on
 * the first page what ran in each layer, on what data that stands, and what it does not cover.
 */
export const versionsModal: Pick<Modal<VersionsProps, never>, "callbackId" | "render"> = {
  callbackId: "versions",

  render(props) {
    const { report, incident, text, botCommand } = props;
    const anchor = incident && anchorOf(incident);
    const ordered = inReadingOrder(report.changes, anchor);
    const page = pageOf(ordered, changesOnPage, props.page);
    const hint: Hint = {
      incidentId: incident?.id ?? (0 as IncidentId),
      page: page.page,
      ...(text === "" ? {} : { word: text }),
    };
    const setting = { anchor, now: report.at.now, pins: report.pins };
    return modalView("versions", {
      title: "What changed",
      hint,
      blocks: [
        // a star that somebody typed would end the bold
        section(
          mrkdwn`*${answerSentence(report, ordered, anchor).replaceAll("*", "")}*`,
          "versions-answer",
        ),
        context(...aboutLines(props)),
        ...lead(report, ordered),
        ...nextSteps(props, hint),
        ...page.items.map((change) => changeBlock(change, setting)),
        ...pageButtons(page, hint),
        ...(page.page === 0 ? state(report, anchor, botCommand) : []),
      ],
    });
  },
};

/** Which incident and service, and from when to when. */
function aboutLines({ report, incident, isOwnWindow }: VersionsProps): (string | Mrkdwn)[] {
  const { from, to } = report.window;
  const widened =
    incident && isOwnWindow && isWidened(incident) ? " Widened to last known good." : "";
  return [
    ...(incident ? [incidentLine(incident)] : []),
    mrkdwn`${oneLine(report.service)}, ${dateTime(from)} to ${dateTime(to)}.${widened}`,
  ];
}

/** What a change is worth, and what the list below leaves out. */
function lead(report: VersionReport, ordered: readonly LedgerChange[]): KnownBlock[] {
  if (ordered.length === 0) return [];
  const unseen = unseenLayers(report);
  const blind =
    unseen.length === 0
      ? ""
      : unseen.length === layerIds.length
        ? " No telemetry shows what ran, so this is only what was declared."
        : ` The ledger cannot see ${layersInWords(unseen)}.`;
  const partly = partlySeenWords(report).map((words) => ` ${words}`);
  const isDeclared = ordered.every((change) => change.isDeclared);
  const next = isDeclared
    ? ""
    : " If you know why something changed that nobody declared, record it.";
  return [
    context(
      `A change says where to look; by itself it does not show what broke first.${blind}${partly.join("")}${next}`,
    ),
  ];
}

function pageButtons({ page, pages }: Page<unknown>, hint: Hint): KnownBlock[] {
  if (pages < 2) return [];
  const to = (number: number) => encodeHint({ ...hint, page: number });
  return [
    context(`Page ${page + 1} of ${pages}. What nobody declared comes first, then what came last.`),
    actions("pages:versions", [
      ...(page > 0 ? [button("versions-earlier", "Page before", to(page - 1))] : []),
      ...(page < pages - 1 ? [button("versions-later", "Next page", to(page + 1))] : []),
    ]),
  ];
}

/** What can be done about it in an incident that is open. */
function nextSteps({ report, incident, isOwnWindow }: VersionsProps, hint: Hint): KnownBlock[] {
  if (incident?.status !== "open") return [];
  const value = encodeHint(hint);
  const isEmpty = hasNoData(report);
  return [
    ...(isOwnWindow ? earlierLines(report, incident) : []),
    actions("versions-steps", [
      ...(isOwnWindow ? widenButtons(incident, value, isEmpty) : []),
      button("add-change", "Record a change", value),
      button("mark-source", "Mark a record complete", value),
      ...(isEmpty ? [] : [button("draw-changes", "Draw it", value)]),
    ]),
  ];
}

function earlierLines({ earlierChanges }: VersionReport, { lastKnownGoodAt }: Incident) {
  if (earlierChanges === 0 || lastKnownGoodAt === null) return [];
  const stand = earlierChanges === 1 ? "stands" : "stand";
  return [
    context(
      mrkdwn`${countOf(earlierChanges, "more change")} ${stand} before this window, since it last worked (${dateTime(lastKnownGoodAt)}).`,
    ),
  ];
}

/** The one press is there until the window goes back to what is recorded, and where there is anything to find. */
function widenButtons(incident: Incident, value: string, isEmpty: boolean): Button[] {
  const { lastKnownGoodAt } = incident;
  const isThere = isEmpty || (lastKnownGoodAt !== null && scanOf(incident).from <= lastKnownGoodAt);
  return [
    ...(isThere ? [] : [button("widen-to-last-good", "Widen to last known good", value)]),
    button("widen-scan", "Choose when it last worked", value),
  ];
}

/** What ran in each layer, on what data, and what that does not cover. */
function state(report: VersionReport, anchor: Anchor | null, botCommand: string): KnownBlock[] {
  const coverage = coverageBlocks(report, botCommand);
  if (hasNoData(report)) return coverage;
  const { before, lastKnownGood } = report.at;
  const what = anchor ? `48 hours before ${anchor.words}` : "the start of the window";
  const good = lastKnownGood ? mrkdwn` Last known good is ${dateTime(lastKnownGood)}.` : mrkdwn``;
  return [
    divider(),
    context(mrkdwn`What runs now, layer by layer. Before is ${what}, ${dateTime(before)}.${good}`),
    ...layerBlocks(report),
    divider(),
    ...coverage,
  ];
}
