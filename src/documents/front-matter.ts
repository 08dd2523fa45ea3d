import { stringify } from "yaml";
import { weakRulesOf } from "#src/domain/action-checks.ts";
import { failureTypeOf } from "#src/domain/failure-type.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import { outcomeOf } from "#src/domain/outcome.ts";
import type { UserId } from "#src/domain/person.ts";
import type { IncidentRecord } from "./record.ts";
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
      stabilized: iso(incident.stabilizedAt),
      diagnosed: iso(incident.diagnosedAt),
      recovered: iso(incident.recoveredAt),
      closed: iso(incident.closedAt),
    },
    detection: incident.noticedHow,
    detection_also: incident.alsoNoticedHow,
    ...(incident.alsoNoticedHow.length > 0
      ? { also_detected_by: [...incident.alsoNoticedHow] }
      : {}),
    detection_lag_minutes: minutesBetween(
      incident.onsetAt,
      incident.noticedAt ?? incident.declaredAt,
    ),
    roles: {
      coordinator: nameOf(incident.coordinator),
      postmortem_driver: nameOf(incident.postmortemDriver),
      communications: nameOf(incident.communications),
      scribe: nameOf(incident.scribe),
      declared_by: nameOf(incident.declaredBy),
      closed_by: nameOf(incident.closedBy),
      approver: nameOf(incident.closeApprover),
      layer_owners: Object.fromEntries(
        state.owners.map(({ layer, userId, takenBy }) => [layer, nameOf(takenBy ?? userId)]),
      ),
    },
    strands: state.strands.map((strand) => ({
      id: `S${strand.number}`,
      name: strand.name,
      window: { from: iso(strand.windowFrom), to: iso(strand.windowTo) },
      slice: strand.slice,
      outcome: outcomeOf(state, strand.number).kind,
      outcome_layers: outcomeOf(state, strand.number).layers,
      failure_type: failureTypeOf(state, [`S${strand.number}`]),
      // who set it; null where it follows from what broke first
      failure_type_by: nameOf(strand.failureTypeBy),
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
      addresses: action.addresses,
      provisional: action.isProvisional,
      weak: weakRulesOf(state, action),
      issue: action.issueNumber,
      url: action.issueUrl,
    })),
    factors: state.factors.map((factor) => ({
      id: `F${factor.number}`,
      category: factor.category,
      layer: factor.layer,
      interacts_with: factor.interactsWith.map((number) => `F${number}`),
    })),
    gaps: state.gaps.map((gap) => ({ id: `G${gap.number}`, kind: gap.kind, layer: gap.layer })),
    goldens: state.goldens.map((golden) => ({
      id: `GP${golden.number}`,
      strands: golden.strandNumbers.map((number) => `S${number}`),
      from_evidence: golden.fromEvidence === null ? null : `EV${golden.fromEvidence}`,
    })),
    risks: state.risks.map((risk) => ({
      id: `AR${risk.number}`,
      addresses: risk.addresses,
      signed_by: nameOf(risk.signedBy),
      capacity: risk.capacity,
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
    locus: verdict.locus,
    contribution: verdict.contribution,
    by: nameOf(verdict.author),
    at: iso(verdict.recordedAt),
  }));
}

function iso(at: Date | null): string | null {
  return at && at.toISOString();
}
