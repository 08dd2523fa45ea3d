import type { GoldenRun, LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { placeNamedKey } from "#src/domain/ledger/named-keys.ts";
import { parameterNames } from "#src/domain/ledger/pin-names.ts";
import { knownPin } from "#src/domain/ledger/pins.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import {
  checkArm,
  differenceInWords,
  type Intended,
  saysAnythingOf,
  shortHash,
} from "./check-arm.ts";
import type { RowValues, TestRow, TestRun } from "./test-run.ts";

export type RunPin = GoldenRun["pins"][number];

/** A var with more values than that is what the test is about, and no version that it ran on. */
const valuesAtMost = 5;

/**
 * The versions that a run was made on: the model of its providers, the hash of its prompts' text, and vars
 * and parameters whose name says that they are one. `beside`: what the sender says itself, by name of a var
 * or of a pin. Where rows say something of it, they must agree; the rest is taken on the sender's word.
 * Refused with the difference, or with a name that no layer is known for. Source: C2b, C3.
 */
export function pinsOfRun(
  run: TestRun,
  beside: Intended,
  settings: Pick<LedgerSettings, "pinKeys">,
): Result<RunPin[], RefusedPins> {
  const place = (key: string) => placeOf(key, settings);
  const [said, unsaid] = parted(run, beside);
  const checked = checkArm(run.rows, said);
  if (!checked.ok) {
    return err({
      kind: "differs",
      reasons: checked.error.map((one) => `${differenceInWords(one, "pins")}.`),
    });
  }
  const unplaced = Object.keys(unsaid).filter((key) => !place(key));
  if (unplaced.length > 0) {
    return err({
      kind: "unknown",
      reasons: unplaced.map(
        (key) =>
          `${key} is no version that I can place. Name it like one (index_version, prompt_version, model), or list it under pins in the services file.`,
      ),
    });
  }
  const found: RunPin[] = [
    ...modelsOf(run.rows),
    ...promptsOf(run.rows),
    ...namedIn(run.rows, place),
  ];
  const added = Object.entries(unsaid).flatMap(([key, value]): RunPin[] => {
    const placed = place(key);
    return placed ? [{ ...placed, value, isDerived: false }] : [];
  });
  const known = new Set(found.map(({ pin }) => pin));
  return ok([...found, ...added.filter(({ pin }) => !known.has(pin))]);
}

/** Why the pins beside a run were not taken: it did not run with them, or nobody knows what they are. */
export interface RefusedPins {
  kind: "differs" | "unknown";
  /** Whole sentences, one for each pin. */
  reasons: string[];
}

/** What rows say something of, and what they say nothing of. */
function parted(run: TestRun, beside: Intended): [said: RowValues, unsaid: RowValues] {
  const entries = Object.entries(beside);
  const isSaid = ([key]: [string, string]) => run.rows.some((row) => saysAnythingOf(row, key));
  return [
    Object.fromEntries(entries.filter(isSaid)),
    Object.fromEntries(entries.filter((entry) => !isSaid(entry))),
  ];
}

/** Which pin a name is, and its layer; undefined where it is none. */
function placeOf(
  key: string,
  { pinKeys }: Pick<LedgerSettings, "pinKeys">,
): { pin: string; layer: LayerId } | undefined {
  const own = Object.hasOwn(pinKeys, key) ? pinKeys[key] : undefined;
  if (own) return { pin: key, layer: own };
  const parameter = Object.hasOwn(parameterNames, key) ? parameterNames[key] : undefined;
  const pin = parameter ?? (key === "model" || key === "provider" ? "model.requested" : key);
  const known = knownPin(pin);
  if (known) return { pin, layer: known.layer };
  // "index_version" is what telemetry would call "app.index.version"
  const placed = placeNamedKey(key.startsWith("app.") ? key : `app.${key.replaceAll("_", ".")}`);
  return placed && { pin: knownPin(placed.pin) ? placed.pin : key, layer: placed.layer };
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
  // with its values put in, a prompt is another one in every case
  const hashes = rows.flatMap(({ promptHash, isPromptRendered }) =>
    promptHash === null || isPromptRendered ? [] : [shortHash(promptHash)],
  );
  return distinct(hashes).map((value) => ({
    pin: "prompt",
    layer: "prompt_policy",
    value,
    isDerived: true,
  }));
}

function namedIn(
  rows: readonly TestRow[],
  place: (key: string) => { pin: string; layer: LayerId } | undefined,
): RunPin[] {
  const valuesByKey = new Map<string, Set<string>>();
  for (const { vars, config } of rows) {
    for (const [key, value] of [...Object.entries(config), ...Object.entries(vars)]) {
      const values = valuesByKey.get(key) ?? new Set();
      if (value !== "" && values.size <= valuesAtMost) values.add(value);
      valuesByKey.set(key, values);
    }
  }
  return [...valuesByKey].flatMap(([key, values]): RunPin[] => {
    const placed = place(key);
    if (!placed || values.size > valuesAtMost) return [];
    return [...values].map((value) => ({
      ...placed,
      value,
      isDerived: value.startsWith("sha256:"),
    }));
  });
}

function distinct(values: readonly string[]): string[] {
  const all = [...new Set(values)];
  return all.length > valuesAtMost ? [] : all;
}
