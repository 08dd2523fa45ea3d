import type { KnownBlock } from "@slack/types";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import {
  contentParts,
  type Hop,
  hopKinds,
  hopOf,
  keptInWords,
  layerWords,
  type TraceExhibit,
} from "#src/domain/exhibit/trace-exhibit.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { pinLabel } from "#src/domain/ledger/pins.ts";
import type { SetFirstWrongHopInput } from "#src/domain/set-first-wrong-hop.ts";
import { err, ok } from "#src/lib/result.ts";
import {
  actions,
  button,
  context,
  dateTime,
  joinMrkdwn,
  mention,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint, type Hint } from "#views/hint.ts";
import { type Choice, modalView, selectInput } from "#views/inputs.ts";
import { requestWords } from "#views/messages/trace-lines.ts";
import type { Modal } from "#views/modal.ts";
import { textOf } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";
import { hintOf } from "./fields.ts";
import { charactersInWords } from "./trace-text.ts";
import { type Page, pageOf } from "./pages.ts";

export interface TraceExhibitProps {
  state: IncidentState;
  evidenceNumber: number;
  /** From 0; absent: the page of the hop where it first went wrong, else the first. */
  page?: number | undefined;
}

/** One request hop by hop, for those who take part, and the question where it first went wrong (4.12). */
export const traceExhibitModal: Modal<TraceExhibitProps, SetFirstWrongHopInput> = {
  callbackId: "trace-exhibit",

  render({ state, evidenceNumber, page: wanted }) {
    const { incident } = state;
    const item = state.evidence.find(({ number }) => number === evidenceNumber);
    const trace = item?.data.trace;
    const hint: Hint = { incidentId: incident.id, itemNumber: evidenceNumber };
    if (!item || !trace) {
      const blocks = [section("There is no such trace in this incident any more.")];
      return modalView("trace-exhibit", { title: wholeTitle, hint, blocks });
    }
    const wrongAt = trace.hops.findIndex(({ n }) => n === trace.firstWrongHop?.n);
    const at = wanted ?? Math.floor(Math.max(0, wrongAt) / hopsOnPage);
    const page = pageOf(trace.hops, hopsOnPage, at);
    const isOpen = incident.status === "open";
    return modalView("trace-exhibit", {
      title: wholeTitle,
      ...(isOpen ? { submit: "Save" } : {}),
      hint: { ...hint, page: page.page },
      blocks: [
        section(mrkdwn`${requestWords(trace)}${beganWords(trace)}${failedWords(trace)}`),
        context(incidentLine(incident), `Evidence ${item.number}. ${keptInWords(trace).join(" ")}`),
        ...page.items.map((one) => hopBlock(trace, one, hint)),
        ...pageButtons(item, page, hint),
        ...(isOpen ? [firstWrongInput(trace, page)] : []),
      ],
    });
  },

  parse(values, metadata) {
    const { incidentId, itemNumber = 0 } = hintOf(metadata);
    const chosen = textOf(values, "first_wrong") ?? "";
    if (!/^(?:none|[1-9]\d{0,3})$/.test(chosen)) {
      return err({ first_wrong: "Choose the hop where it first went wrong." });
    }
    return ok({
      incidentId,
      evidenceNumber: itemNumber,
      hop: chosen === takenBack ? null : Number(chosen),
    });
  },
};

const wholeTitle = "The request, hop by hop";
/** As many as a thumb scrolls through, and far below the hundred blocks of a modal. */
const hopsOnPage = 15;
const takenBack = "none";

function beganWords({ startedAt }: TraceExhibit): Mrkdwn {
  return startedAt === null ? mrkdwn`` : mrkdwn` It began ${dateTime(new Date(startedAt))}.`;
}

/** A wrong answer may fail nowhere; what failed stands in front. */
function failedWords({ hops }: TraceExhibit): string {
  return hops.some(({ status }) => status === "error") ? "" : " No hop reports an error.";
}

