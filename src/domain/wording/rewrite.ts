import { conditionOf, withoutConclusion } from "./conditions.ts";
import type { Sentence } from "./sentences.ts";
import { namesIn } from "./words.ts";

/** A sentence and what R12 finds in it; both kinds where it blames a person and ends at the model. */
export interface JudgedSentence {
  sentence: Sentence;
  kinds: readonly ("person_as_cause" | "model_as_conclusion")[];
}

/** The free texts that R12 reads are no longer than this. */
const longest = 3000;

/** What stands for a person as cause where the sentence does not tell which condition it was. */
const unknownCondition =
  "Something in the process or the tools made this possible; what it was is not recorded yet.";
const unknownReason = "The output was wrong; why is not established yet.";

/**
 * The whole text by role and condition: sentences without a fault as they were, the others told by what
 * was or was not done, without who, and with the reason left open. Nothing is added that the text does
 * not say. Tries the fullest form first; at most 3,000 characters, and `isFine` by R12.
 */
export function rewriteOf(
  judged: readonly JudgedSentence[],
  isFine: (text: string) => boolean,
): string {
  const blamed = judged.flatMap(({ sentence, kinds }) =>
    kinds.length > 0 ? namesIn(sentence.claim) : [],
  );
  const forms: ((one: JudgedSentence) => string[])[] = [
    (one) => inOtherWords(one, isFine),
    ({ kinds }) => kinds.map((kind) => openQuestion[kind]),
    () => [],
  ];
  for (const form of forms) {
    const text = joined(judged, form, blamed);
    if (text !== "" && text.length <= longest && isFine(text)) return text;
  }
  return unknownCondition;
}

const openQuestion = {
  person_as_cause: unknownCondition,
  model_as_conclusion: unknownReason,
} as const;

/** One sentence in other words: one or two, the open question where no better words are found. */
function inOtherWords(one: JudgedSentence, isFine: (text: string) => boolean): string[] {
  const { text, claim } = one.sentence;
  const isQuoting = claim.includes("QUOTE");
  return one.kinds.flatMap((kind) => {
    const rewritten = kind === "person_as_cause" ? conditionOf(text) : withoutConclusion(text);
    const isUsable = !isQuoting && rewritten.length > 0 && isFine(rewritten.join(" "));
    return isUsable ? rewritten : [openQuestion[kind]];
  });
}

function joined(
  judged: readonly JudgedSentence[],
  form: (one: JudgedSentence) => string[],
  blamed: readonly string[],
): string {
  const said = new Set<string>();
  let text = "";
  for (const one of judged) {
    const { sentence, kinds } = one;
    if (kinds.length === 0) {
      text += withoutNames(sentence, blamed) + sentence.gap;
      continue;
    }
    // the same open question is asked once
    const fresh = form(one).filter((words) => !said.has(words));
    for (const words of fresh) said.add(words);
    text += fresh.join(" ") + (fresh.length > 0 ? sentence.gap || " " : "");
  }
  return text.trim();
}

/** Who is blamed in one sentence is not named in the next; what is quoted stays as it was said. */
function withoutNames({ text, claim }: Sentence, blamed: readonly string[]): string {
  if (claim.includes("QUOTE")) return text;
  const rest = blamed.reduce(
    (rest, name) =>
      rest.replaceAll(
        new RegExp(`(?<![\\p{L}\\d])${escaped(name)}(?![\\p{L}\\d])`, "giu"),
        "a colleague",
      ),
    text,
  );
  return rest === text ? text : rest.replace(/^a colleague/, "A colleague");
}

/** A name or a mention as part of a regular expression. */
function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
