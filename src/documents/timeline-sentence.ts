import type { TimelineEntry } from "#src/domain/timeline.ts";
import { timelineWords } from "#src/domain/timeline-sentence.ts";
import type { Word } from "#src/domain/timeline-words.ts";
import { inline, link } from "./github-markdown.ts";
import type { Names } from "./record.ts";
import { utcTime } from "./times.ts";
import { nameOf, said, saidLast, sentence } from "./words.ts";

/** One entry of the timeline as Markdown of one line, whole sentences, without its time. */
export function timelineSentence(entry: TimelineEntry, names: Names): string {
  return timelineWords(entry)
    .map((word) => asMarkdown(word, names))
    .join("");
}

function asMarkdown(word: Word, names: Names): string {
  if (typeof word === "string") return word;
  switch (word.kind) {
    case "person":
      return nameOf(names, word.userId);
    case "value":
      return inline(word.text);
    case "said":
      return said(word.text);
    case "saidLast":
      return saidLast(word.text);
    case "sentence":
      return sentence(word.text);
    case "time":
      return utcTime(word.at);
    case "link":
      return link(inline(word.label), word.url) ?? inline(word.label);
  }
}
