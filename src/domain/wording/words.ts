import { actorAt, markActors, type Word } from "./actors.ts";

/**
 * A sentence as the rules read it: lower case, contractions written out, one space around each word and
 * each mark, actors put as their kind (`NAME`, `MODEL`, …), ` $ ` at the end.
 */
export function readable(claim: string): string {
  return `${markActors(wordsOf(claim))}$ `;
}

/** The people that a sentence names, each as it was written. */
export function namesIn(claim: string): string[] {
  const words = wordsOf(claim);
  return words.flatMap(({ raw }, at) => {
    const { actor, length } = actorAt(words, at);
    if (actor !== "NAME") return [];
    const surname = words[at + 1]?.raw;
    return length === 2 && surname !== undefined ? [raw, surname] : [raw];
  });
}

const wordOrMark =
  /<@[\w|.-]{1,60}>|@[\p{L}\d_.-]{2,60}|'s(?![\p{L}\d])|[\p{L}\p{N}][\p{L}\p{N}_/%+-]*(?:['.][\p{L}\p{N}_]+)*|[,;:()?!%–—=]/gu;

function wordsOf(claim: string): Word[] {
  const plain = claim
    .normalize("NFC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/[’‘`´]/g, "'")
    .replaceAll(/(?<=\d),(?=\d{3})/g, "")
    // a time is one word, its colon ends no clause
    .replaceAll(/(?<=\d):(?=\d\d)/g, ".")
    .replaceAll(/'s(?![\p{L}\d])/gu, " 's")
    .replaceAll(/\s-{1,2}\s/g, " – ");
  const words: Word[] = [];
  for (const [raw] of plain.matchAll(wordOrMark)) {
    for (const part of writtenOut(raw)) words.push({ raw: part, lower: part.toLowerCase() });
  }
  return words;
}

const auxiliaries: readonly [RegExp, (start: string) => string][] = [
  [/^can['o]?t$/, () => "can not"],
  [/^cannot$/, () => "can not"],
  [/^won't$/, () => "will not"],
  [
    /^(did|does|do|is|was|were|are|has|have|had|should|could|would|must)n'?t$/,
    (start) => `${start} not`,
  ],
  [/^(should|could|would|must|might)(?:'ve|a)$/, (start) => `${start} have`],
  [/^(i|we|they|you)'(?:ve|re|m|d|ll)$/, (start) => start],
  [/^(he|she|it|that|this|there|what|who)'d$/, (start) => `${start} had`],
];

const mayBeShort = /'|t$|a$/;

/** `didn't` as `did not`; French elisions (`l'index`) as two words. */
function writtenOut(raw: string): string[] {
  if (!mayBeShort.test(raw)) return [raw];
  const lower = raw.toLowerCase();
  for (const [form, full] of auxiliaries) {
    const found = form.exec(lower);
    if (found) return full(found[1] ?? "").split(" ");
  }
  const elision = /^(l|d|qu|n|s|j|m)'(.+)$/i.exec(raw);
  return elision ? [elision[1] ?? "", elision[2] ?? ""] : [raw];
}
