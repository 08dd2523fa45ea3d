import type { Answer } from "#src/domain/evidence.ts";
import type { Incident, IncidentState, LeverUse, Verdict } from "#src/domain/incident.ts";
import { leverWords } from "#src/domain/lever-use.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import type { Slice } from "#src/domain/strand.ts";
import { listInWords } from "#src/domain/words.ts";
import { changeStates, confidences, phases, verdictKinds } from "#src/domain/vocabulary.ts";
import { dateTime, linkTo, mention, type Mrkdwn, mrkdwn, oneLine } from "./block-kit.ts";

/** "Incident 12", or "Drill 12" where nobody is harmed. */
export function incidentName(incident: Pick<Incident, "number" | "isDrill">): string {
  return `${incident.isDrill ? "Drill" : "Incident"} ${incident.number}`;
}

/** "open, diagnosing", or how it ended. */
export function statusWords(incident: Pick<Incident, "status" | "phase" | "closedAs">): string {
  switch (incident.status) {
    case "open":
      return `open, ${phases[incident.phase].toLowerCase()}`;
    case "closed":
      return incident.closedAs === "undetermined" ? "closed, undetermined" : "closed";
    case "learned":
      return "closed, every action done";
    case "cancelled":
      return "cancelled";
  }
}

/** "open", or how it ended: for what is not written anew with every step of the response. */
export function openWords(incident: Pick<Incident, "status" | "phase" | "closedAs">): string {
  return incident.status === "open" ? "open" : statusWords(incident);
}

/** "SEV2", or "SEV2 assumed" where the declarer was unsure and nobody has said since. */
export function severityWords(incident: Pick<Incident, "severity" | "isSeverityUnsure">): string {
  return incident.isSeverityUnsure ? `${incident.severity} assumed` : incident.severity;
}

/** "Incident 12 · SEV2 · Old travel rule in answers": the first line of what we post. */
export function incidentLine(incident: Incident): string {
  return `${incidentName(incident)} · ${severityWords(incident)} · ${oneLine(incident.title)}`;
}

/**
 * "Incident 12 (SEV2)": how a message begins that is posted once. It does not name the status, which
 * would go stale there; the panel and the announcement name it, and are kept true.
 */
export function incidentReference(incident: Incident): string {
  return `${incidentName(incident)} (${severityWords(incident)})`;
}

/** "Incident 12 (SEV2, open, diagnosing)": how a sentence for a screen reader begins. */
export function incidentSubject(incident: Incident): string {
  return `${incidentName(incident)} (${severityWords(incident)}, ${statusWords(incident)})`;
}

/** "Incident 12 (SEV2, open)": the same without the phase. */
export function incidentHeadline(incident: Incident): string {
  return `${incidentName(incident)} (${severityWords(incident)}, ${openWords(incident)})`;
}

/**
 * "no change, known for sure": what an owner answered, to stand inside a sentence. Only "no change" is
 * worth as much as the change record behind it (R4), so only there it is said.
 */
export function answerWords(answer: Pick<Answer, "change" | "isSourceComplete">): string {
  const change = changeStates[answer.change].toLowerCase();
  if (answer.change !== "no_change") return change;
  return `${change}, ${answer.isSourceComplete ? "" : "not "}known for sure`;
}

/** "Broke first, probable"; a slice is left to plain text, since people typed it. */
export function verdictWords(verdict: Pick<Verdict, "verdict" | "confidence" | "scope">): string {
  const words: string[] = [verdictKinds[verdict.verdict]];
  if (verdict.confidence) words.push(confidences[verdict.confidence].toLowerCase());
  if (Object.keys(verdict.scope).length > 0) words.push("for a part of it");
  return words.join(", ");
}

/** "region eu-1 or eu-2, pool b", at most 200 characters; empty for the whole strand. */
export function sliceWords(slice: Slice): string {
  const words = sliceInWords(slice);
  return words === "" ? "" : oneLine(words, 200);
}

/** What was done, on one line of at most `max` characters. */
export function leverLine(use: Pick<LeverUse, "lever" | "ownWords">, max = 150): string {
  return oneLine(leverWords(use), max);
}

/** Where the postmortem of a closed incident is, or is going to be. */
export function postmortemWords(
  { postmortemUrl, postmortemFileAt }: Pick<Incident, "postmortemUrl" | "postmortemFileAt">,
  canProposePostmortem: boolean,
): Mrkdwn {
  if (postmortemUrl !== null) {
    return mrkdwn`${linkTo(postmortemUrl, "Review the postmortem")} and merge it when it is right.`;
  }
  if (canProposePostmortem) return mrkdwn`The postmortem is being proposed as a pull request.`;
  return postmortemFileAt === null
    ? mrkdwn`No GitHub repository is set up for postmortems, so the postmortem is being attached to the channel as a file.`
    : mrkdwn`The postmortem is attached to the channel as a file: review it, and put it where your team keeps its postmortems.`;
}

/** Who says so, as machines or people sent it: a person of the workspace by their id, anybody else by that word. */
export function whoever(sent: string): Mrkdwn {
  return /^[UW][A-Z0-9]{5,}$/.test(sent) ? mention(sent) : mrkdwn`${oneLine(sent, 100)}`;
}

/** "1 layer", "2 layers". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "strand 1", "strands 1 and 2"; those over `max` are counted. */
export function numberedWords(word: string, numbers: readonly number[], max = 10): string {
  return `${word}${numbers.length === 1 ? "" : "s"} ${listInWords(firstOf(numbers.map(String), max))}`;
}

/** The first ten, then how many more. */
export function firstOf(words: readonly string[], max = 10): string[] {
  return words.length <= max ? [...words] : [...words.slice(0, max), `${words.length - max} more`];
}

/** "The window: since 2 March, and the two days before it.": what an owner is asked about (B3). */
export function windowLine({ incident, strands }: IncidentState, strandNumber?: number) {
  const strand = strands.find(({ number }) => number === strandNumber) ?? strands[0];
  const from = strand?.windowFrom ?? incident.onsetAt;
  const to = strand?.windowTo;
  if (!from) return mrkdwn`The window: the two days before ${dateTime(incident.declaredAt)}.`;
  return to
    ? mrkdwn`The window: ${dateTime(from)} to ${dateTime(to)}, and the two days before it.`
    : mrkdwn`The window: since ${dateTime(from)}, and the two days before it.`;
}
