import fc from "fast-check";

/** What people type, up to `max` characters: never blank, trimmed at its ends. */
export function anyText(max: number): fc.Arbitrary<string> {
  const nasty = fc.constantFrom("&", "<", "😀", "﷽", "x", "\u202E", "*", "`", "|", "<!channel> ");
  const repeated = fc
    .tuple(nasty, fc.integer({ min: 1, max }))
    .map(([piece, length]) => piece.repeat(Math.max(1, Math.floor(length / piece.length))));
  const typed = fc.string({ unit: "grapheme", minLength: 1, maxLength: Math.min(max, 80) });
  return fc
    .oneof(repeated, typed)
    .map((text) => text.slice(0, max).toWellFormed().trim())
    .map((text) => (/^[\s\p{Cc}\p{Cf}]*$/u.test(text) ? "x" : text));
}
