/** Pairs of quotes that keyboards and phones make, straight and curly; the first of each opens. */
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "“": "”",
  "”": "”",
  "„": "“”",
  "‘": "’",
  "’": "’",
  "‚": "‘’",
  "«": "»",
  "»": "«",
};

/**
 * A name between quotes that the text begins with, and what follows it; `quoted` is null where it begins with
 * none, or with one that nothing ends. Blanks are one blank each, and none at either end.
 */
export function readTypedName(text: string): { quoted: string | null; rest: string } {
  const all = text.replaceAll(/\s+/g, " ").trim();
  const closing = quotes[all.charAt(0)];
  // the last one that closes: a name may have an apostrophe in it
  const end = closing === undefined ? -1 : lastOf(all, closing);
  if (end < 1) return { quoted: null, rest: all };
  return { quoted: all.slice(1, end).trim(), rest: all.slice(end + 1).trim() };
}

function lastOf(text: string, marks: string): number {
  return Math.max(...Array.from(marks, (mark) => text.lastIndexOf(mark)));
}
