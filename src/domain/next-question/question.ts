import type { IncidentState } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";

/**
 * What each kind of question takes of the person who answers it, in minutes, and why. Rough on purpose: only
 * their order decides.
 */
export const efforts = {
  rule_out: { minutes: 0.25, why: "one press" },
  answer: { minutes: 0.5, why: "one choice and a tick" },
  verdict: { minutes: 1, why: "one form" },
  split: { minutes: 2, why: "a look at what differs" },
  row: { minutes: 2, why: "a look and a sentence" },
  clear: { minutes: 5, why: "two versions or one trace" },
  evidence: { minutes: 5, why: "one thing that was seen" },
  cohorts: { minutes: 10, why: "one query" },
  reverse: { minutes: 10, why: "one more arm" },
  replay: { minutes: 20, why: "a saved request, run again" },
  last: { minutes: 20, why: "a second look" },
} as const satisfies Record<string, { minutes: number; why: string }>;
export type QuestionKind = keyof typeof efforts;

/** The next thing to find out in a strand, and the form or press that answers it. */
export interface NextQuestion {
  /** One for each question of a strand: "split", "answer:model", "row:RD1". */
  id: string;
  kind: QuestionKind;
  strandNumber: number;
  /** The layer it is about; null where it is about the strand. */
  layer: LayerId | null;
  /** The layer whose owner can say; null: anybody may. */
  asks: LayerId | null;
  /** One or two sentences that begin with "Next:". */
  sentence: string;
  /** How many of the open possibilities its answer can remove, and how many there are. */
  removes: number;
  open: number;
  /** Whose form or press it is: the callback_id or action_id, the button's words, what it is opened with. */
  opens: { formId: string; label: string; layers: LayerId[]; word?: string };
}

/** What a question is asked about: a strand, and the layers that may still be what broke first in it. */
export interface Asking {
  state: IncidentState;
  strandNumber: number;
  open: readonly LayerId[];
  /** " in strand 2"; empty where there is one. */
  where: string;
}

/** One question of this strand. */
export function question(
  { strandNumber, open }: Asking,
  given: Omit<NextQuestion, "strandNumber" | "open" | "layer" | "asks"> &
    Partial<Pick<NextQuestion, "layer" | "asks">>,
): NextQuestion {
  return { layer: null, asks: null, ...given, strandNumber, open: open.length };
}

/** 1 where the layer is an open possibility, else 0: what its answer can remove. */
export function isOpen({ open }: Asking, layer: LayerId): number {
  return Number(open.includes(layer));
}

/** Opens the form of evidence; `word`: the kind that is asked for. */
export function evidenceForm(kind: EvidenceKind | undefined): NextQuestion["opens"] {
  return {
    formId: "add-evidence",
    label: "Add evidence",
    layers: [],
    ...(kind === undefined ? {} : { word: kind }),
  };
}

/** " in strand 2"; empty where there is one. */
export function strandWords({ strands }: IncidentState, strandNumber: number): string {
  return strands.length > 1 ? ` in strand ${strandNumber}` : "";
}
