import { withoutOthersClaims } from "./wording/claims.ts";
import { isModelConclusion } from "./wording/model-conclusion.ts";
import { isPersonCause } from "./wording/person-cause.ts";
import { rewriteOf } from "./wording/rewrite.ts";
import { type Sentence, sentencesOf } from "./wording/sentences.ts";
import { readable } from "./wording/words.ts";

export type WordingFaultKind = "person_as_cause" | "model_as_conclusion";

/** What R12 refuses in a text, with other words for it. */
export interface WordingFault {
  kind: WordingFaultKind;
  /** The first sentence at fault, as it was written, at most 200 characters. */
  excerpt: string;
  /** Tells the writer in one sentence what to do. */
  sentence: string;
  /** The whole text again: sentences that are fine as they were, the others told by role and condition. */
  rewrite: string;
}

/**
 * R12 (B3): a person as cause, or “the model hallucinated” as conclusion, in a text of at most 3,000
 * characters; undefined where neither is. Quotes, other people's claims and refused hypotheses are no
 * claims of the writer. Words cannot prove who is blamed: what is found wrongly costs one press.
 */
export function checkWording(text: string): WordingFault | undefined {
  const judged = sentencesOf(text).map((sentence) => ({ sentence, kinds: faultsOf(sentence) }));
  const first = judged.find(({ kinds }) => kinds.length > 0);
  const kind = first?.kinds[0];
  if (!first || !kind) return undefined;
  const excerpt = first.sentence.text;
  return {
    kind,
    excerpt: excerpt.length > 200 ? `${excerpt.slice(0, 199).trimEnd()}…` : excerpt,
    sentence: whatToDo[kind],
    rewrite: rewriteOf(judged, isFine),
  };
}

const whatToDo: Record<WordingFaultKind, string> = {
  person_as_cause:
    "Write what made this possible, such as a missing check or an unclear setting, and leave out who did it.",
  model_as_conclusion:
    "Write what came out and for which input, and leave out the model as the reason until the other layers are ruled out.",
};

function isFine(text: string): boolean {
  return sentencesOf(text).every((sentence) => faultsOf(sentence).length === 0);
}

function faultsOf({ claim }: Sentence): WordingFaultKind[] {
  const sentence = withoutOthersClaims(readable(claim));
  const kinds: WordingFaultKind[] = [];
  if (isPersonCause(sentence)) kinds.push("person_as_cause");
  if (isModelConclusion(sentence)) kinds.push("model_as_conclusion");
  return kinds;
}
