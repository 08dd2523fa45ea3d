import type { Scenario, ScenarioFault, Step } from "./scenario.ts";

/** Which list of the scenario the ids in a step's `with` belong to. */
const listOfKey = {
  strand_ids: "strands",
  evidence_ids: "evidence",
  lever_ids: "stabilization",
  action_ids: "corrective_actions",
  report_ids: "reports",
  gap_ids: "detection_gaps",
  factor_ids: "contributing_factors",
  golden_ids: "goldens",
  risk_ids: "accepted_risks",
  dissent_ids: "dissents",
  change_ids: "control_plane_events",
} as const;

/**
 * What the schema cannot say: every person, strand, row and item that a step or a row names is there.
 * One fault for each name that is not.
 */
export function findDanglingReferences(scenario: Scenario): ScenarioFault[] {
  return [...inSteps(scenario), ...inPeople(scenario)];
}

function inSteps(scenario: Scenario): ScenarioFault[] {
  const faults: ScenarioFault[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const path = `/steps/${index}`;
    for (const [key, list] of Object.entries(listOfKey)) {
      const ids = new Set((scenario[list] ?? []).map((item) => item.id));
      for (const [at, id] of ((step.with[key] as string[] | undefined) ?? []).entries()) {
        if (!ids.has(id))
          faults.push({ path: `${path}/with/${key}/${at}`, expected: unknown(id, ids) });
      }
    }
    faults.push(...ofStrand(scenario, step, path));
  }
  return faults;
}

function ofStrand(scenario: Scenario, step: Step, path: string): ScenarioFault[] {
  const id = step.with.strand;
  if (id === undefined) return [];
  const ids = new Set(scenario.strands.map((strand) => strand.id));
  const strand = scenario.strands.find((s) => s.id === id);
  if (!strand) return [{ path: `${path}/with/strand`, expected: unknown(id, ids) }];
  const rows = new Set(strand.matrix.map((row) => row.row));
  return [...(step.with.rows ?? []).entries()]
    .filter(([, row]) => !rows.has(row))
    .map(([at, row]) => ({ path: `${path}/with/rows/${at}`, expected: unknown(row, rows) }));
}

function inPeople(scenario: Scenario): ScenarioFault[] {
  // What software says has the author "agent", who is nobody.
  const handles = new Set(["agent", ...scenario.people.map((person) => person.handle)]);
  const named: [string, string | undefined][] = [
    ...scenario.steps.map((step, i): [string, string] => [`/steps/${i}/actor`, step.actor]),
    ...scenario.steps.map((step, i): [string, string | undefined] => [
      `/steps/${i}/with/approver`,
      step.with.approver,
    ]),
    ...scenario.evidence.map((item, i): [string, string] => [`/evidence/${i}/author`, item.author]),
    ...scenario.stabilization.flatMap((lever, i): [string, string][] => [
      [`/stabilization/${i}/authorized_by`, lever.authorized_by],
      [`/stabilization/${i}/fate_owner`, lever.fate_owner],
    ]),
    ...scenario.corrective_actions.map((action, i): [string, string | undefined] => [
      `/corrective_actions/${i}/owner`,
      action.owner,
    ]),
    ...scenario.strands.flatMap((strand, i) => [
      ...strand.answers.map((a, j): [string, string] => [
        `/strands/${i}/answers/${j}/author`,
        a.author,
      ]),
      ...strand.matrix.map((row, j): [string, string] => [
        `/strands/${i}/matrix/${j}/author`,
        row.author,
      ]),
    ]),
  ];
  return named
    .filter(([, handle]) => handle !== undefined && !handles.has(handle))
    .map(([path, handle]) => ({
      path,
      expected: `expected a handle of /people; there is no "${handle}"`,
    }));
}

function unknown(id: string, known: Set<string>): string {
  return `there is no "${id}"; expected one of ${[...known].join(", ")}`;
}
