/** One sentence of a text, with what stands between it and the next, so that the text can be put together again. */
export interface Sentence {
  /** As the person wrote it, without the white space after it. */
  text: string;
  /** The same, with what it quotes put as one word, `QUOTE`: a quote is not the writer's own claim. */
  claim: string;
  /** The white space after it. */
  gap: string;
}

/** What is written before a quote that the writer makes their own: “Root cause: "human error"”. */
const makesItsOwn =
  /(?:cause|conclusion|verdict|explanation|diagnosis|finding|ursache|fazit)(?: is| was)?[:=]?\s*$/i;

/** Quotes of all kinds, code and quoted lines. Each is bounded, so that an open mark costs little. */
const quotes =
  /```[^`]{1,3000}```|`[^re`\n]{1,500}`|"[^"]{1,1000}"|“[^”“]{1,1000}”|„[^“”"]{1,1000}[“”"]|«[^»]{1,1000}»|‘[^’\n]{1,500}’(?!\p{L})|(?<=^|[\s(:,])'(?:[^'\n]|'(?=\p{L})){2,200}'(?!\p{L})|^[ \t]*(?:>|&gt;)[^\n]*/gmu;

/** A full stop after one of these does not end a sentence. */
const abbreviations =
  /(?:^|[\s(])(?:e\.g|i\.e|a\.m|p\.m|approx|vs|nr|no|fig|dr|mr|mrs|ms|prof|z\.\s?b|u\.\s?a|d\.\s?h|bzw|ca|\d{1,2})\.$/i;

const blank = "\uE000";

/** The sentences of a text in their order; a line break ends a sentence too. Joined with their gaps they are the text. */
export function sentencesOf(text: string): Sentence[] {
  const masked = text.replaceAll(quotes, (quote, ...rest: unknown[]) => {
    const at = rest.find((one): one is number => typeof one === "number") ?? 0;
    return makesItsOwn.test(text.slice(Math.max(0, at - 40), at))
      ? quote
      : blank.repeat(quote.length);
  });
  const sentences: Sentence[] = [];
  let start = 0;
  for (const end of endsOf(masked)) {
    const whole = text.slice(start, end);
    const kept = whole.trimEnd();
    const claim = masked.slice(start, start + kept.length).replaceAll(/\uE000+/gu, " QUOTE ");
    sentences.push({ text: kept, claim, gap: whole.slice(kept.length) });
    start = end;
  }
  return sentences;
}

/** Where sentences end, the white space after them included; the last one is the end of the text. */
function endsOf(masked: string): number[] {
  const ends: number[] = [];
  for (const { index, 0: mark } of masked.matchAll(/[.!?…]["'”’)\]]{0,3}\s+|\n\s*/g)) {
    const before = masked.slice(Math.max(0, index - 12), index + 1);
    const isStop = mark.startsWith(".") && !mark.includes("\n");
    if (isStop && abbreviations.test(before)) continue;
    ends.push(index + mark.length);
  }
  if (ends.at(-1) !== masked.length) ends.push(masked.length);
  return ends;
}
