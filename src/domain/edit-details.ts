import { err, ok, type Result } from "#src/lib/result.ts";
import { announce, setTopic, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { changesOfDetails, entriesThatFollow, wrongTimes } from "./details.ts";
import { refuseWording } from "./free-text.ts";
import type { Incident, IncidentId, IncidentState } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { mergeFields, refuseContested, type Shown } from "./meanwhile.ts";
import { nothingNew } from "./nothing-new.ts";
import type { Rejection } from "./rejection.ts";
import type { TimelineEntry, TimelineKind } from "./timeline.ts";
import { detectionSources, type DetectionSource, incidentClasses } from "./vocabulary.ts";
import { listInWords } from "./words.ts";

/** What a declaration leaves for later (B4, B5): what users suffer, which promise is broken, since when. */
export interface DetailFields extends Pick<
  Incident,
  "title" | "userImpact" | "promiseBroken" | "incidentClass" | "onsetAt" | "noticedAt"
> {
  /** What noticed it, what came first first. */
  noticedBy: DetectionSource[];
}

export interface EditDetailsInput extends DetailFields {
  incidentId: IncidentId;
  shown?: Shown;
}

/** The details as they stand. */
export function detailsOf(incident: Incident): DetailFields {
  const { title, userImpact, promiseBroken, incidentClass, onsetAt, noticedAt } = incident;
  const noticedBy = [incident.noticedHow, ...incident.alsoNoticedHow].filter((one) => one !== null);
  return { title, userImpact, promiseBroken, incidentClass, onsetAt, noticedAt, noticedBy };
}

/** The entries that tell of details, too. */
export const kindsOfDetails: readonly TimelineKind[] = ["onset_estimated", "impact_noticed"];

/**
 * Fills in or corrects what was said at the declaration; what it was stays in the timeline, and what
 * somebody else changed while the form was open stays as they said. `known`: the entries of
 * `kindsOfDetails` and everything about them.
 */
export function decideEditDetails(
  state: IncidentState,
  input: EditDetailsInput,
  by: By,
  known: readonly TimelineEntry[] = [],
): Result<Decision, Rejection> {
  const { incident } = state;
  const standing = detailsOf(incident);
  const { incidentId: _, shown, ...given } = input;
  const { merged, contested } = mergeFields(shown, given, standing);
  const { noticedBy, ...said } = merged;
  const [noticedHow = null, ...alsoNoticedHow] = noticedBy;
  const details = { ...said, noticedHow, alsoNoticedHow };
  const changed: Incident = { ...incident, ...details };
  const rejection =
    refuseIfOver(incident) ??
    refuseContested(contested, standing, (field) => {
      const [what, words] = wordsOf(incident)[field];
      return `${what} is “${words || "nothing"}” now`;
    }) ??
    wrongTimes(said, by) ??
    // what stands since the declaration was not refused then, and is not in the way now
    refuseWording({
      title: said.title === incident.title ? null : said.title,
      user_impact: said.userImpact === incident.userImpact ? null : said.userImpact,
      promise_broken: said.promiseBroken === incident.promiseBroken ? null : said.promiseBroken,
    });
  if (rejection) return err(rejection);
  const changes = differences(incident, changed);
  if (changes.length === 0) return ok(nothingNew(state));
  return ok({
    changes: changesOfDetails(state, details),
    timeline: [
      {
        lane: "detection",
        kind: "details_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { changes },
      },
      ...entriesThatFollow(incident, changed, by, known),
    ],
    effects: [
      updatePanel(incident.id),
      ...announce(incident),
      ...(said.title === incident.title ? [] : [setTopic(incident.id)]),
    ],
    outcome: {
      sentence: `Changed ${listInWords(changes.map((one) => one.split(" from “", 1)[0] ?? one))}.`,
      incidentId: incident.id,
    },
  });
}

/** What changed, each as "the title from “a” to “b”". */
function differences(was: Incident, is: Incident): string[] {
  const before = wordsOf(was);
  return Object.entries(wordsOf(is)).flatMap(([field, [what, to]]) => {
    const from = before[field as keyof DetailFields][1];
    return from === to ? [] : [`${what} from “${from || "nothing"}” to “${to || "nothing"}”`];
  });
}

/** What people call each field, and what stands in it; empty where nothing does. */
function wordsOf(incident: Incident): Record<keyof DetailFields, [what: string, words: string]> {
  return {
    title: ["the title", incident.title],
    userImpact: ["what users see", incident.userImpact ?? ""],
    promiseBroken: ["the broken promise", incident.promiseBroken ?? ""],
    incidentClass: ["the kind of incident", classWords(incident)],
    onsetAt: ["when it began", timeWords(incident.onsetAt)],
    noticedAt: ["when it was noticed", timeWords(incident.noticedAt)],
    noticedBy: ["what noticed it", noticedWords(incident)],
  };
}

function classWords({ incidentClass }: Incident): string {
  return incidentClass === null ? "" : incidentClasses[incidentClass];
}

function noticedWords({ noticedHow, alsoNoticedHow }: Incident): string {
  const all = [noticedHow, ...alsoNoticedHow].filter((one) => one !== null);
  return listInWords(all.map((one) => detectionSources[one]));
}

/** In UTC, as everything in the record is. */
function timeWords(time: Date | null): string {
  return time === null ? "" : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
