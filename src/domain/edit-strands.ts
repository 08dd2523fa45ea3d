import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import { isDayOver } from "./day.ts";
import type { By, Decider } from "./decider.ts";
import type { Changes } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { EvidenceItem } from "./evidence.ts";
import type { Figures } from "./figures/figures.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import { openLayers } from "./layer-state.ts";
import type { LayerId } from "./layers/index.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { mergeFields, refuseContested, type Shown } from "./meanwhile.ts";
import { nextNumber } from "./next-number.ts";
import { nothingNew } from "./nothing-new.ts";
import { askForStrand } from "./owners/ask-owners.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import { sliceInWords } from "./slice.ts";
import type { Slice, Strand } from "./strand.ts";
import type { NewTimelineEntry } from "./timeline.ts";
import { type FailureType, failureTypes } from "./vocabulary.ts";
import { layersInWords } from "./words.ts";

/** What people say of a strand: one failure mechanism with its own window and slice (B3). */
export interface StrandInput {
  incidentId: IncidentId;
  name: string;
  symptom: string | null;
  windowFrom: Date | null;
  windowTo: Date | null;
  slice: Slice;
  /** Items recorded before that speak of it, too. */
  evidenceNumbers: number[];
}

export interface EditStrandInput extends StrandInput {
  strandNumber: number;
  /** B5: why nobody looks for what broke first here for now, and the day (`yyyy-MM-dd`) to look again. */
  parkedWhy: string | null;
  parkedUntil: string | null;
  /** B13.9: set by a person; null: it follows what broke first. */
  failureType: FailureType | null;
  shown?: Shown;
}

/** What the form of a strand shows and corrects. */
type StrandFields = Omit<StrandInput, "incidentId" | "evidenceNumbers"> &
  Pick<EditStrandInput, "parkedWhy" | "parkedUntil" | "failureType">;

/** These fields of a strand or of what was filled in. */
export function strandFields(of: StrandFields): StrandFields {
  const { name, symptom, windowFrom, windowTo, slice, parkedWhy, parkedUntil, failureType } = of;
  return { name, symptom, windowFrom, windowTo, slice, parkedWhy, parkedUntil, failureType };
}

/** As many as a menu of Slack's can offer, so that none is ever out of reach. */
const strandsAtMost = 100;

/**
 * Adds a strand, in any phase, while the incident is open. Answers that stand for all strands cover it
 * at once (B13.3); owners of the other layers are asked.
 */
export const decideAddStrand: Decider<StrandInput> = (state, input, by) => {
  const rejection =
    refuseIfOver(state.incident) ??
    unknownReference(state, { evidenceNumbers: input.evidenceNumbers });
  if (rejection) return err(rejection);
  const added = addedStrand(state, input, by);
  if (!added.ok) return added;
  const { strand, open, changes, timeline, effects } = added.value;
  const covered =
    open.length === 0
      ? "Every layer is answered for it already."
      : `Still asked for it: ${layersInWords(open)}.`;
  return ok({
    changes,
    timeline,
    effects: [updatePanel(state.incident.id), ...effects],
    outcome: {
      sentence: `Added strand ${strand.number}. ${covered}`,
      incidentId: state.incident.id,
      isShown: true,
    },
  });
};

/** A strand that is added, with all that follows from it; `open` are the layers that nobody has answered for it. */
export interface AddedStrand {
  strand: Strand;
  open: LayerId[];
  changes: Changes;
  timeline: NewTimelineEntry[];
  effects: Effect[];
}

/**
 * A new strand and the items that join it; `from`: the strand that these leave, where it is split (R10).
 * A field that is wrong comes back as a `bad_field`.
 */
export function addedStrand(
  state: IncidentState,
  input: Omit<StrandInput, "incidentId">,
  by: By,
  from?: number,
): Result<AddedStrand, Rejection> {
  const { incident } = state;
  const rejection =
    tooMany(state) ??
    wrongStrand(state, input) ??
    refuseWording({ name: input.name, symptom: input.symptom });
  if (rejection) return err(rejection);
  const { name, symptom, windowFrom, windowTo, slice } = input;
  const strand: Strand = {
    name,
    symptom,
    windowFrom,
    windowTo,
    slice,
    number: nextNumber(state.strands),
    addedBy: by.userId,
    addedAt: by.now,
    parkedWhy: null,
    parkedUntil: null,
    failureType: null,
    failureTypeBy: null,
  };
  const after = { ...state, strands: [...state.strands, strand] };
  const joining = joiningItems(state, input.evidenceNumbers, strand.number).map((item) => ({
    ...item,
    // what goes over does not stay behind; what shows another failure has found its own
    strandNumbers: item.strandNumbers.filter((number) => number !== from),
    ...(from === undefined ? {} : { data: withoutMark(item.data) }),
  }));
  const open = openLayers(after, strand.number);
  const asked = askForStrand(state, after, open, by.now);
  return ok({
    strand,
    open,
    changes: { strands: [strand], changedEvidence: joining, ...asked.changes },
    timeline: [
      {
        lane: "diagnosis",
        kind: "strand_added",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          strand: strand.number,
          name: strand.name,
          symptom: strand.symptom,
          slice: sliceInWords(strand.slice),
          evidence: joining.map(({ number }) => number),
        },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "strand", strandNumber: strand.number }),
      ...joining.map(({ number }) =>
        postMessage(incident.id, { kind: "evidence", evidenceNumber: number }),
      ),
      ...asked.effects,
    ],
  });
}

function withoutMark({ isOtherFailure: _, ...figures }: Figures): Figures {
  return figures;
}

/**
 * Names a strand anew, or corrects its symptom, window or slice; what it was stays in the timeline, and
 * what somebody else changed while the form was open stays as they said.
 */
