import { type Intended, shortHash, shown } from "./check-arm.ts";
import { type TestRow, valueIn } from "./test-run.ts";

/** An arm with the rows that are its own. */
export interface ArmRows {
  name: string;
  /** What a line of its counts begins with: name, role and layers. */
  head: string;
  intended: Intended;
  rows: readonly TestRow[];
}

/**
 * What differs between an arm and the one it is compared with beside what either of them means, as whole
 * sentences: a replay sets one thing otherwise, everything else equal, else its result speaks of nothing
 * (B3.1). Sets of values are compared, since one arm runs many cases.
 */
export function confounds(arm: ArmRows, base: ArmRows): string[] {
  const isMeant = (key: string) =>
    Object.hasOwn(arm.intended, key) || Object.hasOwn(base.intended, key);
  const isOtherwise = (key: string, of: (row: TestRow) => string | null): string[] => {
    if (isMeant(key)) return [];
    const [own, others] = [valuesOf(arm.rows, of), valuesOf(base.rows, of)];
    if (own.symmetricDifference(others).size === 0) return [];
    return [
      `“${arm.name}” also differs from “${base.name}” in ${key}: ${listed(own, others)} against ${listed(others, own)}. Run both with the same, or name it in both lines.`,
    ];
  };
  const all = [...arm.rows, ...base.rows];
  const names = (of: (row: TestRow) => object) =>
    new Set(all.flatMap((row) => Object.keys(of(row))));
  return [
    ...(isMeant("model")
      ? []
      : isOtherwise("provider", ({ provider }) => provider.id || provider.label)),
    // with its values put in, the prompt of every case is another one
    ...(all.some(({ isPromptRendered }) => isPromptRendered)
      ? []
      : isOtherwise("prompt", ({ promptHash }) => promptHash && shortHash(promptHash))),
    ...[...names(({ vars }) => vars)].flatMap((key) =>
      isOtherwise(key, ({ vars }) => valueIn(vars, key) ?? null),
    ),
    ...[...names(({ config }) => config)].flatMap((key) =>
      isOtherwise(key, ({ config }) => valueIn(config, key) ?? null),
    ),
  ];
}

function valuesOf(
  rows: readonly TestRow[],
  of: (row: TestRow) => string | null,
): Set<string | null> {
  return new Set(rows.map(of));
}

/** The values that the other side has not, two of them. */
function listed(own: Set<string | null>, others: Set<string | null>): string {
  const only = [...own.difference(others)];
  const named = only.length > 0 ? only : [...own];
  const words = named.slice(0, 2).map((value) => (value === null ? "none" : shown(value)));
  return named.length > 2 ? `${words.join(", ")}, …` : words.join(", ");
}
