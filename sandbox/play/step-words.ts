import type { Scenario, Step } from "#sandbox/scenario.ts";

/** What a step is, in a few words after the name of who does it: "claims that Model broke first". */
export function whatOf(step: Step, scenario: Scenario): string {
  return wordsOf[step.do]?.(step, scenario) ?? step.do.replaceAll("_", " ");
}

type Words = (step: Step, scenario: Scenario) => string;

const wordsOf: Record<string, Words> = {
  declare: () => "declares the incident",
  join: () => "comes late and is told where it stands",
  assign_role: ({ with: { roles, handle } }) =>
    `makes @${handle ?? ""} ${listed((roles ?? []).map((role) => role.replaceAll("_", " ")))}`,
  claim: ({ with: { layer, verdict } }) => claimWords(layerLabel(layer), verdict ?? ""),
  stabilize: (step, scenario) => `records ${leverWords(step, scenario)}`,
  confirm_lever: (step, scenario) => `confirms having authorized ${leverWords(step, scenario)}`,
  revert_lever: (step, scenario) => `takes back ${leverWords(step, scenario)}`,
  adopt_lever: (step, scenario) => `keeps for good ${leverWords(step, scenario)}`,
  add_evidence: ({ with: data }) => `records ${count(data.evidence_ids, "piece")} of evidence`,
  answer_layer: ({ with: { layer } }) => `answers for ${layerLabel(layer)}`,
  answer_layers: ({ with: { layers } }) => `answers for ${listed((layers ?? []).map(layerLabel))}`,
  answer_matrix: (step, scenario) => `answers ${matrixWords(step, scenario)}`,
  add_action: ({ with: data }) => `files ${count(data.action_ids, "action")}`,
  accept_risk: ({ with: data }) => `signs for ${count(data.risk_ids, "risk")}`,
  add_note: () => "types a note for the timeline",
  add_strand: ({ with: data }) => `adds ${count(data.strand_ids, "strand")}`,
  dissent: () => "disagrees with a verdict",
  verify_report: ({ with: data }) => `verifies ${count(data.report_ids, "report")}`,
  add_gap: ({ with: data }) => `records ${count(data.gap_ids, "detection gap")}`,
  answer_detection: () => "answers the questions about detection",
  add_factor: ({ with: data }) => `records ${count(data.factor_ids, "contributing factor")}`,
  add_golden: ({ with: data }) => `makes ${count(data.golden_ids, "test")} of the failure`,
  set_criterion: () => "sets a criterion for the recovery",
  observe_recovery: () => "observes the recovery",
  add_arms: () => "adds the arms of a comparison",
  show_changes: ({ with: { scan } }) =>
    scan === "since_lkg"
      ? "looks at all changes since it last worked"
      : "asks whether anything changed",
  add_change: ({ with: data }) =>
    data.change_ids === undefined
      ? "records a change that nothing declared"
      : `records ${count(data.change_ids, "change")} that nothing declared`,
  mark_source_complete: ({ with: { layer, layers } }) =>
    `marks the change record of ${listed((layers ?? [layer]).map(layerLabel))} as complete`,
  suggest_split_answer: () => "answers whether to split the incident",
  change_phase: ({ with: { phase } }) => `moves the incident to the phase ${phase ?? ""}`,
  close: () => "closes the incident",
  reopen: () => "opens the incident again",
};

/** As people see the layers; a test holds it to the domain's own list. */
export const layerLabels: Readonly<Record<string, string>> = {
  model: "Model",
  retrieval_data: "Retrieval & data",
  prompt_policy: "Prompt & policy",
  orchestration_tools: "Orchestration & tools",
  integration_ui: "Integration & UI",
  infrastructure: "Infrastructure",
};

function layerLabel(id: string | undefined): string {
  return layerLabels[id ?? ""] ?? id ?? "a layer";
}

function claimWords(layer: string, verdict: string): string {
  if (verdict === "proximate") return `claims that ${layer} broke first`;
  if (verdict === "contributing") return `says that ${layer} contributed`;
  return `sets ${layer} to ${verdict.replaceAll("_", " ")}`;
}

function leverWords({ with: { lever_ids } }: Step, scenario: Scenario): string {
  const names = scenario.stabilization
    .filter(({ id }) => lever_ids?.includes(id))
    .map(({ lever }) => (lever === "other" ? "of its own" : lever.replaceAll("_", " ")));
  return names.length === 1 ? `a lever: ${names[0]}` : `${names.length} levers: ${listed(names)}`;
}

function matrixWords({ with: { rows, strand } }: Step, scenario: Scenario): string {
  const matrix = scenario.strands.find(({ id }) => id === strand)?.matrix ?? [];
  const asked = matrix.filter(({ row }) => rows?.includes(row));
  const against = listed([...new Set(asked.map(({ layer }) => layerLabel(layer)))]);
  return `${count(rows, "question")} against ${against === "" ? "it" : against}`;
}

function count(list: readonly string[] | undefined, noun: string): string {
  const many = list?.length ?? 0;
  return many === 1 ? `an ${noun}`.replace(/^an (?=[^aeiou])/, "a ") : `${many} ${noun}s`;
}

/** "a, b and c" */
function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