export const decideEditStrand: Decider<EditStrandInput> = (state, input, by) => {
  const { incident } = state;
  const strand = state.strands.find(({ number }) => number === input.strandNumber);
  if (!strand) {
    const message = `There is no strand ${input.strandNumber} in this incident. Open the list again.`;
    return err({ code: "not_found", message });
  }
  const { strandNumber, evidenceNumbers } = input;
  const standing = strandFields(strand);
  const { merged, contested } = mergeFields(input.shown, strandFields(input), standing);
  const unless = (text: string | null, stood: string | null) => (text === stood ? null : text);
  const rejection =
    refuseIfOver(incident) ??
    refuseContested(contested, standing, (field) => {
      const [what, words] = wordsOf(strand)[field];
      return `${what} is “${words || "nothing"}” now`;
    }) ??
    unknownReference(state, { evidenceNumbers }) ??
    wrongStrand(state, { ...merged, strandNumber }) ??
    wrongParking(merged, by.now) ??
    // what stands was said before, most of it at the declaration, and is not in the way now
    refuseWording({
      name: unless(merged.name, strand.name),
      symptom: unless(merged.symptom, strand.symptom),
      parked_why: unless(merged.parkedWhy, strand.parkedWhy),
    });
  if (rejection) return err(rejection);
  const isTyped = merged.failureType !== strand.failureType;
  const changed: Strand = {
    ...strand,
    ...merged,
    failureTypeBy: isTyped ? merged.failureType && by.userId : strand.failureTypeBy,
  };
  const joining = joiningItems(state, evidenceNumbers, strandNumber);
  const changes = [
    ...differences(strand, changed),
    ...joining.map(({ number }) => `evidence ${number} speaks of it, too`),
  ];
  if (changes.length === 0) return ok(nothingNew(state));
  return ok({
    changes: { strands: [changed], changedEvidence: joining },
    timeline: [
      {
        lane: "diagnosis",
        kind: "strand_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { strand: strand.number, name: changed.name, changes },
      },
    ],
    effects: [
      updatePanel(incident.id),
      // the strand that stands from the declaration has no message of its own: it gets one now
      postMessage(incident.id, { kind: "strand", strandNumber: strand.number }),
    ],
    outcome: { sentence: `Changed strand ${strand.number}.`, incidentId: incident.id },
  });
};

/** The items that speak of this strand from now on, beside those they spoke of. */
function joiningItems(
  { evidence }: IncidentState,
  numbers: readonly number[],
  strandNumber: number,
): EvidenceItem[] {
  return evidence
    .filter((item) => numbers.includes(item.number) && !item.strandNumbers.includes(strandNumber))
    .map((item) => ({ ...item, strandNumbers: [...item.strandNumbers, strandNumber] }));
}

function tooMany({ strands }: IncidentState): Rejection | undefined {
  if (strands.length < strandsAtMost) return undefined;
  return {
    code: "stale",
    message: `An incident takes ${strandsAtMost} strands. Declare another incident for what is left, or widen a strand that stands.`,
  };
}

function wrongStrand(
  state: IncidentState,
  input: Pick<StrandInput, "name" | "windowFrom" | "windowTo"> & { strandNumber?: number },
): Rejection | undefined {
  const { name, windowFrom, windowTo, strandNumber } = input;
  const same = state.strands.find(
    (one) => one.number !== strandNumber && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (same) {
    const message = `Strand ${same.number} has this name already. Choose a name that tells the two apart.`;
    return { code: "bad_field", field: "name", message };
  }
  if (windowFrom && windowTo && windowTo < windowFrom) {
    const message = "The end lies before the start. Change one of the two.";
    return { code: "bad_field", field: "window_to", message };
  }
  return undefined;
}

/** Parked takes both: the reason, and a day that is not over. */
function wrongParking({ parkedWhy, parkedUntil }: StrandFields, now: Date): Rejection | undefined {
  const wrong = (field: string, message: string): Rejection => ({
    code: "bad_field",
    field,
    message,
  });
  if (parkedWhy !== null && parkedUntil === null) {
    return wrong("parked_until", "Choose the day on which somebody looks again.");
  }
  if (parkedWhy === null && parkedUntil !== null) {
    return wrong("parked_why", "Say why nobody looks further for now, or take the day out.");
  }
  if (parkedUntil !== null && isDayOver(parkedUntil, now)) {
    return wrong("parked_until", "This day is over. Choose today or a later day.");
  }
  return undefined;
}

/** What changed of a strand, each as "the name from “a” to “b”". */
function differences(was: Strand, is: Strand): string[] {
  const before = wordsOf(was);
  return Object.entries(wordsOf(is)).flatMap(([field, [what, to]]) => {
    const from = before[field as keyof StrandFields][1];
    return from === to ? [] : [`${what} from “${from || "nothing"}” to “${to || "nothing"}”`];
  });
}

/** What people call each field, and what stands in it; empty where nothing does. */
function wordsOf(strand: Strand): Record<keyof StrandFields, [what: string, words: string]> {
  return {
    name: ["the name", strand.name],
    symptom: ["what users see", strand.symptom ?? ""],
    windowFrom: ["the start", timeInWords(strand.windowFrom)],
    windowTo: ["the end", timeInWords(strand.windowTo)],
    parkedWhy: ["why it is parked", strand.parkedWhy ?? ""],
    parkedUntil: ["the day to look again", strand.parkedUntil ?? ""],
    slice: ["the part it is about", sliceInWords(strand.slice)],
    failureType: [
      "the failure type",
      strand.failureType === null ? "what broke first" : failureTypes[strand.failureType],
    ],
  };
}

/** In UTC, as everything in the record is. */
function timeInWords(time: Date | null): string {
  return time === null ? "" : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
