import { idInWords } from "./links.ts";
import type { TimelineKind } from "./timeline.ts";
import {
  type EntryReader,
  lowerFirst,
  said,
  saidLast,
  value,
  type Words,
  wordOf,
  words,
} from "./timeline-words.ts";
import { detectionQuestions, factorCategories, gapKinds } from "./vocabulary.ts";

/** Sentences of what people note and learn, and of how an incident ends. The others: `timeline-sentence.ts`. */
export const learningSentences = {
  note_added: (e) => words`${e.actor} noted: ${saidLast(e.text("text"))}`,
  message_pinned: (e) => {
    const name = e.text("authorName");
    const author = e.text("author") ? e.person("author") : name ? value(name) : "Another app";
    const files = e.list("files");
    const withFiles = files.length > 0 ? words` With ${value(files.join(", "))}.` : [];
    const link = e.text("link");
    const where = link ? words` (${{ kind: "link", url: link, label: "message" }})` : [];
    return e.text("text") === ""
      ? words`${author} posted ${files.length > 0 ? value(files.join(", ")) : "a message without text"}${where}.`
      : words`${author} wrote${where}: ${saidLast(e.text("text"))}${withFiles}`;
  },
  entry_corrected: (e) =>
    words`${e.actor} corrected entry ${e.value("entry")}${e.text("reason") ? words`: ${saidLast(e.text("reason"))}` : "."}`,
  entry_withdrawn: (e) =>
    words`${e.actor} took entry ${e.value("entry")} out of the timeline${e.text("reason") ? words`: ${saidLast(e.text("reason"))}` : "."}`,
  update_posted: (e) => words`${e.actor} posted an update: ${saidLast(e.text("text"))}`,
  update_snoozed: (e) => words`${e.actor} put the next update off until ${e.time("untilAt")}.`,
  action_recorded: (e) =>
    words`${e.actor} recorded corrective action ${e.value("action")}, ${said(e.text("title"))}, owned by ${e.person("owner")} and due on ${e.value("dueOn")}.`,
  action_released: (e) =>
    words`Corrective action ${e.value("action")} is no longer provisional: every layer of its strand is examined.`,
  issue_filed: (e) => {
    const url = e.text("url");
    const issue = `issue ${e.text("issueNumber")}`;
    return words`Corrective action ${e.value("action")} was filed as ${url ? { kind: "link", url, label: issue } : value(issue)}.`;
  },
  gap_recorded: (e) =>
    words`${e.actor} recorded gap ${e.value("gap")}, ${value(lowerFirst(wordOf(gapKinds, e.text("gapKind"))))}: ${saidLast(e.text("statement"))}`,
  factor_recorded: (e) => {
    const category = e.text("category");
    const ofCategory = category
      ? words`, ${value(lowerFirst(wordOf(factorCategories, category)))}`
      : [];
    return words`${e.actor} recorded contributing factor ${e.value("factor")}${ofCategory}: ${saidLast(e.text("statement"))}`;
  },
  golden_recorded: (e) => {
    const evidence = e.text("evidence");
    const statement = e.text("statement") || e.text("input");
    return words`${e.actor} recorded golden ${e.value("golden")}${evidence ? words`, made from evidence ${value(evidence)}` : ""}${statement ? words`: ${saidLast(statement)}` : "."}`;
  },
  risk_accepted: (e) => {
    const about = e.list("addresses").map(idInWords).join(", ");
    return words`${e.actor} accepted a risk${about ? words` for ${value(about)}` : ""}: ${saidLast(e.text("statement"))}`;
  },
  detection_answered: (e) =>
    words`${e.actor} answered ${said(wordOf(detectionQuestions, e.text("question")))}: ${saidLast(e.text("answer"))}`,
  link_made: (e) => {
    const [from, to] = [value(idInWords(e.text("from"))), value(idInWords(e.text("to")))];
    return e.isTrue("isUndone")
      ? words`${e.actor} undid the link from ${from} to ${to}.`
      : words`${e.actor} linked ${from} to ${to}.`;
  },
  similar_answered: (e) => {
    const other = words`incident ${e.value("number")}`;
    switch (e.text("answer")) {
      case "dismissed":
        return words`${e.actor} said that ${other} is not the same failure.`;
      case "reopened":
        return words`${e.actor} reopened ${other}, because this one looks the same.`;
      default:
        return words`${e.actor} linked this incident with ${other}.`;
    }
  },
  incident_closed: (e) => {
    const approver = e.text("approver") ? words`, approved by ${e.person("approver")}` : [];
    return e.text("closedAs") === "undetermined"
      ? words`${e.actor} closed the incident without knowing what broke first${approver}.`
      : words`${e.actor} closed the incident${approver}.`;
  },
  incident_cancelled: (e) =>
    words`${e.actor} cancelled the incident: ${saidLast(e.text("why") || e.text("reason"))}`,
  incident_reopened: (e) =>
    words`${e.actor} reopened the incident: ${saidLast(e.text("why") || e.text("reason"))}`,
  drill_removed: (e) =>
    words`${e.actor} took the drill away${e.text("why") ? words`: ${saidLast(e.text("why"))}` : "."}`,
  incident_repaired: (e) => {
    const made = e.list("made");
    return made.length === 0
      ? words`${e.actor} had the incident checked for missing parts.`
      : words`${e.actor} had missing parts made again: ${{ kind: "sentence", text: made.join(" ") }}`;
  },
  postmortem_proposed: (e) => {
    const url = e.text("url");
    return words`This postmortem was proposed as ${url ? { kind: "link", url, label: "a pull request" } : "a pull request"}.`;
  },
  postmortem_attached: () => words`The postmortem was attached to the channel as a file.`,
} as const satisfies Partial<Record<TimelineKind, (entry: EntryReader) => Words>>;
