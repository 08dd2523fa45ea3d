import { stringify } from "yaml";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import type { UserId } from "#src/domain/person.ts";
import type { IncidentRecord } from "./record.ts";
import { strandOutcome } from "./strand-outcome.ts";
import { minutesBetween } from "./times.ts";

/**
 * The YAML block that a postmortem opens with, its `---` lines included, for whoever reads it by
 * program (architecture.md 9). Every text is quoted, so that no reader of YAML takes a title for a
 * date, a number or a "no". Times are ISO 8601 in UTC, null where they are not known.
 */
export function frontMatter(record: IncidentRecord): string {
  const yaml = stringify(facts(record), {
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    lineWidth: 0,
    // one line each: folded over several, a line of a single blank came back with a backslash (yaml 2.9.1)
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    aliasDuplicateObjects: false,
  });
  return `---\n${yaml.replaceAll(turnsDirection, escaped)}---\n`;
}

/** Marks that would turn the direction of what follows; they stand in quoted texts alone, where YAML reads an escape. */
const turnsDirection = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;

function escaped(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function facts({ state, refusals, names }: IncidentRecord): Record<string, unknown> {
  const { incident } = state;
  const nameOf = (userId: UserId | null): string | null => userId && (names.get(userId) ?? userId);
  return {
    incident: incident.number,
    title: incident.title,
    service: incident.serviceName,
    severity: incident.severity,
    severity_unsure: incident.isSeverityUnsure,
    drill: incident.isDrill,
    status: incident.status,
    closed_as: incident.closedAs,
    classes: incident.incidentClass ? [incident.incidentClass] : [],
    times: {
      // an estimate, given at the declaration
      onset: iso(incident.onsetAt),
      noticed: iso(incident.noticedAt),
      declared: iso(incident.declaredAt),
      closed: iso(incident.closedAt),
    },
    detection: incident.noticedHow,
    detection_lag_minutes: minutesBetween(
      incident.onsetAt,
      incident.noticedAt ?? incident.declaredAt,
    ),
    roles: {
      coordinator: nameOf(incident.coordinator),
      postmortem_driver: nameOf(incident.postmortemDriver),
      declared_by: nameOf(incident.declaredBy),
      closed_by: nameOf(incident.closedBy),
      approver: nameOf(incident.closeApprover),
    },
    strands: state.strands.map((strand) => ({
      id: `S${strand.number}`,
      name: strand.name,
      outcome: strandOutcome(state, strand.number),
      verdicts: verdictFacts(state, strand.number, nameOf),
    })),
    levers: state.levers.map((use) => ({
      id: `LV${use.number}`,
      lever: use.lever,
      layer: use.layer,
      state: use.state,
      authorizer: nameOf(use.authorizer),
      started: iso(use.startedAt),
      ended: iso(use.endedAt),
      ended_how: use.endedHow,
    })),
    actions: state.actions.map((action) => ({
      id: `AC${action.number}`,
      title: action.title,
      layer: action.layer,
      constraint: action.constraintKind,
      owner: nameOf(action.owner),
      due: action.dueOn,
      issue: action.issueNumber,
      url: action.issueUrl,
    })),
    evidence: state.evidence.length,
    refusals: refusals.length,
  };
}

function verdictFacts(
  state: IncidentState,
  strandNumber: number,
  nameOf: (userId: UserId | null) => string | null,
): Record<string, unknown>[] {
  return currentVerdicts(state, strandNumber).map((verdict: Verdict) => ({
    layer: verdict.layer,
    verdict: verdict.verdict,
    confidence: verdict.confidence,
    scope: verdict.scope,
    contribution: verdict.contribution,
    by: nameOf(verdict.author),
    at: iso(verdict.recordedAt),
  }));
}

function iso(at: Date | null): string | null {
  return at && at.toISOString();
}
