/**
 * Goal: a scenario file is either understood whole or answered with every place that is wrong.
 * Method: the scenario of the demo is read as it is, and then with single lines of it broken.
 */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parseScenario, readScenario } from "#sandbox/scenario.ts";

const path = "scenarios/s0-stale-index.yaml";
const text = await readFile(path, "utf8");
const schema = JSON.parse(await readFile("scenarios/scenario.schema.json", "utf8")) as object;

function faultsAfter(...changes: [string, string][]): string[] {
  const broken = changes.reduce((before, [from, to]) => {
    expect(before).toContain(from);
    return before.replace(from, to);
  }, text);
  const read = parseScenario(broken, schema);
  return read.ok ? [] : read.error;
}

test("the scenario of the demo is read with its 28 steps", async () => {
  const read = await readScenario(path);
  expect(read.ok && read.value.steps.length).toBe(28);
});

test("a file that is not there is named", async () => {
  expect(await readScenario("scenarios/none.yaml")).toEqual({
    ok: false,
    error: ["There is no file scenarios/none.yaml that can be read."],
  });
});

test("every wrong field is named by its JSON pointer, its line and what is expected there", () => {
  const faults = faultsAfter(
    ["internal: SEV2", "internal: SEV9"],
    ["locus: ours", "locus: theirs"],
    ['claim, at: "2026-03-09T09:30:00Z"', 'claim, at: "9:30"'],
    ['title: "Index job fails when it skips a document", ', ""],
  );
  expect(faults).toEqual([
    expect.stringMatching(/^\/locus \(line \d+\): expected one of ours, provider$/),
    expect.stringMatching(
      /^\/severity\/internal \(line \d+\): expected one of SEV1, SEV2, SEV3, SEV4$/,
    ),
    expect.stringMatching(/^\/corrective_actions\/0\/title \(line \d+\): is missing$/),
    expect.stringMatching(
      /^\/steps\/2\/at \(line 10\d\): expected a time in UTC, to the second, such as /,
    ),
  ]);
});

test("a field of another type says which type is expected", () => {
  expect(faultsAfter(["{n: 1, actor", '{n: "one", actor'])).toEqual([
    expect.stringMatching(/^\/steps\/0\/n \(line \d+\): expected integer$/),
  ]);
});

test("broken YAML is named by its line", () => {
  const [fault] = faultsAfter(["locus: ours", "locus: [ours"]);
  expect(fault).toMatch(/^Line \d+ is not YAML: /);
});

test("a file that holds no mapping at all is refused", () => {
  expect(parseScenario("just words", schema)).toEqual({
    ok: false,
    error: ["/: expected object"],
  });
});

test("a step that names something that is not there is refused with what there is", () => {
  const faults = faultsAfter(
    ["evidence_ids: [E04]}, expect", "evidence_ids: [E44]}, expect"],
    ["actor: coordinator, do: stabilize", "actor: nobody_known, do: stabilize"],
    ["rows: [RD1, RD2, RD3, RD4, RD5]}", "rows: [RD1, M3]}"],
  );
  expect(faults).toEqual([
    expect.stringMatching(
      /^\/steps\/5\/with\/evidence_ids\/0 .*there is no "E44"; expected one of E01/,
    ),
    expect.stringMatching(/^\/steps\/14\/with\/rows\/1 .*there is no "M3"; expected one of RD1/),
    expect.stringMatching(/^\/steps\/3\/actor .*there is no "nobody_known"/),
  ]);
});

test("a step that records a change which is not in the scenario is refused", () => {
  const faults = faultsAfter(["with: {strand_ids: [S0-A]}", "with: {change_ids: [CP1, CP9]}"]);
  expect(faults).toEqual([
    expect.stringMatching(
      /^\/steps\/0\/with\/change_ids\/1 .*there is no "CP9"; expected one of CP1/,
    ),
  ]);
});
