import type { GoldenRun, LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { placeNamedKey } from "#src/domain/ledger/named-keys.ts";
import { parameterNames } from "#src/domain/ledger/pin-names.ts";
import { keptValue, type PinKeySource } from "#src/domain/ledger/pin-values.ts";
import { knownPin } from "#src/domain/ledger/pins.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import {
  checkArm,
  differenceInWords,
  type Intended,
  isAsIntended,
  saysAnythingOf,
  shortHash,
  shown,
} from "./check-arm.ts";
import type { RowValues, TestRow, TestRun } from "./test-run.ts";

export type RunPin = GoldenRun["pins"][number];

/** A var with more values than that is what the test is about, and no version that it ran on. */
const valuesAtMost = 5;

/**
 * The versions that a run was made on: the model of its providers, the hash of its prompts' text, and vars
 * and parameters whose name says that they are one; a value that does not look like one is its hash.
 * `beside`: what the sender says itself, by name of a var or of a pin. Where rows say something of it, under
 * that name or another one of the same pin, they must agree; the rest is taken on the sender's word. Refused
 * with the difference, or with a name that no layer is known for. `sha256` gives the hash of a text in hex.
 * Source: C2b, C3.
 */
export function pinsOfRun(
  run: TestRun,
  beside: Intended,
  settings: Pick<LedgerSettings, "pinKeys">,
  sha256: (text: string) => string,
): Result<RunPin[], RefusedPins> {
  const place = (key: string) => placeOf(key, settings);
  const names = namesOfPins(run.rows, place);
  const told = Object.entries(beside).map(([key, value]) => ({
    key,
    value,
    pin: place(key)?.pin,
    names: isSaid(run.rows, key) ? [key] : (names.get(place(key)?.pin ?? "") ?? []),
  }));
  const unsaid = told.filter((one) => one.names.length === 0);
  const reasons = [
    ...told.flatMap((one) => differencesOf(run.rows, one)),
    ...contradictionsIn(unsaid),
  ];
  if (reasons.length > 0) return err({ kind: "differs", reasons });
  const unplaced = unsaid.filter(({ pin }) => pin === undefined);
  if (unplaced.length > 0) {
    return err({
      kind: "unknown",
      reasons: unplaced.map(
        ({ key }) =>
          `${key} is no version that I can place. Name it like one (index_version, prompt_version, model), or list it under pins in the services file.`,
      ),
    });
  }
  const found: RunPin[] = [
    ...modelsOf(run.rows),
    ...promptsOf(run.rows),
    ...namedIn(run.rows, place, sha256),
  ];
  const known = new Set(found.map(({ pin }) => pin));
  const added = new Map<string, RunPin>();
  for (const { key, value } of unsaid) {
    const placed = place(key);
    if (!placed || known.has(placed.pin)) continue;
    added.set(placed.pin, { pin: placed.pin, layer: placed.layer, value, isDerived: false });
  }
  return ok([...found, ...added.values()]);
}

/** Why the pins beside a run were not taken: it did not run with them, or nobody knows what they are. */
export interface RefusedPins {
  kind: "differs" | "unknown";
  /** Whole sentences, one for each pin. */
  reasons: string[];
}

type Place = (key: string) => Placed | undefined;

interface Placed {
  pin: string;
  layer: LayerId;
  from: PinKeySource;
}

/** One pin beside a run, and the names under which the run's rows tell of it themselves. */
interface Told {
  key: string;
  value: string;
  pin: string | undefined;
  names: readonly string[];
}

/**
 * How rows contradict one pin that stands beside them, in sentences. A file may tell of it under other names
 * ("index" is its "index_version"): a row agrees where each of those that it has agrees.
 */
function differencesOf(rows: readonly TestRow[], { key, value, names }: Told): string[] {
  const byName = names.map((name) => ({ name, intended: { [name]: value } }));
  const isMet = (row: TestRow): boolean => {
    const own = byName.filter(({ name }) => names.length === 1 || saysAnythingOf(row, name));
    return own.length > 0 && own.every(({ intended }) => isAsIntended(row, intended));
  };
  if (names.length === 0 || rows.every(isMet)) return [];
  return names.flatMap((name) => {
    const checked = checkArm(rows, { [name]: value });
    const who = name === key ? "pins" : `pins, as ${key},`;
    return checked.ok ? [] : checked.error.map((one) => `${differenceInWords(one, who)}.`);
  });
}

