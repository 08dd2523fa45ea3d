import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { LineCounter, parseDocument, type Document } from "yaml";
import { err, ok, type Result } from "#src/lib/result.ts";
import { findDanglingReferences } from "./scenario-references.ts";

/**
 * An incident as data that can be played (scenarios/scenario.schema.json). Only what the player reads
 * is typed here; unknown keys are kept and ignored.
 */
export interface Scenario {
  id: string;
  title: string;
  citation: { publisher: string; title: string; url: string };
  classes: { primary: string };
  severity: { internal: string };
  promise: { text: string };
  detection: { sources: string[]; detected: string; declared: string; onset_held?: string };
  people: ScenarioPerson[];
  strands: ScenarioStrand[];
  impact: { what: string; value: number; unit: string }[];
  stabilization: ScenarioLever[];
  evidence: ScenarioEvidence[];
  corrective_actions: ScenarioAction[];
  reports: { id: string; text: string; strand_ids: string[]; verified: boolean }[];
  /** Pins by layer, at last known good, 48 hours before, and at the declaration. */
  version_state?: Record<string, unknown>;
  control_plane_events?: ScenarioChange[];
  /** When everything was last known to be well. */
  lkg_baseline?: { at: string };
  locus?: string;
  dissents: { id: string; strand: string; layer: string; by: string; text: string }[];
  contributing_factors: ScenarioFactor[];
  detection_gaps: { id: string; kind: string; layer: string; text: string }[];
  detection_answers?: { question: string; answer: string }[];
  goldens: ScenarioGolden[];
  accepted_risks: {
    id: string;
    layer: string;
    text: string;
    signed_by: string;
    capacity: string;
  }[];
  steps: Step[];
  assertions: ScenarioAssertion[];
}
/** What has to hold of a play, and the part of the product that it stands on. */
export interface ScenarioAssertion {
  id: string;
  text: string;
  needs: string[];
  check: {
    step_ns?: number[];
    verdict_is?: {
      strand: string;
      layer: string;
      verdict: string;
      confidence?: string;
      scope?: Record<string, string[]>;
    };
    reading_is?: { evidence_id: string; layer?: string; reading: string };
    /** Items that the postmortem prints. */
    printed?: string[];
  };
}
/** Something that changed; `role: effect`: a consequence that is seen in spans, and that nobody declared. */
export interface ScenarioChange {
  id: string;
  at: string;
  kind: string;
  layer: string;
  what: string;
  role: string;
  sets: Record<string, string>;
}
export interface ScenarioPerson {
  handle: string;
  roles: string[];
  layers: string[];
  capacities: string[];
}
export interface ScenarioStrand {
  id: string;
  name: string;
  onset?: { from: string; to: string };
  slice?: Record<string, string[]>;
  symptom: string;
  expected: {
    outcome: { kind: string; layers?: string[] };
    verdicts: {
      layer: string;
      verdict: string;
      confidence: string;
      scope?: Record<string, string[]>;
      positive: string[];
    }[];
  };
  answers: ScenarioAnswer[];
  matrix: ScenarioRow[];
}
export interface ScenarioAnswer {
  layer: string;
  state: "answered" | "cannot_tell" | "not_applicable";
  answer: "changed" | "no_change" | "degraded";
  change_source_complete: boolean;
  evidence_ids: string[];
  author: string;
  verdict: string;
  note?: string;
}
export interface ScenarioRow {
  row: string;
  layer: string;
  answer: string;
  speaks_for?: string;
  cannot_tell?: boolean;
  evidence_ids: string[];
  author: string;
}
export interface ScenarioLever {
  id: string;
  lever: string;
  text: string;
  layer: string;
  authorized_by: string;
  tradeoff: string;
  revert_condition: string;
  capacity?: string;
  harm_signal?: string;
  fate: "reverted" | "adopted";
  fate_owner: string;
}
export interface ScenarioEvidence {
  id: string;
  kind: string;
  what: string;
  supports: string[];
  contradicts: string[];
  clears: string[];
  author: string;
  strand_ids: string[];
  slice?: Record<string, string[]>;
  measure?: string;
  other_pins_equal?: boolean;
  same_build?: boolean;
  change_ids?: string[];
  arms?: ScenarioArm[];
  cohorts?: { group: string; n: number; fails: number }[];
  series?: {
    window: { from: string; to: string };
    change_present: boolean;
    n: number;
    fails: number;
    [dimension: string]: unknown;
  }[];
  ablation?: { group: string; with_change: boolean; n: number; fails: number }[];
  stacks?: { stack: string; is_control: boolean; n: number; fails: number }[];
}
/** One arm of a replay (B3.1). */
export interface ScenarioArm {
  id: string;
  arm: string;
  role: string;
  layer?: string;
  n: number;
  fails: number;
}
export interface ScenarioAction {
  id: string;
  title: string;
  owner?: string;
  due?: string;
  layer?: string;
  constraint: string;
  criterion?: string;
  enforcement?: string;
  addresses?: string[];
  verification?: string;
}
export interface ScenarioFactor {
  id: string;
  cat: string;
  layer: string;
  text: string;
  interacts_with: string[];
}
export interface ScenarioGolden {
  id: string;
  strand_ids: string[];
  /** Empty where it comes from no reproduction. */
  from_evidence: string;
  preconditions: string;
  input: string;
  pass_when: string;
}
/** One thing that one person does, and what the bot is expected to say to it. */
export interface Step {
  n: number;
  actor: string;
  do: string;
  /** Set where time passes before it; else it happens right after the step before. */
  at?: string;
  with: StepData;
  expect: Expectation;
}
export interface StepData {
  strand?: string;
  strand_ids?: string[];
  layer?: string;
  layers?: string[];
  verdict?: string;
  confidence?: string;
  scope?: Record<string, string[]>;
  approver?: string;
  text?: string;
  rows?: string[];
  evidence_ids?: string[];
  lever_ids?: string[];
  action_ids?: string[];
  handle?: string;
  roles?: string[];
  phase?: string;
  questions?: string[];
  report_ids?: string[];
  gap_ids?: string[];
  factor_ids?: string[];
  golden_ids?: string[];
  risk_ids?: string[];
  dissent_ids?: string[];
  change_ids?: string[];
  scan?: "default" | "since_lkg";
  [list: string]: unknown;
}
export interface Expectation {
  result: "accepted" | "refused" | "suggested" | "shown" | "flagged" | "insufficient";
  rule?: string;
  missing?: string[];
  includes?: string[];
  excludes?: string[];
  reading?: string;
  weight?: string;
  /** Warnings that have to be seen on the way: `snapshot_first`. */
  shows?: string[];
  counted?: boolean;
}

