import type { By } from "./decider.ts";
import type { Decision, Outcome } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import { type Incident, type IncidentId, type LayerOwner, nothingYet } from "./incident.ts";
import type { DeclareInput } from "./inputs.ts";
import type { TeamId } from "./person.ts";
import { channelName, slugOf } from "./slug.ts";
import type { Strand } from "./strand.ts";
import type { NewTimelineEntry } from "./timeline.ts";
import { nextUpdateDue, scheduleUpdate } from "./updates.ts";

/** What the transaction gives a new incident: its ids, and the service's owners as they are today. */
interface DeclareBasis {
  incidentId: IncidentId;
  number: number;
  teamId: TeamId;
  owners: LayerOwner[];
  /** Null where none was chosen and there is no default. */
  serviceName: string | null;
}

/** A new incident with its first strand; the declarer coordinates until somebody else does (B12). Nothing refuses a declaration. */
export function decideDeclare(
  input: DeclareInput,
  by: By,
  basis: DeclareBasis,
): { incident: Incident; strand: Strand; decision: Decision } {
  const slug = slugOf(input.title);
  const incident: Incident = {
    id: basis.incidentId,
    teamId: basis.teamId,
    number: basis.number,
    title: input.title,
    slug,
    severity: input.severity,
    isSeverityUnsure: input.isSeverityUnsure,
    status: "open",
    phase: "declared",
    serviceName: basis.serviceName,
    userImpact: input.userImpact,
    incidentClass: input.incidentClass,
    onsetAt: input.onsetAt,
    noticedAt: input.noticedAt,
    noticedHow: input.noticedHow,
    isPrivate: false,
    isDrill: input.isDrill,
    channelId: null,
    channelName: channelName(basis.number, slug),
    declaredBy: by.userId,
    declaredAt: by.now,
    coordinator: by.userId,
    postmortemDriver: by.userId,
    closedAt: null,
    closedBy: null,
    closedAs: null,
    closeApprover: null,
    postmortemUrl: null,
    ...nothingYet,
    onsetHeldAt: input.onsetAt,
    alsoNoticedHow: input.alsoNoticedHow ?? [],
    sourceChannelId: input.source?.channelId ?? null,
    sourceTs: input.source?.ts ?? null,
    sourceLink: input.source?.link ?? null,
    updateDueAt: nextUpdateDue(input.severity, by.now),
  };
  // one strand exists from the start; its window opens with the onset that is held now
  const strand: Strand = {
    number: 1,
    name: input.title,
    windowFrom: input.onsetAt,
    windowTo: null,
    slice: {},
    symptom: input.userImpact,
    addedBy: null,
    addedAt: null,
    parkedWhy: null,
    parkedUntil: null,
    failureType: null,
    failureTypeBy: null,
  };
  const whoIsAsked = basis.owners.some((owner) => owner.userId ?? owner.groupId)
    ? "the owners of its layers are being asked"
    : "nobody is named as owner of its layers yet";
  return {
    incident,
    strand,
    decision: {
      changes: { reminders: scheduleUpdate(incident.updateDueAt).reminders },
      timeline: timelineOf(input, by),
      effects: [
        { name: "create-channel", incidentId: incident.id },
        { name: "find-similar", incidentId: incident.id },
        { name: "read-ledger", incidentId: incident.id },
      ],
      outcome: {
        sentence: `Declared incident ${incident.number}. Its channel #${incident.channelName} is being opened, and ${whoIsAsked}.`,
        incidentId: incident.id,
        isShown: true,
        ...otherWords(input),
      },
    },
  };
}

/** R12: a declaration is not held up by its words; better ones are offered, and one press changes them. */
function otherWords({ title, userImpact }: DeclareInput): Pick<Outcome, "marks"> {
  const offers = { title: "the title", user_impact: "what users see" } as const;
  const marks = Object.entries({ title, user_impact: userImpact }).flatMap(([field, text]) => {
    const rejection = refuseWording({ [field]: text });
    if (rejection?.code !== "refused") return [];
    const what = offers[field as keyof typeof offers];
    const offered = rejection.refusal.rewrite?.text;
    return [
      {
        id: `suggestion:R12:${field}`,
        sentence: `You can put ${what} in better words; until then it stands as you wrote it. ${rejection.message}${offered ? ` For example: “${offered}”` : ""}`,
        opens: { formId: "edit-details", label: `Change ${what}` },
      },
    ];
  });
  return marks.length > 0 ? { marks } : {};
}

/** Somebody declares from a message from which an incident was declared before: it stays one incident. */
export function declaredAlready({ id, number, channelName, channelId }: Incident): Outcome {
  return {
    sentence: `Incident ${number} was declared from this message already, in #${channelName}. Nothing new was opened.`,
    incidentId: id,
    isShown: true,
    ...(channelId === null ? {} : { channelId }),
  };
}

function timelineOf(input: DeclareInput, by: By): NewTimelineEntry[] {
  const { title, severity, isDrill, noticedAt, noticedHow, userImpact, onsetAt } = input;
  const entries: NewTimelineEntry[] = [
    {
      lane: "detection",
      kind: "incident_declared",
      happenedAt: by.now,
      actor: by.userId,
      data: { title, severity, isDrill },
    },
  ];
  if (noticedAt) {
    entries.push({
      lane: "detection",
      kind: "impact_noticed",
      happenedAt: noticedAt,
      actor: by.userId,
      data: { how: noticedHow, userImpact },
    });
  }
  if (onsetAt) {
    entries.push({
      lane: "detection",
      kind: "onset_estimated",
      happenedAt: onsetAt,
      actor: by.userId,
      data: {},
    });
  }
  return entries;
}
