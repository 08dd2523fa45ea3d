// Goal: whoever wires up telemetry finds in docs/collector.md every attribute that is read, what it is and its
// layer, and none that is not.
// Method: the document's two tables against the alias tables of the code, both ways.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { layers } from "#src/domain/layers/index.ts";
import { placeNamedKey, places } from "#src/domain/ledger/named-keys.ts";
import {
  anywhere,
  hashedContent,
  modelNames,
  namedVersions,
  ofModelCalls,
  parameterNames,
  parameterObjects,
  toolSchemaKeys,
  toolSpanKeys,
} from "#src/domain/ledger/pin-names.ts";
import { knownPins } from "#src/domain/ledger/pins.ts";

const text = readFileSync(new URL("../../../docs/collector.md", import.meta.url), "utf8");

/** The rows of the table below a line: what stands in backticks in the first column → the other two. */
function tableBelow(line: string): Record<string, string> {
  const [, after = ""] = text.split(`\n${line}\n`);
  const rows = after.trimStart().split("\n\n")[0]!.split("\n").slice(2);
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  return Object.fromEntries(
    cells.flatMap(([, first = "", what, layer]) =>
      [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => [name, `${what} | ${layer}`] as const),
    ),
  );
}

const rowOf = (pin: string, more = "") =>
  `${knownPins[pin]!.label}${more} | ${layers[knownPins[pin]!.layer].label}`;

test("every attribute that is read stands in the document with what it is and its layer, and no other", () => {
  const hash = ", by its hash";
  expect(toolSchemaKeys.test("llm.tools.0.tool.json_schema")).toBe(true);
  expect(tableBelow("By their names:")).toEqual(
    Object.fromEntries([
      ...[...anywhere, ...ofModelCalls].flatMap(([pin, keys]) =>
        keys.map((key) => [key, rowOf(pin)]),
      ),
      ...namedVersions.flatMap(([pin, ...keys]) => keys.map((key) => [key, rowOf(pin)])),
      ...hashedContent.flatMap(([pin, keys]) => keys.map((key) => [key, rowOf(pin, hash)])),
      ...[toolSpanKeys.schema, "llm.tools.0.tool.json_schema"].map((key) => [
        key,
        rowOf("tool.schema", hash),
      ]),
      ...parameterObjects.map((key) => [
        key,
        `parameters, as one JSON object | ${layers.orchestration_tools.label}`,
      ]),
      // those that are listed above are another pin on the span of an embedding
      ...modelNames
        .filter((key) => !ofModelCalls.some(([, keys]) => keys.includes(key)))
        .map((key) => [
          key,
          rowOf(key === "llm.model_name" ? "model.served" : key.replace(".model_name", "")),
        ]),
    ]),
  );
});

test("every word by which a name of a team's own is placed stands in the document, and no other", () => {
  expect(tableBelow("By a word in a name of your own:")).toEqual(
    Object.fromEntries(
      places.flatMap(([words, pin]) => words.split(" ").map((word) => [word, rowOf(pin)])),
    ),
  );
});

test("the names that the document gives as examples are read", () => {
  const named = [...text.matchAll(/`(app\.[\w.]+)`/g)].map(([, key = ""]) => key);
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((key) => placeNamedKey(key) === undefined)).toEqual([]);
  const [, ends = ""] = /ends in ((?:`\w+`[, or]*)+)/.exec(text) ?? [];
  const last = [...ends.matchAll(/`(\w+)`/g)].map(([, word = ""]) => word);
  expect(last.filter((word) => placeNamedKey(`app.index.${word}`) === undefined)).toEqual([]);
  expect(last).toContain("version");
});

test("every parameter that is read out of one JSON object has a pin", () => {
  expect(Object.values(parameterNames).filter((pin) => !knownPins[pin])).toEqual([]);
});
