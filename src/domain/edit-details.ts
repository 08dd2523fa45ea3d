import { err, ok } from "#src/lib/result.ts";
import { announce, setTopic, updatePanel } from "./channel-effects.ts";
import type { By, Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { Incident, IncidentId, IncidentState } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nothingNew } from "./nothing-new.ts";
import type { Rejection } from "./rejection.ts";
import type { Strand } from "./strand.ts";
import { detectionSources, type DetectionSource, incidentClasses } from "./vocabulary.ts";
import { listInWords } from "./words.ts";

/** What a declaration leaves for later (B4, B5): what users suffer, which promise is broken, since when. */
export interface EditDetailsInput extends Pick<
  Incident,
  "title" | "userImpact" | "promiseBroken" | "incidentClass" | "onsetAt" | "noticedAt"
> {
  incidentId: IncidentId;
  /** What noticed it, what came first first. */
  noticedBy: DetectionSource[];
}

/** Fills in or corrects what was said at the declaration; what it was stays in the timeline. */
export const decideEditDetails: Decider<EditDetailsInput> = (state, input, by) => {
  const { incident } = state;
  const { incidentId: _, noticedBy, ...said } = input;
  const [noticedHow = null, ...alsoNoticedHow] = noticedBy;
  const changed: Incident = { ...incident, ...said, noticedHow, alsoNoticedHow };
  const rejection =
    refuseIfOver(incident) ??
    wrongTimes(input, by) ??
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
    changes: {
      incident: { ...said, noticedHow, alsoNoticedHow },
      strands: strandsThatFollow(state, changed),
    },
    timeline: [
      {
        lane: "detection",
        kind: "details_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { changes },
      },
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
};

/** The strand that stands from the declaration has its name, its start and its symptom from there, until somebody gave it others. */
function strandsThatFollow({ incident, strands }: IncidentState, changed: Incident): Strand[] {
  return strands
    .filter((strand) => strand.addedAt === null)
    .map((strand) => ({
      ...strand,
      name: strand.name === incident.title ? changed.title : strand.name,
      symptom: strand.symptom === incident.userImpact ? changed.userImpact : strand.symptom,
      windowFrom: isSameTime(strand.windowFrom, incident.onsetAt)
        ? changed.onsetAt
        : strand.windowFrom,
    }));
}

function wrongTimes({ onsetAt, noticedAt }: EditDetailsInput, { now }: By): Rejection | undefined {
  const wrong = (field: string, message: string): Rejection => ({
    code: "bad_field",
    field,
    message,
  });
  if (onsetAt && onsetAt > now)
    return wrong("onset_at", "This lies in the future. Choose an earlier time.");
  if (noticedAt && noticedAt > now)
    return wrong("noticed_at", "This lies in the future. Choose an earlier time.");
  if (onsetAt && noticedAt && noticedAt < onsetAt)
    return wrong("noticed_at", "It was noticed before it began. Change one of the two times.");
  return undefined;
}

/** What changed, each as "the title from “a” to “b”". */
function differences(was: Incident, is: Incident): string[] {
  const pairs: [what: string, from: string, to: string][] = [
    ["the title", was.title, is.title],
    ["what users see", was.userImpact ?? "", is.userImpact ?? ""],
    ["the broken promise", was.promiseBroken ?? "", is.promiseBroken ?? ""],
    ["the kind of incident", classWords(was), classWords(is)],
    ["when it began", timeWords(was.onsetAt), timeWords(is.onsetAt)],
    ["when it was noticed", timeWords(was.noticedAt), timeWords(is.noticedAt)],
    ["what noticed it", noticedWords(was), noticedWords(is)],
  ];
  return pairs
    .filter(([, from, to]) => from !== to)
    .map(([what, from, to]) => `${what} from “${from || "nothing"}” to “${to || "nothing"}”`);
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

function isSameTime(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}
