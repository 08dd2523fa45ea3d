import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { Mark } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";
import type { Golden } from "./learning.ts";
import { correctionEntry, refuseCorrection } from "./learning-item.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { mergeFields, refuseContested, type Shown } from "./meanwhile.ts";
import { nextNumber } from "./next-number.ts";
import { unknownReference } from "./references.ts";

export interface AddGoldenInput {
  incidentId: IncidentId;
  /** The golden to correct; null for a new one. */
  number: number | null;
  /** Null stands for every strand there is. */
  strandNumbers: number[] | null;
  /** The item of evidence that it reproduces; null where it comes from none. */
  fromEvidence: number | null;
  preconditions: string | null;
  input: string;
  passWhen: string;
  shown?: Shown;
}

/** What the form of a golden shows and corrects; no strands where it does not ask for them. */
type GoldenFields = Pick<
  AddGoldenInput,
  "strandNumbers" | "fromEvidence" | "preconditions" | "input" | "passWhen"
>;

/** These fields of a golden or of what was filled in. */
export function goldenFields(of: GoldenFields): GoldenFields {
  const { strandNumbers, fromEvidence, preconditions, input, passWhen } = of;
  return { strandNumbers, fromEvidence, preconditions, input, passWhen };
}

/**
 * Records a regression test of the failure, or corrects it. Q6: one that is made of no recorded
 * reproduction is kept, and said not to count.
 */
export const decideAddGolden: Decider<AddGoldenInput> = (state, given, by) => {
  const { number } = given;
  const standing = state.goldens.find((one) => one.number === number);
  const stands = goldenFields(standing ?? given);
  const { merged, contested } = mergeFields(given.shown, goldenFields(given), stands);
  const { fromEvidence, preconditions, input, passWhen } = merged;
  const strandNumbers = merged.strandNumbers ?? state.strands.map((strand) => strand.number);
  const rejection =
    refuseIfOver(state.incident) ??
    refuseCorrection(
      state,
      { number, standing, recorder: standing?.recorder, what: "golden" },
      by,
    ) ??
    refuseContested(contested, stands, (field) =>
      field === "input" || field === "passWhen"
        ? `${whatIs[field]} reads “${stands[field]}” now`
        : `${whatIs[field]} was changed`,
    ) ??
    unknownReference(state, {
      strandNumbers,
      evidenceNumbers: fromEvidence === null ? [] : [fromEvidence],
    }) ??
    // its input is a quotation of what was asked (B13.10)
    refuseWording({ pass_when: passWhen, preconditions });
  if (rejection) return err(rejection);

  const golden: Golden = {
    number: standing?.number ?? nextNumber(state.goldens),
    strandNumbers,
    fromEvidence,
    preconditions,
    input,
    passWhen,
    recorder: standing?.recorder ?? by.userId,
    recordedAt: standing?.recordedAt ?? by.now,
  };
  const mark = reproductionMark(golden);
  return ok({
    changes: { goldens: [golden] },
    timeline: [
      standing
        ? correctionEntry(`GP${golden.number}`, passWhen, by)
        : {
            lane: "learning",
            kind: "golden_recorded",
            happenedAt: by.now,
            actor: by.userId,
            data: {
              golden: golden.number,
              strands: strandNumbers,
              evidence: fromEvidence,
              statement: passWhen,
            },
          },
    ],
    effects: [
      postMessage(state.incident.id, { kind: "learning", item: "golden", number: golden.number }),
      updatePanel(state.incident.id),
    ],
    outcome: {
      sentence: `${standing ? "Corrected" : "Recorded"} golden ${golden.number}.`,
      incidentId: state.incident.id,
      ...(mark ? { isShown: true, marks: [mark] } : {}),
    },
  });
};

const whatIs: Record<keyof GoldenFields, string> = {
  strandNumbers: "the choice of strands",
  fromEvidence: "the failure that it reproduces",
  preconditions: "what must hold before",
  input: "what is asked or done",
  passWhen: "when it passes",
};

/** Q6: a golden counts once it is made of a recorded reproduction; what is said of one that is not. */
export function reproductionMark({ fromEvidence }: Golden): Mark | undefined {
  if (fromEvidence !== null) return undefined;
  return {
    id: "flag:Q6:reproduction_trace",
    sentence:
      "It does not count as the regression test of this incident yet, because it is made of no recorded failure. Record the failing request as evidence, then correct the golden and choose that item.",
  };
}
