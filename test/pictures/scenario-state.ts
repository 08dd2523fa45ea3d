// Incidents as S1 and S2 have them after their first steps, with what the ledger found in their windows.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Incident, IncidentState, LeverUse } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { IncidentChange } from "#src/domain/ledger/incident-change.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { incidentState, leverUse, strand } from "#test/support/factories.ts";

interface Told {
  title: string;
  detection: { detected: string };
  lkg_baseline: { at: string };
  strands: { name: string; onset: { from: string }; end: { at: string }[] }[];
  control_plane_events: {
    id: string;
    at: string;
    kind: string;
    layer: LayerId;
    what: string;
    role: string;
  }[];
  stabilization: { at: string; text: string; layer: LayerId; fate: string }[];
  steps: { at?: string }[];
}

/** The state of a scenario with the scan widened to last known good; `undeclared`: these kinds were seen alone. */
export function scenarioState(
  file: string,
  undeclared: readonly string[] = [],
  facts: Partial<Incident> = {},
): IncidentState {
  const path = join(import.meta.dirname, "../../scenarios", file);
  const told = parse(readFileSync(path, "utf8")) as Told;
  const onsetAt = new Date(told.strands[0]!.onset.from);
  const state = incidentState({
    incident: {
      title: told.title,
      onsetAt,
      onsetHeldAt: onsetAt,
      noticedAt: new Date(told.detection.detected),
      declaredAt: new Date(told.steps[0]!.at!),
      scanFrom: new Date(told.lkg_baseline.at),
      ...facts,
    },
    strands: told.strands.map(({ name, onset, end }, index) =>
      strand({
        number: index + 1,
        name,
        windowFrom: new Date(onset.from),
        windowTo: new Date(end.at(-1)!.at),
      }),
    ),
    levers: told.stabilization.map((use, index): LeverUse =>
      leverUse({
        number: index + 1,
        lever: "other",
        ownWords: use.text || "Restore the previous prompt bundle",
        layer: use.layer,
        startedAt: new Date(use.at),
      }),
    ),
  });
  const { from, to } = scanOf(state.incident);
  const found = told.control_plane_events.filter(
    ({ at, role }) => role !== "effect" && new Date(at) >= from && new Date(at) <= to,
  );
  const ledgerChanges = found.map((event, index) =>
    change(index + 1, {
      key: event.id,
      happenedAt: new Date(event.at),
      kind: event.kind,
      layer: event.layer,
      summary: event.what,
      isDeclared: !undeclared.includes(event.kind),
    }),
  );
  return { ...state, ledgerChanges };
}

/** A declared change of the prompt, unless told otherwise. */
export function change(number: number, facts: Partial<IncidentChange> = {}): IncidentChange {
  return {
    number,
    key: `CP${number}`,
    happenedAt: new Date("2026-03-08T12:00:00Z"),
    untilAt: null,
    kind: "prompt",
    layer: "prompt_policy",
    summary: "wording edit",
    link: null,
    isDeclared: true,
    source: "api",
    declaredBy: null,
    pin: null,
    fromValues: [],
    toValue: null,
    seenRequests: null,
    ofRequests: null,
    intervalId: null,
    withdrawnAt: null,
    foundAt: new Date("2026-03-09T09:20:00Z"),
    ...facts,
  };
}
