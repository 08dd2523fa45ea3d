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
  confirm_lever: ({ with: data }) => `confirms having authorized ${ids(data.lever_ids)}`,
  revert_lever: ({ with: data }) => `takes back ${ids(data.lever_ids)}`,
  adopt_lever: ({ with: data }) => `keeps ${ids(data.lever_ids)} for good`,
  add_evidence: ({ with: data }) => `records evidence ${ids(data.evidence_ids)}`,
  answer_layer: ({ with: { layer } }) => `answers for ${layerLabel(layer)}`,
  answer_layers: ({ with: { layers } }) => `answers for ${listed((layers ?? []).map(layerLabel))}`,
  answer_matrix: ({ with: { rows } }) => `answers the questions against it, ${ids(rows)}`,
  add_action: ({ with: data }) =>
    `files ${count(data.action_ids, "action")}, ${ids(data.action_ids)}`,
  accept_risk: ({ with: data }) => `signs for risk ${ids(data.risk_ids)}`,
  add_note: () => "types a note for the timeline",
  add_strand: ({ with: data }) => `adds ${count(data.strand_ids, "strand")}`,
  dissent: () => "disagrees with a verdict",
  verify_report: ({ with: data }) => `verifies report ${ids(data.report_ids)}`,
  add_gap: ({ with: data }) => `records detection gap ${ids(data.gap_ids)}`,
  answer_detection: () => "answers the questions about detection",
  add_factor: ({ with: data }) => `records contributing factor ${ids(data.factor_ids)}`,
  add_golden: ({ with: data }) => `makes a test of the failure, ${ids(data.golden_ids)}`,
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

function ids(list: readonly string[] | undefined): string {
  return listed(list ?? []);
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
