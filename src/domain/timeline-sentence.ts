import type { RowReading } from "./evidence.ts";
import { isLayerId } from "./layers/index.ts";
import { levers } from "./lever.ts";
import { idInWords } from "./links.ts";
import { questionOf, readingWords } from "./opposing-answer.ts";
import { learningSentences } from "./timeline-sentence-learning.ts";
import { ledgerSentences } from "./timeline-sentence-ledger.ts";
import type { TimelineEntry, TimelineKind } from "./timeline.ts";
import {
  type EntryReader,
  lowerFirst,
  readerOf,
  said,
  saidLast,
  value,
  type Words,
  wordOf,
  words,
} from "./timeline-words.ts";
import {
  changeStates,
  confidences,
  detectionSources,
  evidenceKinds,
  phases,
  roles,
  verdictKinds,
} from "./vocabulary.ts";

/** What an entry of the timeline says, in whole sentences, without its time. */
export function timelineWords(entry: TimelineEntry): Words {
  return sentences[entry.kind](readerOf(entry));
}

const sentences: Record<TimelineKind, (entry: EntryReader) => Words> = {
  ...learningSentences,
  ...ledgerSentences,
  incident_declared: (e) =>
    words`${e.actor} declared ${said(e.text("title"))} as ${e.value("severity")}${e.isTrue("isDrill") ? ", as a drill" : ""}.`,
  impact_noticed: (e) => {
    const how = e.text("how");
    const impact = e.text("userImpact");
    const source = how ? words` (source: ${value(lowerFirst(wordOf(detectionSources, how)))})` : [];
    return words`The impact was noticed${source}${impact ? words`: ${saidLast(impact)}` : "."}`;
  },
  onset_estimated: (e) => words`Estimated onset, as ${e.actor} gave it at the declaration.`,
  channel_opened: (e) => words`The channel ${e.value("channelName")} was opened.`,
  evidence_recorded: (e) =>
    words`${e.author} gave evidence ${e.value("evidence")}, ${value(lowerFirst(wordOf(evidenceKinds, e.text("evidenceKind"))))}: ${saidLast(e.text("what"))}`,
  report_verified: (e) => {
    // entries from before other items could be taken out are all of reports
    if (e.text("isReport") === "false") {
      return e.isTrue("isVerified")
        ? words`${e.actor} took evidence ${e.value("evidence")} in again: it counts.`
        : words`${e.actor} took evidence ${e.value("evidence")} out: it counts for nothing.`;
    }
    return e.isTrue("isVerified")
      ? words`${e.actor} verified the report of evidence ${e.value("evidence")}: it counts.`
      : words`${e.actor} looked at the report of evidence ${e.value("evidence")} and could not confirm it: it does not count.`;
  },
  first_wrong_hop_set: (e) => {
    if (e.text("hop") === "") {
      return words`${e.actor} took back where the request of evidence ${e.value("evidence")} first went wrong: it is open again.`;
    }
    const layer = e.text("layer") === "" ? "not placed in a layer" : e.layer("layer");
    return words`${e.actor} said where the request of evidence ${e.value("evidence")} first went wrong: hop ${e.value("hop")}, ${said(e.text("name"))}, ${layer}.`;
  },
  answer_recorded: (e) => {
    // the second step of an answer (B2): whoever pressed answered the questions
    if (e.text("questions") !== "") {
      return words`${e.actor} answered ${e.value("questions")} of the questions of ${e.layer("layer")}.`;
    }
    const isNew = e.text("revision") === "1" || e.text("revision") === "";
    const why = e.text("sentence");
    const change = value(lowerFirst(wordOf(changeStates, e.text("change"))));
    return words`${e.author} ${isNew ? "answered" : "corrected the answer"} for ${e.layer("layer")}: ${change}.${why ? words` ${saidLast(why)}` : ""}`;
  },
  row_answered: (e) => {
    const pointsTo = e.text("pointsTo");
    const row = e.text("row");
    const reading = readingWords(
      row,
      e.text("claimedLayer"),
      e.text("reading") as RowReading,
      isLayerId(pointsTo) ? pointsTo : null,
    );
    return words`${e.author} answered ${said(questionOf(row))}, asked before ${e.layer("claimedLayer")} may be named first: ${lowerFirst(reading)}. ${saidLast(e.text("sentence"))}`;
  },
  verdict_set: (e) => {
    const confidence = e.text("confidence");
    const contribution = e.text("contribution");
    const sure = confidence
      ? words`, confidence ${value(lowerFirst(wordOf(confidences, confidence)))}`
      : [];
    return words`${e.author} set the verdict on ${e.layer("layer")}${strandOf(e)}: ${verdictOf(e)}${sure}.${contribution ? words` ${saidLast(contribution)}` : ""}`;
  },
  verdict_taken_back: (e) =>
    words`${e.author} took back the verdict on ${e.layer("layer")}${strandOf(e)}: ${verdictOf(e)}, which no longer stands.`,
  claim_refused: (e) =>
    e.text("attempted") === "set-severity"
      ? words`${e.actor} asked to lower the severity and was refused. ${sentenceOf(e)}`
      : words`${e.actor} made a claim about what broke first, and it was refused. ${sentenceOf(e)}`,
  close_refused: (e) =>
    words`${e.actor} asked to close the incident and was refused. ${sentenceOf(e)}`,
  phase_refused: (e) =>
    words`${e.actor} asked to move the incident to another phase and was refused. ${sentenceOf(e)}`,
  statement_refused: (e) =>
    words`A statement of ${e.actor} was refused, and its words were not kept. ${sentenceOf(e)}`,
  lever_recorded: (e) => {
    const what = e.text("what") || wordOf(levers, e.text("leverId"));
    const second = e.text("secondAuthorizer") ? words` and ${e.person("secondAuthorizer")}` : [];
    return words`${e.actor} recorded the lever ${said(what)}, authorized by ${e.person("authorizer")}${second}. Given up: ${saidLast(e.text("tradeoff"))}`;
  },
  lever_confirmed: (e) => words`${e.actor} confirmed having authorized ${said(e.text("what"))}.`,
  lever_declined: (e) => words`${e.actor} declined having authorized ${said(e.text("what"))}.`,
  lever_ended: (e) => {
    const how = e.text("how") === "kept" ? "kept for good" : "taken back";
    return words`${said(e.text("what"))} was ${how} by ${e.person("by")}: ${saidLast(e.text("why"))}`;
  },
  lever_condition_met: (e) =>
    words`${e.actor} said that the condition for taking back ${said(e.text("what"))} has come${e.text("condition") ? words`: ${saidLast(e.text("condition"))}` : "."}`,
  harm_signal_seen: (e) => {
    const signal = e.text("signal") ? words`, ${said(e.text("signal"))},` : [];
    const hasMoved = e.isTrue("hasMoved") ? "moved" : "did not move";
    return words`${e.actor} looked whether ${said(e.text("what"))} halts the harm: the signal${signal} ${hasMoved}.`;
  },
  no_lever_needed: (e) =>
    words`${e.actor} recorded that no lever is needed: ${saidLast(e.text("why") || e.text("reason"))}`,
  severity_changed: (e) => {
    const reason = e.text("reason");
    const cohorts = e.text("cohorts");
    if (e.text("from") === e.text("to")) {
      return words`${e.actor} said that ${e.value("to")} holds, which was only assumed until then${reason ? words`: ${saidLast(reason)}` : "."}`;
    }
    return words`${e.actor} changed the severity from ${e.value("from")} to ${e.value("to")}${reason ? words`: ${saidLast(reason)}` : "."}${cohorts ? words` Counted: ${saidLast(cohorts)}` : ""}`;
  },
  phase_changed: (e) => {
    const phase = (key: string) => value(lowerFirst(wordOf(phases, e.text(key))));
    const reason = e.text("reason");
    if (e.isTrue("isAutomatic")) {
      return words`With this the incident moved from ${phase("from")} to ${phase("to")}.`;
    }
    return words`${e.actor} moved the incident from ${phase("from")} to ${phase("to")}${reason ? words`: ${saidLast(reason)}` : "."}`;
  },
  role_changed: (e) => {
    const role = value(lowerFirst(wordOf(roles, e.text("role"))));
    if (e.text("to") === "") return words`${e.actor} left the role of ${role} open.`;
    const from = e.text("from") ? words`, after ${e.person("from")}` : [];
    if (e.isBy("to")) return words`${e.actor} took the role of ${role}${from}.`;
    return e.isBy("from")
      ? words`${e.actor} handed the role of ${role} over to ${e.person("to")}.`
      : words`${e.person("to")} has the role of ${role}${from}, recorded by ${e.actor}.`;
  },
  owner_changed: (e) => {
    if (e.text("takenBy")) {
      return words`${e.person("takenBy")} answers for ${e.layer("layer")}.`;
    }
    const owner = e.text("owner")
      ? e.person("owner")
      : e.text("group")
        ? words`group ${e.value("group")}`
        : "nobody";
    const standIn = e.text("standIn") ? words`, with ${e.person("standIn")} as stand-in` : [];
    return words`${e.actor} named ${owner} as owner of ${e.layer("layer")}${standIn}.`;
  },
  owner_reminded: (e) => {
    const what: Record<string, Words> = {
      owner: words`${e.person("userId")} was reminded to answer for ${e.layer("layer")}.`,
      "stand-in": words`${e.person("userId")} was asked to answer for ${e.layer("layer")} as stand-in.`,
      coordinator: words`${e.person("userId")} was told that nobody has answered for ${e.layer("layer")}.`,
    };
    return what[e.text("step")] ?? words`Somebody was reminded to answer for ${e.layer("layer")}.`;
  },
  strand_added: (e) =>
    words`${e.actor} added strand ${e.value("strand")}, ${said(e.text("name"))}.`,
  strand_changed: (e) => {
    const changes = e.list("changes").join("; ");
    return words`${e.actor} changed strand ${e.value("strand")}, ${said(e.text("name"))}${changes ? words`: ${value(changes)}` : ""}.`;
  },
  split_answered: (e) => {
    const why = e.text("why");
    const because = why ? words`: ${saidLast(why)}` : ".";
    if (!e.isTrue("isAccepted")) {
      return words`${e.actor} said that strand ${e.value("strand")} is one failure${because}`;
    }
    return words`${e.actor} split strand ${e.value("strand")}; strand ${value(e.list("newStrands").join(", "))} came of it${because}`;
  },
  arms_added: (e) =>
    words`${e.actor} added to the replay, evidence ${e.value("evidence")}: ${saidLast(e.list("arms").join("; "))}`,
  hypothesis_raised: (e) =>
    words`${e.actor} wrote down hypothesis ${e.value("hypothesis")}, that ${e.layer("layer")} broke first${strandOf(e)}: ${saidLast(e.text("statement"))}`,
  dissent_recorded: (e) =>
    words`${e.author} disagrees with what stands for ${e.layer("layer")}${strandOf(e)}: ${saidLast(e.text("statement"))}`,
  details_changed: (e) => {
    if (e.text("item")) {
      return words`${e.actor} corrected ${value(idInWords(e.text("item")))}: ${saidLast(e.text("text"))}`;
    }
    if (!e.text("lever")) return words`${e.actor} changed ${value(e.list("changes").join("; "))}.`;
    const signal = e.text("harmSignal");
    const saved = e.text("savedFirst");
    return words`${e.actor} completed the lever ${said(e.text("what"))}.${signal ? words` The signal to watch: ${saidLast(signal)}` : ""}${saved ? words` Saved first: ${saidLast(saved)}` : ""}${e.text("authorizer") ? words` ${e.person("authorizer")} is named as having authorized it.` : ""}`;
  },
};

function verdictOf(e: EntryReader) {
  if (e.text("verdict") === "proximate") return "broke first";
  return value(lowerFirst(wordOf(verdictKinds, e.text("verdict"))));
}

/** " in strand 2"; nothing where the reader knows of one strand only, and the entry names none. */
function strandOf(e: EntryReader): Words {
  return e.text("strand") ? words` in strand ${e.value("strand")}` : [];
}

function sentenceOf(e: EntryReader) {
  return { kind: "sentence", text: e.text("sentence") } as const;
}
