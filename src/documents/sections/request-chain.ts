import { type CausalStep, causalSteps } from "#src/domain/exhibit/causal-steps.ts";
import {
  contentParts,
  type Hop,
  type HopContent,
  hopOf,
  hopsInWords,
  layerWords,
  type TraceExhibit,
} from "#src/domain/exhibit/trace-exhibit.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import { knownPin, pinLabel } from "#src/domain/ledger/pins.ts";
import { listInWords } from "#src/domain/words.ts";
import { cut, inline, table } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { utcMinute } from "#src/documents/times.ts";
import { evidenceWords, lowerFirst, nameOf, said } from "#src/documents/words.ts";

/** As many as anybody reads; the others are named. */
const chainsAtMost = 4;

/**
 * B11.6, 1.12: each traced request as its causal chain, from what the user asked to what was shown, with
 * what the trace does not hold and where a person saw it go wrong first. Of texts lengths and hashes alone,
 * also where the incident keeps them: a repository has other readers than a channel.
 */
export function requestChains(items: readonly EvidenceItem[], names: Names): string[] {
  const traced = items.flatMap(({ number, strandNumbers, data: { trace } }) =>
    trace ? [{ number, strandNumbers, trace }] : [],
  );
  const rest = traced.slice(chainsAtMost).map(({ number }) => number);
  return [
    ...traced.slice(0, chainsAtMost).flatMap(({ number, strandNumbers, trace }) => [
      `### Evidence ${number}: one request of strand ${listInWords(strandNumbers.map(String))}`,
      `${traceLine(trace)} ${firstWrong(trace, names)}`,
      table(
        ["Step", "What the trace holds of it"],
        causalSteps(trace).map((step) => [step.label, cellOf(step, trace)]),
      ),
      [...missing(trace), notPrinted].join(" "),
    ]),
    ...(rest.length > 0 ? [`More traced requests: ${evidenceWords(rest)}.`] : []),
  ];
}

const notPrinted =
  "Texts are not printed here: their lengths and the beginnings of their SHA-256 tell whether two are the same.";

function traceLine(trace: TraceExhibit): string {
  const { service, startedAt, traceId } = trace;
  const of = service === null ? "" : ` of ${inline(service)}`;
  const began = startedAt === null ? "" : `, which began ${utcMinute(new Date(startedAt))} UTC`;
  return `Trace \`${traceId.replaceAll(/[^\w.:-]/g, "")}\`${of}${began}: ${hopsInWords(trace)}.`;
}

function firstWrong(trace: TraceExhibit, names: Names): string {
  const { firstWrongHop } = trace;
  const hop = hopOf(trace, firstWrongHop?.n);
  if (!firstWrongHop || !hop) return "Nobody has said where it first went wrong.";
  const { author, at } = firstWrongHop;
  return `**It first went wrong at hop ${hop.n}, ${said(hop.name)} (${layerWords(hop)})**, says ${nameOf(names, author)} (${utcMinute(new Date(at))} UTC).`;
}

function missing(trace: TraceExhibit): string[] {
  const labels = causalSteps(trace)
    .filter(({ found }) => found.length === 0)
    .map(({ label }) => lowerFirst(label));
  return labels.length === 0 ? [] : [`The trace does not hold: ${listInWords(labels)}.`];
}

const hopsInCell = 4;
const piecesInCell = 6;

function cellOf({ found, label }: CausalStep, trace: TraceExhibit): string {
  if (found.length === 0) return "Not in the trace";
  const shown = found.slice(0, hopsInCell).map(({ hop, content }) => {
    const isWrong = trace.firstWrongHop?.n === hop.n ? ", **went wrong first**" : "";
    const pieces = [
      ...(hop.tool === undefined ? [] : [`tool ${inline(hop.tool)}`]),
      ...pinWords(hop, label),
      ...(label === "Retrieved context" ? documentWords(hop) : []),
      ...content.map(contentWords),
    ];
    const more = pieces.length - piecesInCell;
    const told = [...pieces.slice(0, piecesInCell), ...(more > 0 ? [`${more} more`] : [])];
    return `Hop ${hop.n}, ${said(cut(hop.name, 80))}${hop.status === "error" ? ", failed" : ""}${isWrong}${told.length > 0 ? `: ${told.join("; ")}` : ""}.`;
  });
  const more = found.length - shown.length;
  return [...shown, ...(more > 0 ? [`And ${more} more hops.`] : [])].join(" ");
}

/** Of the step's own layer: the model call carries the version of its prompt, too, which is told at the prompt. */
function pinWords({ pins }: Hop, label: string): string[] {
  if (label === "What the user asked") return [];
  const isPrompt = label === "Prompt as assembled";
  return pins
    .filter(
      ({ pin }) =>
        label === "Policy decision" || (knownPin(pin)?.layer === "prompt_policy") === isPrompt,
    )
    .map(
      ({ pin, value, isDerived }) =>
        `${inline(pinLabel(pin))} ${inline(cut(value, 80))}${isDerived ? " (our hash)" : ""}`,
    );
}

const documentsInCell = 5;

function documentWords({ documents = [], moreDocuments = 0 }: Hop): string[] {
  if (documents.length === 0) return [];
  const ids = documents
    .slice(0, documentsInCell)
    .map(({ id, score }) => `${inline(cut(id, 60))}${score === null ? "" : ` (${score})`}`);
  const all = documents.length + moreDocuments;
  return [
    `${all} ${all === 1 ? "document" : "documents"}: ${ids.join(", ")}${all > ids.length ? ", …" : ""}`,
  ];
}

function contentWords({ part, characters, sha256 }: HopContent): string {
  return `${contentParts[part]}, ${grouped(characters)} ${characters === 1 ? "character" : "characters"}, \`${sha256.slice(0, 12)}\``;
}
