import type { Incident } from "#src/domain/incident.ts";
import { severities } from "#src/domain/severity.ts";
import { incidentClasses } from "#src/domain/vocabulary.ts";
import { inline, table } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { duration, utcTime } from "#src/documents/times.ts";
import { lowerFirst, nameOf } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

/** B11.1: ids, severity, class, status, who drove and approved; the detection lag is the headline (B5). */
export const header: Section = {
  title: "Header",
  render: ({ state: { incident }, names }) =>
    [`**Detection lag: ${detectionLag(incident)}**`, facts(incident, names)].join("\n\n"),
};

function detectionLag({ onsetAt, noticedAt, declaredAt }: Incident): string {
  if (!onsetAt) return "not known, because nobody has estimated when it began.";
  const lag = duration(onsetAt, noticedAt ?? declaredAt);
  return noticedAt
    ? `${lag} from the estimated onset until somebody noticed.`
    : `${lag} from the estimated onset to the declaration; when it was first noticed is not recorded.`;
}

function facts(incident: Incident, names: Names): string {
  const person = (userId: Incident["coordinator"]): string => nameOf(names, userId);
  const { severity, incidentClass, noticedAt, onsetAt, closedAt, closedBy, closeApprover } =
    incident;
  return table(
    ["", ""],
    [
      ["Incident", `${incident.number}${incident.isDrill ? " (a drill)" : ""}`],
      ["Service", incident.serviceName ? inline(incident.serviceName) : "Not named"],
      [
        "Severity",
        `${severity}${incident.isSeverityUnsure ? ", because the declarer was unsure" : ""}: ${lowerFirst(severities[severity])}`,
      ],
      ["Class", incidentClass ? incidentClasses[incidentClass] : "Not classified"],
      ["Status", status(incident)],
      ["Onset", onsetAt ? `${utcTime(onsetAt)} (estimate)` : "Not estimated"],
      ["Noticed", noticedAt ? utcTime(noticedAt) : "Not recorded"],
      ["Declared", `${utcTime(incident.declaredAt)} by ${person(incident.declaredBy)}`],
      [
        "Closed",
        closedAt ? `${utcTime(closedAt)}${closedBy ? ` by ${person(closedBy)}` : ""}` : "Not yet",
      ],
      ["Coordinator", person(incident.coordinator)],
      ["Postmortem driver", person(incident.postmortemDriver)],
      [
        "Approver",
        closeApprover
          ? `${person(closeApprover)}, for closing as undetermined`
          : "Whoever merges this document",
      ],
    ],
  );
}

function status({ status: current, closedAs }: Incident): string {
  if (closedAs === "undetermined") return "Response ended; what broke first is undetermined";
  return closedAs ? "Response ended; what broke first is named" : current;
}
