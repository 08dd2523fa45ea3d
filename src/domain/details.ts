import type { By } from "./decider.ts";
import type { Changes } from "./decision.ts";
import type { Incident, IncidentState } from "./incident.ts";
import type { Rejection } from "./rejection.ts";
import type { Strand } from "./strand.ts";
import { type FoldedEntry, foldTimeline } from "./timeline-fold.ts";
import type { NewTimelineEntry, TimelineEntry } from "./timeline.ts";

// What is held of an incident since its declaration stands in three places: the incident, its first strand,
// and the entries of onset and impact. Whichever of them is corrected, the others say the same.

/** What a declaration holds of an incident and its first strand. */
type Details = Partial<
  Pick<
    Incident,
    | "title"
    | "userImpact"
    | "promiseBroken"
    | "incidentClass"
    | "onsetAt"
    | "noticedAt"
    | "noticedHow"
    | "alsoNoticedHow"
  >
>;

/** The changes that give an incident these details; the strand of the declaration follows where nobody gave it others. */
export function changesOfDetails(
  state: IncidentState,
  details: Details,
): Pick<Changes, "incident" | "strands"> {
  return {
    incident: details,
    strands: strandsThatFollow(state, { ...state.incident, ...details }),
  };
}

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

/** Why these times cannot be, at the field that is wrong; undefined where they can. */
export function wrongTimes(
  { onsetAt, noticedAt }: Pick<Incident, "onsetAt" | "noticedAt">,
  { now }: By,
): (Rejection & { code: "bad_field"; field: "onset_at" | "noticed_at" }) | undefined {
  const wrong = (field: "onset_at" | "noticed_at", message: string) =>
    ({ code: "bad_field", field, message }) as const;
  if (onsetAt && onsetAt > now)
    return wrong("onset_at", "This lies in the future. Choose an earlier time.");
  if (noticedAt && noticedAt > now)
    return wrong("noticed_at", "This lies in the future. Choose an earlier time.");
  if (onsetAt && noticedAt && noticedAt < onsetAt)
    return wrong("noticed_at", "It was noticed before it began. Change one of the two times.");
  return undefined;
}

/**
 * The corrections of the entries of onset and impact that the new details ask for; one of what is not
 * known after all is taken out. `known`: these entries and everything about them.
 */
export function entriesThatFollow(
  was: Incident,
  is: Incident,
  by: By,
  known: readonly TimelineEntry[],
): NewTimelineEntry[] {
  return foldTimeline(known).flatMap((folded): NewTimelineEntry[] => {
    if (folded.withdrawal) return [];
    const { kind } = folded.entry;
    if (kind === "onset_estimated" && !isSameTime(was.onsetAt, is.onsetAt)) {
      return [about(folded, is.onsetAt, {}, by)];
    }
    if (kind !== "impact_noticed") return [];
    const isReworded = was.userImpact !== is.userImpact;
    const isFromElsewhere = was.noticedHow !== is.noticedHow;
    if (!isReworded && !isFromElsewhere && isSameTime(was.noticedAt, is.noticedAt)) return [];
    return [
      about(
        folded,
        is.noticedAt,
        {
          ...(isReworded ? { text: is.userImpact ?? "" } : {}),
          ...(isFromElsewhere ? { how: is.noticedHow ?? "" } : {}),
        },
        by,
      ),
    ];
  });
}

/** What is said of an entry: its new time and words; without a time it is taken out. */
function about(
  { entry }: FoldedEntry,
  happenedAt: Date | null,
  words: { text?: string; how?: string },
  by: By,
): NewTimelineEntry {
  const said = { lane: entry.lane, happenedAt: by.now, actor: by.userId };
  const of = { entry: entry.sequence, reason: null };
  return happenedAt === null
    ? { ...said, kind: "entry_withdrawn", data: of }
    : {
        ...said,
        kind: "entry_corrected",
        data: {
          ...of,
          text: null,
          happenedAt: happenedAt.toISOString(),
          lane: entry.lane,
          ...words,
        },
      };
}

function isSameTime(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}