/** What ran, of which layer, when and how long; its versions; what it retrieved and what texts it carried. */
function hopBlock(trace: TraceExhibit, hop: Hop, hint: Hint): KnownBlock {
  const { firstWrongHop } = trace;
  const lines = [
    mrkdwn`${"\u2003".repeat(Math.min(hop.depth, 4))}*${hop.n}. ${oneLine(hop.name, 100)}* · ${layerWords(hop)}${doneWords(hop)}`,
    mrkdwn`${timeWords(hop)}`,
    ...(firstWrongHop?.n === hop.n
      ? [mrkdwn`*First went wrong here, says ${mention(firstWrongHop.author)}.*`]
      : []),
    ...[pinWords(hop), documentWords(hop), contentWords(hop)]
      .filter((line) => line !== "")
      .map((line) => mrkdwn`${line}`),
  ];
  const hasText = hop.content.some(({ text }) => text !== undefined);
  return {
    ...section(joinMrkdwn(lines, "\n"), `hop:${hop.n}`),
    ...(hasText
      ? {
          accessory: button("trace-text", "Read", encodeHint({ ...hint, page: hop.n }), {
            spoken: `Read the text of hop ${hop.n}`,
          }),
        }
      : {}),
  };
}

/** " · Tool call: search_flights · failed" */
function doneWords({ name, what, tool, status }: Hop): string {
  const named = tool === undefined || name.includes(tool) ? "" : `: ${oneLine(tool, 60)}`;
  return `${what === "other" ? "" : ` · ${hopKinds[what]}${named}`}${status === "error" ? " · failed" : ""}`;
}

function timeWords({ startOffsetMs, durationMs }: Hop): string {
  const start =
    startOffsetMs === null
      ? "no time given"
      : startOffsetMs === 0
        ? "at the start"
        : `after ${milliseconds(startOffsetMs)}`;
  return durationMs === null ? start : `${start}, took ${milliseconds(durationMs)}`;
}

/** "340 ms", "1.2 s" */
function milliseconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${grouped(Math.round(ms / 100) / 10)} s`;
}

const pinsShown = 8;
const documentsShown = 5;
const textsShown = 6;

function pinWords({ pins }: Hop): string {
  const shown = pins
    .slice(0, pinsShown)
    .map(
      ({ pin, value, isDerived }) =>
        `${oneLine(pinLabel(pin), 60)} ${oneLine(value, 80)}${isDerived ? " (our hash)" : ""}`,
    );
  return listed("Versions", shown, pins.length);
}

function documentWords({ documents = [], moreDocuments = 0 }: Hop): string {
  const shown = documents
    .slice(0, documentsShown)
    .map(({ id, score }) => `${oneLine(id, 60)}${score === null ? "" : ` (${score})`}`);
  return listed("Retrieved", shown, documents.length + moreDocuments);
}

function contentWords({ content }: Hop): string {
  const shown = content
    .slice(0, textsShown)
    .map(({ part, characters }) => `${contentParts[part]}, ${charactersInWords(characters)}`);
  return listed("Texts", shown, content.length);
}

function listed(head: string, shown: readonly string[], all: number): string {
  if (all === 0) return "";
  const more = all - shown.length;
  return `${head}: ${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function pageButtons(item: EvidenceItem, { page, pages }: Page<Hop>, hint: Hint): KnownBlock[] {
  if (pages < 2) return [];
  const to = (other: number) => encodeHint({ ...hint, page: other });
  return [
    context(`Page ${page + 1} of ${pages}. The question below asks about the hops of this page.`),
    actions(`trace-pages:EV${item.number}`, [
      ...(page > 0 ? [button("trace-earlier", "Page before", to(page - 1))] : []),
      ...(page < pages - 1 ? [button("trace-later", "Next page", to(page + 1))] : []),
    ]),
  ];
}

/** The hops of this page, and the one that is said, wherever it is. */
function firstWrongInput(trace: TraceExhibit, { items }: Page<Hop>): KnownBlock {
  const said = hopOf(trace, trace.firstWrongHop?.n);
  const elsewhere = said && !items.includes(said) ? [said] : [];
  const choices: Choice[] = [
    ...[...elsewhere, ...items].map((hop) => ({
      value: String(hop.n),
      text: `${hop.n}. ${oneLine(hop.name, 40)} · ${layerWords(hop)}`,
    })),
    ...(said ? [{ value: takenBack, text: "Nobody can say: take it back" }] : []),
  ];
  return selectInput("first_wrong", "Where did it first go wrong?", choices, {
    initial: said ? String(said.n) : null,
    placeholder: "The first hop whose result was wrong",
    hint: "Your word, with your name and the time; it sets no verdict. What went wrong after it may follow from it.",
  });
}
