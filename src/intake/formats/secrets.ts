import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

/** Stands where a secret stood. */
export const mask = "[secret]";

/**
 * These texts with every secret masked, in their order, and how many were found. Secretlint knows the keys
 * of many services by their form; what it leaves alone in plain text is looked for beside it: bearer tokens,
 * JSON web tokens, ids of AWS keys, passwords behind their names, and private keys whose line breaks are
 * written as text or whose end was cut off.
 */
export async function maskSecrets(
  texts: readonly string[],
): Promise<{ texts: string[]; masked: number }> {
  // one run over all of them: looking at each costs more than reading it
  const whole = texts.join(between);
  const found = [...(await rangesOfSecretlint(whole)), ...ownRanges(texts)];
  const merged = mergedRanges(found);
  const masked: string[] = [];
  let start = 0;
  let next = 0;
  let count = 0;
  for (const text of texts) {
    const end = start + text.length;
    let kept = "";
    let at = start;
    while (next < merged.length && merged[next]!.from < end) {
      const { from, to } = merged[next]!;
      if (to > start) {
        kept += whole.slice(at, Math.max(at, from)) + mask;
        count += 1;
        at = Math.min(to, end);
      }
      // a range that goes on is the next text's, too
      if (to > end) break;
      next += 1;
    }
    masked.push(kept + whole.slice(at, end));
    start = end + between.length;
  }
  return { texts: masked, masked: count };
}

/** No pattern of a secret goes over it. */
const between = "\n\u0000\n";

interface Range {
  from: number;
  to: number;
}

async function rangesOfSecretlint(content: string): Promise<Range[]> {
  const { messages } = await lintSource({
    source: { filePath: "text.txt", content, ext: ".txt", contentType: "text" },
    options: {
      noPhysicFilePath: true,
      config: {
        rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator, options: {} }],
      },
    },
  });
  return messages.map(({ range: [from, to] }) => ({ from, to }));
}

/**
 * What secretlint does not look for by itself. A group named `secret` is what is masked; without one, all
 * of it. None of them can be made slow: every repetition is over one class and bounded.
 */
const patterns: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /\b(?:bearer|basic|token)\s+(?<secret>[\w+/~.=-]{16,4096})/gi,
  /\beyJ[\w-]{8,4096}\.[\w-]{8,4096}(?:\.[\w-]{1,4096})?/g,
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\bsk-[\w-]{20,400}/g,
  /\bAIza[\w-]{35}/g,
  /\b(?:api[_-]?key|apikey|access[_-]?key|secret(?:[_-]?key)?|client[_-]?secret|password|passwd|pwd|access[_-]?token|auth[_-]?token|refresh[_-]?token|session[_-]?token|token|sig|signature)\\{0,3}["']?\s{0,3}[:=]\s{0,3}\\{0,3}["']?(?<secret>[^\s"'\\&,;<>]{8,4096})/gi,
];

function ownRanges(texts: readonly string[]): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const text of texts) {
    for (const pattern of patterns) {
      for (const match of text.matchAll(pattern)) {
        const secret = match.groups?.["secret"] ?? match[0];
        const from = start + match.index + match[0].length - secret.length;
        ranges.push({ from, to: from + secret.length });
      }
    }
    start += text.length + between.length;
  }
  return ranges;
}

/** In their order, what touches or overlaps as one. */
function mergedRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}
