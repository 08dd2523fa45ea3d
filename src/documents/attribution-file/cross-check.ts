import type { AttributionFile } from "#src/domain/attribution-file/format.ts";
import { listInWords } from "#src/domain/words.ts";
import { canonicalJson } from "./canonical.ts";
import { type Fact, factOfVerdict, factsOfFile, factsOfTimeline } from "./timeline-told.ts";

/**
 * What stands in a file against what its timeline tells, in sentences; empty where both say the same. It
 * finds a change that was sealed anew, unless the entries were written anew as well. What no entry says
 * (`onlySealed`) it cannot tell.
 */
export function crossFaults(file: AttributionFile): string[] {
  if (!file.timeline.some(({ kind }) => kind === "incident_declared")) {
    return ["The timeline does not hold the declaration, which every incident begins with."];
  }
  const told = factsOfTimeline(file.timeline);
  const standing = factsOfFile(file);
  return [
    ...approvedAlone(file),
    ...twice(standing),
    ...standing.flatMap((fact) => differences(fact, told)),
    ...told
      .filter(({ place }) => !standing.some((fact) => fact.place === place))
      .map(
        ({ name, sequence }) =>
          `${name}: the timeline records it (entry ${sequence}) and nothing that ends it, and the file does not have it.`,
      ),
    ...statusFault(file),
  ];
}

/** What an entry says nothing of, so that the seal alone holds it. */
export const onlySealed =
  "figures, links and directions of evidence, what answers and verdicts cite, approvers, reasons, whether a change record is complete, where somebody saw a traced request go wrong first, what was done to limit the harm, and entries cut off the end that nothing else in the file tells of";

function differences({ place, name, says }: Fact, told: readonly Fact[]): string[] {
  const entry = told.find((one) => one.place === place);
  if (!entry) return [`${name}: it stands in the file, and by the timeline it does not.`];
  const different = Object.keys(says).filter(
    (key) => canonicalJson(says[key]) !== canonicalJson(entry.says[key]),
  );
  if (different.length === 0) return [];
  const what = listInWords(different.map((key) => words[key] ?? key));
  return [`${name}: entry ${entry.sequence} of the timeline has another ${what}.`];
}

/** Two verdicts for one part of a strand: the record keeps one, and a condition beside what broke first (B13.7). */
function twice(standing: readonly Fact[]): string[] {
  const places = standing.map(({ place }) => place);
  return standing
    .filter(({ place }, at) => places.indexOf(place) !== at)
    .map(({ name }) => `${name}: it stands twice, and one thing alone can stand there.`);
}

/** B13.4: the form takes no approver who is the claimant. */
function approvedAlone({ verdicts }: AttributionFile): string[] {
  return verdicts
    .filter(({ approver, author }) => approver === author)
    .map((one) => `${factOfVerdict(one).name}: ${one.author} decided it, and approved it as well.`);
}

/** How an incident ended is an entry of its own. */
function statusFault({ incident, timeline }: AttributionFile): string[] {
  const last = timeline.findLast(({ kind }) => kind in ends);
  const possible = last ? (ends[last.kind] ?? []) : ["open"];
  if (possible.includes(incident.status)) return [];
  return [
    `The incident is ${incident.status} by the file, and ${possible.join(" or ")} by its timeline.`,
  ];
}

const ends: Readonly<Record<string, readonly string[]>> = {
  incident_closed: ["closed", "learned"],
  incident_cancelled: ["cancelled"],
  drill_removed: ["cancelled"],
  incident_reopened: ["open"],
};

/** What the parts of a fact are called in a sentence. */
const words: Readonly<Record<string, string>> = {
  accepted: "decision",
  author: "author",
  change: "answer",
  confidence: "confidence",
  contribution: "contribution",
  evidence: "evidence",
  kind: "kind",
  layer: "layer",
  new_strands: "list of new strands",
  points_to: "layer that it points to",
  reading: "answer",
  recorded_at: "time",
  recorder: "person who typed it in",
  sentence: "sentence",
  statement: "statement",
  strand: "strand",
  verdict: "verdict",
  verified: "word on whether it was verified",
  what: "description",
  why: "reason",
};
