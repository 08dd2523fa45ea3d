import type { TimelineEntry } from "#src/domain/timeline.ts";
import { timelineWords } from "#src/domain/timeline-sentence.ts";
import type { Word, Words } from "#src/domain/timeline-words.ts";
import { dateTime, linkTo, mention, mrkdwn, type Mrkdwn, oneLine } from "./block-kit.ts";

/** What an entry says, in Slack's markup; each thing that people wrote on one line of at most `most` characters. */
export function entrySentence(entry: TimelineEntry, most = 300): Mrkdwn {
  return inSlack(timelineWords(entry), most);
}

/** Words in Slack's markup: what people wrote is escaped, people are shown by name. */
function inSlack(words: Words, most = 300): Mrkdwn {
  return { mrkdwn: words.map((word) => asMrkdwn(word, most).mrkdwn).join("") };
}

function asMrkdwn(word: Word, most: number): Mrkdwn {
  if (typeof word === "string") return mrkdwn`${word}`;
  switch (word.kind) {
    case "person":
      return mention(word.userId);
    case "value":
      return mrkdwn`${oneLine(word.text, most)}`;
    case "said":
      return mrkdwn`“${oneLine(word.text, most)}”`;
    case "saidLast":
      return mrkdwn`“${oneLine(word.text, most)}”${endOf(oneLine(word.text, most))}`;
    case "sentence":
      return mrkdwn`${oneLine(word.text, most)}${endOf(oneLine(word.text, most))}`;
    case "time":
      return dateTime(word.at);
    case "link":
      return isWebAddress(word.url) ? linkTo(word.url, word.label) : mrkdwn`${word.label}`;
  }
}

/** A stop, unless the words bring their own. */
function endOf(text: string): string {
  return /[.!?…]$/.test(text) ? "" : ".";
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//.test(url);
}