/** Under which names rows tell of which pin. */
function namesOfPins(rows: readonly TestRow[], place: Place): Map<string, string[]> {
  const names = new Set([...valuesOf(rows)].flatMap((one) => Object.keys(one)));
  if (isSaid(rows, "model")) names.add("model");
  if (rows.some(hasTemplate)) names.add("prompt");
  const byPin = new Map<string, string[]>();
  for (const name of names) {
    const pin = place(name)?.pin;
    if (pin !== undefined) byPin.set(pin, [...(byPin.get(pin) ?? []), name]);
  }
  return byPin;
}

/** Configuration and vars of all rows, each once: many rows share those of their suite or provider. */
function valuesOf(rows: readonly TestRow[]): Set<RowValues> {
  return new Set(rows.flatMap(({ config, vars }) => [config, vars]));
}

function isSaid(rows: readonly TestRow[], key: string): boolean {
  return rows.some((row) => saysAnythingOf(row, key));
}

/** Two names of one pin beside a run that says nothing of it, with two values. */
function contradictionsIn(unsaid: readonly Told[]): string[] {
  return [...Map.groupBy(unsaid, ({ pin }) => pin)].flatMap(([pin, [first, ...rest]]) => {
    const other = rest.find(({ value }) => value.trim() !== first?.value.trim());
    return pin === undefined || !first || !other
      ? []
      : [
          `${first.key} and ${other.key} are the same version, and pins says ${shown(first.value)} and ${shown(other.value)}.`,
        ];
  });
}

/** Which pin a name is, and its layer; undefined where it is none. */
function placeOf(key: string, { pinKeys }: Pick<LedgerSettings, "pinKeys">): Placed | undefined {
  const own = Object.hasOwn(pinKeys, key) ? pinKeys[key] : undefined;
  if (own) return { pin: key, layer: own, from: "configured" };
  const parameter = Object.hasOwn(parameterNames, key) ? parameterNames[key] : undefined;
  const pin = parameter ?? (key === "model" || key === "provider" ? "model.requested" : key);
  const known = knownPin(pin);
  if (known) return { pin, layer: known.layer, from: "words" };
  // "index_version" is what telemetry would call "app.index.version"
  const placed = placeNamedKey(key.startsWith("app.") ? key : `app.${key.replaceAll("_", ".")}`);
  return (
    placed && {
      pin: knownPin(placed.pin) ? placed.pin : key,
      layer: placed.layer,
      from: "words",
    }
  );
}

function modelsOf(rows: readonly TestRow[]): RunPin[] {
  const models = rows.map(({ provider: { id, label } }) =>
    // a provider of one's own is a file: what it calls itself is its label
    id === "" || /^(?:file|exec|python|golang|ruby|webhook|https?|package):/.test(id) ? label : id,
  );
  return distinct(models.filter((model) => model !== "")).map((value) => ({
    pin: "model.requested",
    layer: "model",
    value,
    isDerived: false,
  }));
}

function promptsOf(rows: readonly TestRow[]): RunPin[] {
  const hashes = rows.flatMap((row) =>
    hasTemplate(row) && row.promptHash !== null ? [shortHash(row.promptHash)] : [],
  );
  return distinct(hashes).map((value) => ({
    pin: "prompt",
    layer: "prompt_policy",
    value,
    isDerived: true,
  }));
}

/** With its values put in, a prompt is another one in every case. */
function hasTemplate({ promptHash, isPromptRendered }: TestRow): boolean {
  return promptHash !== null && !isPromptRendered;
}

function namedIn(
  rows: readonly TestRow[],
  place: Place,
  sha256: (text: string) => string,
): RunPin[] {
  const valuesByKey = new Map<string, Set<string>>();
  for (const named of valuesOf(rows)) {
    for (const [key, value] of Object.entries(named)) {
      const values = valuesByKey.get(key) ?? new Set();
      if (value !== "" && values.size <= valuesAtMost) values.add(value);
      valuesByKey.set(key, values);
    }
  }
  return [...valuesByKey].flatMap(([key, values]): RunPin[] => {
    const placed = place(key);
    if (!placed || values.size > valuesAtMost) return [];
    const { pin, layer, from } = placed;
    return [...values].map((value) => {
      const kept = keptValue(pin, value, from, sha256);
      return { pin, layer, ...kept, isDerived: kept.isDerived || value.startsWith("sha256:") };
    });
  });
}

function distinct(values: readonly string[]): string[] {
  const all = [...new Set(values)];
  return all.length > valuesAtMost ? [] : all;
}
