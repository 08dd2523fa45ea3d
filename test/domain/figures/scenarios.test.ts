// Goal: the figures of the scenarios, as their files hold them, are taken and read as the files say.
// Method: every item's figures go in as JSON, are read, and go round once more as typed lines.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { figureFields } from "#sandbox/play/figures.ts";
import type { Scenario, ScenarioEvidence } from "#sandbox/scenario.ts";
import type { Figures } from "#src/domain/figures/figures.ts";
import { ablationText, parseAblation } from "#src/domain/figures/parse-ablation.ts";
import { armsText, parseArms } from "#src/domain/figures/parse-arms.ts";
import { cohortsText, parseCohorts } from "#src/domain/figures/parse-cohorts.ts";
import { parseSeries, seriesText } from "#src/domain/figures/parse-series.ts";
import { parseStacks, stacksText } from "#src/domain/figures/parse-stacks.ts";
import { readFigures } from "#src/domain/figures/read-figures.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { ok, type Result } from "#src/lib/result.ts";

interface ScenarioItem {
  id: string;
  kind: EvidenceKind;
  reading?: string;
  arms?: object[];
  cohorts?: object[];
  series?: object[];
  ablation?: object[];
  stacks?: object[];
}

const folder = new URL("../../../scenarios/", import.meta.url);
const items = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .flatMap((name) => {
    const scenario = parse(readFileSync(new URL(name, folder), "utf8")) as {
      evidence: ScenarioItem[];
    };
    return scenario.evidence.map((item) => ({ ...item, name: `${name.slice(0, 2)} ${item.id}` }));
  });

test.each(items.filter((item) => item.kind === "E4"))("B3.1: $name reads $reading", (item) => {
  expect(readFigures("E4", figuresOf(item))?.id).toBe(item.reading);
});

test.each([
  ["s1 E01", "differs"],
  ["s1 E02", "in_and_out"],
  ["s1 E07", "in_and_out"],
  ["s1 E09", "differs"],
  ["s1 E13", undefined],
  ["s2 E05", "differs"],
  ["s3 E04", "differs"],
  ["s3 E06", undefined],
])("B13.13: %s reads %s", (name, id) => {
  const item = items.find((one) => one.name === name);
  expect(item && readFigures("E5", figuresOf(item))?.id).toBe(id);
});

const told = { id: "E01", strand_ids: [], contradicts: [], clears: [], author: "U1" };
const cohorts = [
  { group: "after an hour", n: 20, fails: 18 },
  { group: "at once", n: 20, fails: 1 },
];

test.each([
  ["tokens after an idle hour", "orchestration_tools", "other"],
  ["failures by hour", "infrastructure", "hour"],
  ["answers by index", "retrieval_data", "index_version"],
  ["answers by prompt", "model", "other"],
])("B13.8: a player who records “%s” for %s says it is split by %s", (what, layer, splitBy) => {
  const item = { ...told, kind: "E5", what, supports: [layer], cohorts };
  const scenario = { strands: [] } as unknown as Scenario;
  expect(figureFields(scenario, item as ScenarioEvidence)["split_by"]).toBe(splitBy);
  expect(figureFields(scenario, { ...item, supports: [] })["split_by"]).not.toBe("other");
});

test.each([
  ["the agent's credential could delete volumes", "orchestration_tools", true],
  ["Accessibility of the page changed", "orchestration_tools", false],
  ["the index lost access to the source", "retrieval_data", false],
])("B3.3: a player who records “%s” for %s ticks the permission: %s", (what, layer, isTicked) => {
  const scenario = { strands: [] } as unknown as Scenario;
  for (const kind of ["E1", "E2"]) {
    const item = { ...told, kind, what, supports: [layer] } as ScenarioEvidence;
    expect(figureFields(scenario, item)["permission"]).toEqual(
      isTicked ? ["permission"] : undefined,
    );
  }
});

function figuresOf(item: ScenarioItem): Figures {
  return {
    ...(item.arms && { arms: taken(parseArms, armsText, item.arms) }),
    ...(item.cohorts && { cohorts: taken(parseCohorts, cohortsText, item.cohorts) }),
    ...(item.series && { series: taken(parseSeries, seriesText, item.series) }),
    ...(item.ablation && { ablation: taken(parseAblation, ablationText, item.ablation) }),
    ...(item.stacks && { stacks: taken(parseStacks, stacksText, item.stacks) }),
  };
}

test("every item with figures is taken as it stands in its file", () => {
  const withFigures = items.filter((item) => Object.keys(figuresOf(item)).length > 0);
  expect(withFigures.length).toBeGreaterThan(10);
});

/** From JSON, and round once more as people type it. */
function taken<Row>(
  parseRows: (text: string) => Result<Row[], string>,
  textOf: (rows: readonly Row[]) => string,
  json: object[],
): Row[] {
  const parsed = parseRows(JSON.stringify(json));
  if (!parsed.ok) throw new Error(parsed.error);
  expect(parseRows(textOf(parsed.value))).toEqual(ok(parsed.value));
  return parsed.value;
}
