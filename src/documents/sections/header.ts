import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { severities } from "#src/domain/severity.ts";
import { incidentClasses } from "#src/domain/vocabulary.ts";
import { inline, table } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { duration, utcTime } from "#src/documents/times.ts";
import { lowerFirst, nameOf } from "#src/documents/words.ts";
import { earliestWindows } from "./onset.ts";
import type { Section } from "./section.ts";

/** B11.1: ids, severity, class, status, who drove and approved; the detection lag is the headline (B5). */
export const header: Section = {
  title: "At a glance",
  render: ({ state, names }) =>
    [
      `**Detection lag: ${detectionLag(state)}`,
      table(["", ""], [...facts(state.incident), ...roles(state, names)]),
      "How long each step took:",
      timers(state),
    ].join("\n\n"),
};

function detectionLag(state: IncidentState): string {
  const { onsetAt, noticedAt, declaredAt } = state.incident;
  if (!onsetAt) {
    const known = earliestWindows(state);
    return known
      ? `not known for the whole.** ${known.sentence}`
      : "not known, because nobody has estimated when it began.**";
  }
  const lag = duration(onsetAt, noticedAt ?? declaredAt);
  return noticedAt
    ? `${lag} from the estimated onset until somebody noticed.**`
    : `${lag} from the estimated onset to the declaration; when it was first noticed is not recorded.**`;
}

function facts(incident: Incident): string[][] {
  const { severity, incidentClass } = incident;
  return [
    ["Incident", `${incident.number}${incident.isDrill ? " (a drill)" : ""}`],
    ["Service", incident.serviceName ? inline(incident.serviceName) : "Not named"],
    [
      "Severity",
      `${severity}${incident.isSeverityUnsure ? ", because the declarer was unsure" : ""}: ${lowerFirst(severities[severity])}`,
    ],
    ["Class", incidentClass ? incidentClasses[incidentClass] : "Not classified"],
    ["Status", status(incident)],
  ];
}

function roles({ incident, owners }: IncidentState, names: Names): string[][] {
  const person = (userId: Incident["coordinator"]): string => nameOf(names, userId);
  const owned = owners.flatMap(({ layer, userId, takenBy }) => {
    const owner = takenBy ?? userId;
    return owner ? [`${layers[layer].label}: ${person(owner)}`] : [];
  });
  return [
    ["Declared by", person(incident.declaredBy)],
    ["Coordinator", person(incident.coordinator)],
    ["Postmortem driver", person(incident.postmortemDriver)],
    ...(incident.communications ? [["Communications", person(incident.communications)]] : []),
    ...(incident.scribe ? [["Scribe", person(incident.scribe)]] : []),
    ...(owned.length > 0 ? [["Layer owners", owned.join("; ")]] : []),
    ...(incident.closedBy ? [["Closed by", person(incident.closedBy)]] : []),
    ["Approver", approver(incident, names)],
  ];
}

/** R14: only a close as undetermined needs somebody's word; who was named for another close approved just that. */
function approver({ closeApprover, closedAs }: Incident, names: Names): string {
  if (!closeApprover) return "Whoever merges this document";
  const what = closedAs === "undetermined" ? "for closing as undetermined" : "for closing it";
  return `${nameOf(names, closeApprover)}, ${what}`;
}

/** B5: onset, noticed, declared, stabilized, diagnosed, recovered, closed, each with the time since the step before. */
function timers(state: IncidentState): string {
  const { incident } = state;
  const known = earliestWindows(state);
  const notEstimated = known
    ? `Not estimated; ${known.who} from ${utcTime(known.from)}`
    : "Not estimated";
  const steps: [string, Date | null, string][] = [
    ["Onset (estimate)", incident.onsetAt, notEstimated],
    ["Noticed", incident.noticedAt, "Not recorded"],
    ["Declared", incident.declaredAt, ""],
    ["Stabilized", incident.stabilizedAt, "Not recorded"],
    ["Diagnosed", incident.diagnosedAt, "Not recorded"],
    ["Recovered", incident.recoveredAt, "Not recorded"],
    ["Closed", incident.closedAt, "Not yet"],
  ];
  const rows = steps.map(([step, at, none], index) => {
    const before = steps.slice(0, index).findLast(([, earlier]) => earlier !== null)?.[1];
    return [step, at ? utcTime(at) : none, at && before ? duration(before, at) : "–"];
  });
  return table(["Step", "When", "After the step before"], rows);
}

function status({ status: current, closedAs }: Incident): string {
  if (closedAs === "undetermined") return "Response ended; what broke first is undetermined";
  return closedAs ? "Response ended; what broke first is named" : current;
}
