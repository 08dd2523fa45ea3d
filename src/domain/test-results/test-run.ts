/**
 * What a tool for tests wrote, in one shape. What a model answered and what people asked it is not in here:
 * long or many-line values are hashes already (C3).
 */
export interface TestRun {
  format: "promptfoo" | "junit";
  /** When it ran, as the file says; null where it does not. */
  ranAt: Date | null;
  /** In the order of the file; what was skipped is no row. */
  rows: TestRow[];
  about: AboutRun;
}

export interface AboutRun {
  /** "promptfoo 0.123.1", the name of the suite; null where the file has none. */
  tool: string | null;
  /** Tests that were left out on purpose. */
  skipped: number;
  /** Runs are missing from it: its end is cut off. */
  isCut: boolean;
  /** What whoever sent it should know of the file; whole sentences. */
  notes: string[];
}

/** A test that ran once: repeats are rows of their own. */
export interface TestRow {
  /** What the test is called. */
  name: string;
  /** What groups repeats of one case; a test's index counts each repeat by itself. */
  goldenId: string | null;
  /** `error`: there was no answer to judge, which is no failure. */
  outcome: "pass" | "fail" | "error";
  /** What really ran, by name. */
  vars: RowValues;
  provider: { id: string; label: string };
  /** SHA-256 of the prompt's text, hex; null where the file has none. promptfoo's own id of a prompt is made of its label. */
  promptHash: string | null;
  /** The hash is of the prompt with its values put in: two rows of one template differ. */
  isPromptRendered: boolean;
  promptLabel: string;
  /** Of the provider and of the test: temperature, address, output parser. */
  config: RowValues;
  metadata: RowValues;
  /** What the row was meant to run with, where the plan of a replay wrote it into the test. */
  intended: RowValues | null;
  /** The answer was an earlier one, taken from the tool's cache. */
  isCached: boolean;
}

/** Short text by name; an object of its own keys. */
export type RowValues = Readonly<Record<string, string>>;

/** Of a name; undefined where there is no such name. Names come from a file: "constructor" is one like any other. */
export function valueIn(values: RowValues, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** What rows come to. */
export interface RowCounts {
  /** Rows with an answer. */
  n: number;
  fails: number;
  /** Rows without one: not in `n`. */
  errors: number;
}

/** How many of the rows failed; `n` and `errors` together are all of them. */
export function countRows(rows: readonly TestRow[]): RowCounts {
  const count = (outcome: TestRow["outcome"]) =>
    rows.filter((row) => row.outcome === outcome).length;
  const fails = count("fail");
  return { n: count("pass") + fails, fails, errors: count("error") };
}
