import { checkClaim } from "#src/domain/attribution.ts";
import type { AttributionFile } from "#src/domain/attribution-file/format.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import { findingOf } from "#src/domain/figures/read-figures.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { confidences, type VerdictKind, verdictKinds } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { canonicalJson, type Sha256 } from "./attribution-file/canonical.ts";
import { chainFaults } from "./attribution-file/chain.ts";
import { crossFaults } from "./attribution-file/cross-check.ts";
import { type FileFault, parseFile, referenceFaults } from "./attribution-file/file-faults.ts";
import { stateOf } from "./attribution-file/state.ts";
import { checkPart, outcomePart, writeFile } from "./attribution-file/write.ts";
import type { IncidentRecord } from "./record.ts";
import { lowerFirst } from "./words.ts";

// The record of an incident as a file, and back, so that whoever holds the file alone can test its verdicts.

/** What the rules say of one verdict that stands. */
export interface VerdictCheck {
  strandNumber: number;
  layer: LayerId;
  verdict: VerdictKind;
  holds: boolean;
  /** Every rule that refuses, in the order of refusal; empty where it holds. */
  refusedBy: { rule: string; missing: string[]; says: string }[];
  /** "Strand 1: Infrastructure broke first, confirmed." */
  sentence: string;
}

/**
 * All that the verdicts of a record rest on, with each rule's result, under people's names (B11, issue
 * "attribution engine"). `sha256`: hex of a text. The same record gives the same file.
 */
export function toAttributionFile(record: IncidentRecord, sha256: Sha256): AttributionFile {
  return writeFile(record, sha256);
}

/**
 * The file as it is kept: JSON that people can read, keys in the order of the format. Characters that turn
 * the direction of text are written as escapes: they mean the same and cannot disguise what is there.
 */
export function attributionText(file: AttributionFile): string {
  const text = JSON.stringify(file, null, 2).replaceAll(
    /[\u202A-\u202E\u2066-\u2069]/g,
    (turn) => `\\u${turn.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${text}\n`;
}

/** The state that parsed JSON tells of, as far as rules look at it; else every fault of the file with its path. */
export function readAttributionFile(json: unknown): Result<IncidentState, FileFault[]> {
  const file = parseFile(json);
  return file.ok ? ok(stateOf(file.value)) : file;
}

/**
 * Tests every verdict that stands in a file by the rules, from what the file itself says, as a claim
 * made today would be (R1 to R12). Nothing of what the file states about rules is believed. The error is
 * every fault that keeps the file from being read.
 */
export function verifyFile(json: unknown): Result<VerdictCheck[], FileFault[]> {
  const state = readAttributionFile(json);
  if (!state.ok) return err(state.error);
  return ok(state.value.verdicts.map((verdict) => checkOf(state.value, verdict)));
}

function checkOf(state: IncidentState, verdict: Verdict): VerdictCheck {
  const { holds, refused_by: refusedBy } = checkPart(checkClaim(state, verdict));
  const { strandNumber, layer, verdict: kind, confidence, scope } = verdict;
  const part = sliceInWords(scope);
  return {
    strandNumber,
    layer,
    verdict: kind,
    holds,
    refusedBy,
    sentence: `Strand ${strandNumber}: ${layers[layer].label}, ${lowerFirst(verdictKinds[kind])}${confidence ? `, ${lowerFirst(confidences[confidence])}` : ""}${part === "" ? "" : `, for ${part}`}.`,
  };
}

/**
 * Where a file was changed after it was written, in sentences: its seal, its chain of entries, what stands
 * in it against what its entries tell, and what it states as computed. Empty where nothing was. Whoever
 * changes all of a file can seal it anew, so compare the seal with the one that the postmortem names.
 */
export function tamperFaults(json: unknown, sha256: Sha256): string[] {
  const file = parseFile(json);
  if (!file.ok) return [];
  const isSealed = sealOf(json, sha256) === file.value.seal.digest;
  return [
    ...(isSealed ? [] : ["The file was changed after it was written: its seal does not fit."]),
    ...referenceFaults(file.value).map(({ path, message }) => `${message} (${path}).`),
    ...chainFaults(file.value.timeline, sha256),
    ...crossFaults(file.value),
    ...statedFaults(file.value),
  ];
}

/** The seal that fits a file as it is, in hex, whatever seal it bears: what to compare with the postmortem's. */
export function sealOf(json: unknown, sha256: Sha256): string {
  // over the file as it came, so that nothing a reader would drop goes unseen
  const { seal: _, ...unsealed } = json as Record<string, unknown>;
  return sha256(canonicalJson(unsealed));
}

/** What the file states as computed and does not follow from the rest of it. */
function statedFaults(file: AttributionFile): string[] {
  const state = stateOf(file);
  const items = file.evidence.flatMap(({ id, reading, decisive_for: decisive }, at) => {
    const item = state.evidence[at];
    if (!item) return [];
    const finding = findingOf(item.kind, item.data);
    const isSame =
      // by what it comes to, and not by the words for it, which may be put better one day
      (reading === null) === (finding === null) &&
      (reading?.id ?? null) === (finding?.id ?? null) &&
      decisiveLayers(item).join() === decisive.join();
    return isSame
      ? []
      : [`Evidence ${id.slice(2)}: its figures do not say what the file states of them.`];
  });
  const strands = file.strands.flatMap(({ id, outcome }) =>
    canonicalJson(outcomePart(state, Number(id.slice(1)))) === canonicalJson(outcome)
      ? []
      : [`Strand ${id.slice(1)}: its outcome does not follow from its verdicts.`],
  );
  const verdicts = file.verdicts.flatMap(({ check }, at) => {
    const verdict = state.verdicts[at];
    if (!verdict || checkPart(checkClaim(state, verdict)).holds === check.holds) return [];
    return [
      `${checkOf(state, verdict).sentence} The file states that it ${check.holds ? "holds" : "does not hold"}; by the rules it ${check.holds ? "does not" : "does"}.`,
    ];
  });
  return [...items, ...strands, ...verdicts];
}
