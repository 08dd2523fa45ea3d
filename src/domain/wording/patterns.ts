/** The source of a regular expression over several lines: backslashes as they are, line breaks and indents left out. */
export function re(strings: TemplateStringsArray, ...values: string[]): string {
  return String.raw(strings, ...values).replaceAll(/\n\s*/g, "");
}

/** Alternatives as one group of a regular expression. */
export function anyOf(...sources: string[]): string {
  return `(?:${sources.join("|")})`;
}

/** Whole words of a sentence in the form that `readable` gives: a space before, a space after. */
export function pattern(source: string): RegExp {
  return new RegExp(` (?:${source})(?:(?= )|(?<= ))`, source.includes(String.raw`\p{`) ? "u" : "");
}

/** A list of words, one space or line break between them. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