/**
 * Reads a scenario from a YAML file. The error is a list of sentences, one for each fault: the line
 * of broken YAML, or the JSON pointer of each wrong field with what is expected there.
 */
export async function readScenario(path: string): Promise<Result<Scenario, string[]>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return err([`There is no file ${path} that can be read.`]);
  }
  return parseScenario(text, JSON.parse(await readFile(schemaFile, "utf8")) as object);
}

const scenarioFolder = new URL("../scenarios/", import.meta.url);
const schemaFile = new URL("scenario.schema.json", scenarioFolder);

/** Where a scenario is: `s1` is short for the file of ours that begins so; anything else is a path. */
export async function pathOfScenario(name: string): Promise<string> {
  if (!/^s\d+$/i.test(name)) return name;
  const files = await readdir(scenarioFolder);
  const file = files.find((one) => one.startsWith(`${name.toLowerCase()}-`));
  return file === undefined ? name : fileURLToPath(new URL(file, scenarioFolder));
}

/** The scenario in this YAML text, checked against the JSON Schema; see `readScenario`. */
export function parseScenario(text: string, schema: object): Result<Scenario, string[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return err(
      document.errors.map(
        (fault) =>
          `Line ${lines.linePos(fault.pos[0]).line} is not YAML: ${firstLine(fault.message)}`,
      ),
    );
  }
  const data: unknown = document.toJS();
  const isValid = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  const faults = isValid(data) ? [] : describe(isValid.errors ?? []);
  const all = faults.length > 0 ? faults : findDanglingReferences(data as Scenario);
  if (all.length === 0) return ok(data as Scenario);
  return err(
    all.map(
      (fault) => `${fault.path || "/"}${lineOf(document, lines, fault.path)}: ${fault.expected}`,
    ),
  );
}

/** What is wrong at one place of a scenario. */
export interface ScenarioFault {
  /** JSON pointer: `/steps/3/actor`. */
  path: string;
  expected: string;
}

/** One fault a place: "if" only repeats what the branch that failed says. */
function describe(errors: ErrorObject[]): ScenarioFault[] {
  const faults = errors
    .filter((error) => error.keyword !== "if")
    .map((error): ScenarioFault => {
      const params = error.params as Record<string, unknown>;
      if (error.keyword === "required") {
        return {
          path: `${error.instancePath}/${escapePointer(String(params["missingProperty"]))}`,
          expected: "is missing",
        };
      }
      return {
        path: error.instancePath,
        expected: expectation(error.keyword, params, error.message),
      };
    });
  return faults.filter(
    (fault, index) =>
      faults.findIndex((o) => o.path === fault.path && o.expected === fault.expected) === index,
  );
}

function expectation(
  keyword: string,
  params: Record<string, unknown>,
  message: string | undefined,
): string {
  switch (keyword) {
    case "enum":
      return `expected one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
    case "const":
      return `expected ${JSON.stringify(params["allowedValue"])}`;
    case "type":
      return `expected ${String(params["type"])}`;
    case "pattern":
      return String(params["pattern"]).startsWith("^\\d{4}-")
        ? "expected a time in UTC, to the second, such as 2026-03-09T09:20:00Z"
        : `expected text of the form ${String(params["pattern"])}`;
    default:
      return message ?? `breaks the rule "${keyword}" of the schema`;
  }
}

/** " (line 12)", or nothing where the place does not exist in the file. */
function lineOf(document: Document, lines: LineCounter, pointer: string): string {
  const path = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range) return ` (line ${lines.linePos(node.range[0]).line})`;
  }
  return "";
}

function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
