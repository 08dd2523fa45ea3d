import { err, ok, type Result } from "#src/lib/result.ts";
import type { Slice } from "./strand.ts";

// A slice is typed as people say it, one line a dimension: "models: a, b". Dimensions are kept in lower
// case and everything in order, so that the same slice is the same however it was typed.

const dimensionsAtMost = 10;
const valuesAtMost = 20;
const charactersAtMost = 100;

/** What was typed, one line a dimension, as a slice; empty text is the empty slice. Else a sentence that says what to change. */
export function parseSlice(text: string): Result<Slice, string> {
  const slice = new Map<string, Set<string>>();
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    const [, name = "", listed = ""] = /^([^:]*):(.*)$/.exec(line) ?? [];
    const dimension = name.trim().toLowerCase();
    const values = listed.split(",").map((value) => value.trim());
    // a name that objects are born with means something else to who reads the record by program
    if (dimension === "" || dimension === "__proto__" || values.includes("")) {
      return err("Write one line for each dimension, such as “region: eu-1, eu-2”.");
    }
    if ([dimension, ...values].some((word) => word.length > charactersAtMost)) {
      return err(`A dimension and a value take at most ${charactersAtMost} characters each.`);
    }
    slice.set(dimension, new Set([...(slice.get(dimension) ?? []), ...values]));
  }
  if (slice.size > dimensionsAtMost || [...slice.values()].some((set) => set.size > valuesAtMost)) {
    return err(`At most ${dimensionsAtMost} dimensions of ${valuesAtMost} values each.`);
  }
  const inOrder = [...slice].toSorted(([a], [b]) => compare(a, b));
  return ok(
    Object.fromEntries(
      inOrder.map(([dimension, values]) => [dimension, [...values].toSorted(compare)]),
    ),
  );
}

/** The slice as it is typed, for a form that comes back: "models: a, b", one line a dimension. */
export function sliceText(slice: Slice): string {
  return Object.entries(slice)
    .map(([dimension, values]) => `${dimension}: ${values.join(", ")}`)
    .join("\n");
}

/** The slice inside a sentence: "models a or b, region eu-1"; empty for the whole strand. */
export function sliceInWords(slice: Slice): string {
  return Object.entries(slice)
    .map(([dimension, values]) => `${dimension} ${values.join(" or ")}`)
    .join(", ");
}

/** Whether two slices say the same. */
export function isSameSlice(a: Slice, b: Slice): boolean {
  return sliceText(a) === sliceText(b);
}

/**
 * B13.1: whether an item of this slice covers a claim. A dimension that the scope does not name takes
 * the strand's; in each dimension of the item, the claim's values are among the item's. An item
 * without a slice covers everything.
 */
export function covers(item: Slice, scope: Slice, ofStrand: Slice): boolean {
  return Object.entries(item).every(([dimension, values]) => {
    const claimed = valuesOf(scope, dimension) ?? valuesOf(ofStrand, dimension);
    return claimed !== undefined && claimed.every((value) => values.includes(value));
  });
}

/** People choose the names of dimensions, so what an object has from birth is not one of them. */
function valuesOf(slice: Slice, dimension: string): readonly string[] | undefined {
  return Object.hasOwn(slice, dimension) ? slice[dimension] : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
