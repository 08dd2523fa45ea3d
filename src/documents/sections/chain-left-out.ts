import { listInWords } from "#src/domain/words.ts";
import { rangesInWords } from "#src/documents/words.ts";

interface Numbered {
  number: number;
}

/** Things of one kind that the record holds, the numbers of those in the drawing, and where all are told. */
export interface Drawable {
  word: string;
  items: readonly Numbered[];
  drawn: readonly number[];
  where: string;
}

/**
 * "Not drawn: factors 4 and 5 (see …) and gaps 1 to 3 (see …).": what a drawing leaves out, so that nobody
 * takes it for all there is. Empty where it leaves out nothing.
 */
export function leftOut(kinds: readonly Drawable[]): string[] {
  const left = kinds.flatMap(({ word, items, drawn, where }) => {
    const missing = items.filter(({ number }) => !drawn.includes(number));
    return missing.length > 0 ? [`${numbered(word, missing)} (see ${where})`] : [];
  });
  return left.length > 0 ? [`Not drawn: ${listInWords(left)}.`] : [];
}

/** "factors 1 to 3 and 5", "gap 2", "evidence 4 and 7". */
export function numbered(word: string, items: readonly Numbered[]): string {
  const numbers = [...new Set(items.map(({ number }) => number))];
  const plural = numbers.length > 1 && word !== "evidence" ? "s" : "";
  return `${word}${plural} ${rangesInWords(numbers)}`;
}
