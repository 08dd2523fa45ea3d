import type { RowReading } from "#src/domain/evidence.ts";
import { levers } from "#src/domain/lever.ts";
import { isLayerId, type LayerId, layers } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry, TimelineKind } from "#src/domain/timeline.ts";
import {
  changeStates,
  confidences,
  detectionSources,
  evidenceKinds,
  verdictKinds,
} from "#src/domain/vocabulary.ts";
import { inline, link } from "./github-markdown.ts";
import { questionOf, readingWords } from "./opposing-answer.ts";
import type { Names } from "./record.ts";
import { lowerFirst, nameOf, said, saidLast, sentence } from "./words.ts";

/** One entry of the timeline as Markdown of one line, whole sentences, without its time. */
export function timelineSentence(entry: TimelineEntry, names: Names): string {
  return sentences[entry.kind](readerOf(entry, names));
}

/** What a sentence is written from. What an entry does not hold reads as empty text. */
interface Reader {
  /** Who did it. */
  actor: string;
  /** Who says so, and in brackets who recorded it, where that is somebody else. */
  author: string;
  text(key: string): string;
  /** The name of the person under this key. */
  person(key: string): string;
  /** The layer under this key: its label. */
  layer(key: string): string;
  opposing: { row: string; reading: RowReading; pointsTo: LayerId | null };
}

const sentences: Record<TimelineKind, (entry: Reader) => string> = {
  incident_declared: (e) =>
    `${e.actor} declared ${said(e.text("title"))} as ${inline(e.text("severity"))}${e.text("isDrill") === "true" ? ", as a drill" : ""}.`,
  impact_noticed: (e) => {
    const how = wordOf(detectionSources, e.text("how"));
    const impact = e.text("userImpact");
    return `The impact was noticed${how ? ` (source: ${lowerFirst(how)})` : ""}${impact ? `: ${saidLast(impact)}` : "."}`;
  },
  onset_estimated: (e) => `Estimated onset, as ${e.actor} gave it at the declaration.`,
  channel_opened: (e) => `The channel ${inline(e.text("channelName"))} was opened.`,
  evidence_recorded: (e) =>
    `${e.author} gave evidence ${inline(e.text("evidence"))}, ${lowerFirst(wordOf(evidenceKinds, e.text("evidenceKind")))}: ${saidLast(e.text("what"))}`,
  answer_recorded: (e) => {
    const isNew = e.text("revision") === "1" || e.text("revision") === "";
    const why = e.text("sentence");
    return `${e.author} ${isNew ? "answered" : "corrected the answer"} for ${e.layer("layer")}: ${lowerFirst(wordOf(changeStates, e.text("change")))}.${why ? ` ${saidLast(why)}` : ""}`;
  },
  row_answered: (e) => {
    const { row, reading, pointsTo } = e.opposing;
    const words = readingWords(row, e.text("claimedLayer"), reading, pointsTo);
    return `${e.author} answered ${said(questionOf(row))}, asked before ${e.layer("claimedLayer")} may be named first: ${lowerFirst(words)}. ${saidLast(e.text("sentence"))}`;
  },
  verdict_set: (e) => {
    const confidence = wordOf(confidences, e.text("confidence"));
    const contribution = e.text("contribution");
    return `${e.author} set the verdict on ${e.layer("layer")} in strand ${inline(e.text("strand"))}: ${lowerFirst(wordOf(verdictKinds, e.text("verdict")))}${confidence ? `, confidence ${lowerFirst(confidence)}` : ""}.${contribution ? ` ${saidLast(contribution)}` : ""}`;
  },
  verdict_taken_back: (e) =>
    `${e.author} took back the verdict on ${e.layer("layer")} in strand ${inline(e.text("strand"))}: ${lowerFirst(wordOf(verdictKinds, e.text("verdict")))}, which no longer stands.`,
  claim_refused: (e) =>
    `${e.actor} made a claim about what broke first, and it was refused. ${sentence(e.text("sentence"))}`,
  close_refused: (e) =>
    `${e.actor} asked to close the incident and was refused. ${sentence(e.text("sentence"))}`,
  lever_recorded: (e) => {
    const what = e.text("what") || wordOf(levers, e.text("leverId"));
    return `${e.actor} recorded the lever ${said(what)}, authorized by ${e.person("authorizer")}. Given up: ${saidLast(e.text("tradeoff"))}`;
  },
  lever_confirmed: (e) => `${e.actor} confirmed having authorized ${said(e.text("what"))}.`,
  lever_declined: (e) => `${e.actor} declined having authorized ${said(e.text("what"))}.`,
  lever_ended: (e) => {
    const how = e.text("how") === "kept" ? "kept for good" : "taken back";
    return `${said(e.text("what"))} was ${how} by ${e.person("by")}: ${saidLast(e.text("why"))}`;
  },
  action_recorded: (e) =>
    `${e.actor} recorded corrective action ${inline(e.text("action"))}, ${said(e.text("title"))}, owned by ${e.person("owner")} and due on ${inline(e.text("dueOn"))}.`,
  issue_filed: (e) => {
    const issue = `issue ${inline(e.text("issueNumber"))}`;
    return `Corrective action ${inline(e.text("action"))} was filed as ${link(issue, e.text("url")) ?? issue}.`;
  },
  incident_closed: (e) => {
    const approver = e.text("approver") ? `, approved by ${e.person("approver")}` : "";
    return e.text("closedAs") === "undetermined"
      ? `${e.actor} closed the incident without knowing what broke first${approver}.`
      : `${e.actor} closed the incident${approver}.`;
  },
  postmortem_proposed: (e) => {
    const pull = link("a pull request", e.text("url")) ?? "a pull request";
    return `This postmortem was proposed as ${pull}.`;
  },
};

function readerOf(entry: TimelineEntry, names: Names): Reader {
  const text = (key: string): string => String(entry.data[key] ?? "");
  const person = (key: string): string => nameOf(names, text(key) as UserId);
  const actor = nameOf(names, entry.actor);
  const isOwnWord = !text("author") || text("author") === entry.actor;
  const pointsTo = text("pointsTo");
  return {
    actor,
    author: isOwnWord ? actor : `${person("author")} (recorded by ${actor})`,
    text,
    person,
    layer: (key) => labelOfLayer(text(key)),
    opposing: {
      row: text("row"),
      reading: text("reading") as RowReading,
      pointsTo: isLayerId(pointsTo) ? pointsTo : null,
    },
  };
}

function labelOfLayer(id: string): string {
  return isLayerId(id) ? layers[id].label : inline(id);
}

/** What people see for an id of a closed list; the id itself where it is not on it. */
function wordOf(list: Readonly<Record<string, string | { label: string }>>, id: string): string {
  const word = Object.hasOwn(list, id) ? list[id] : undefined;
  return inline((typeof word === "string" ? word : word?.label) ?? id);
}
