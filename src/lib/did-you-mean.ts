import { closest, distance } from "fastest-levenshtein";

/** The known word nearest to a mistyped one; undefined where none is near (more than two edits, or more than half of it). */
export function didYouMean(word: string, known: string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(word, known);
  const edits = distance(word, nearest);
  return edits <= 2 && edits * 2 <= word.length ? nearest : undefined;
}
