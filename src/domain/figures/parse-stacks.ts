import { err, ok, type Result } from "#src/lib/result.ts";
import type { Stack } from "./figures.ts";
import { countsOf, eachRow, flagOf, nameOf, nameTwice } from "./parse-cells.ts";
import { type LineForm, parseRows } from "./parse-rows.ts";

const isOrNot = "“control” nor “suspect”: write true or false under is_control";

const form: LineForm = {
  example: "CPU, control: 0 of 10",
  row: { stack: "CPU", is_control: true, n: 10, fails: 0 },
  cells: (head) => {
    const [, stack = head, role = "suspect"] = /^(.*),\s*(control|suspect)$/i.exec(head) ?? [];
    return stack === "" ? undefined : { stack, is_control: role.toLowerCase() === "control" };
  },
};

/**
 * Runs of a minimized reproducer (R5b): lines "CPU, control: 0 of 10" and "TPU: 10 of 10", CSV with
 * stack,is_control,n,fails, or JSON objects of these. Refused with the line: counts that cannot be, a
 * stack twice, more than 50.
 */
export function parseStacks(text: string): Result<Stack[], string> {
  const rows = parseRows(text, form);
  if (!rows.ok) return rows;
  const stacks = eachRow(rows.value, (row) => {
    const stack = nameOf(row, ["stack", "name"]);
    const isControl = flagOf(row, "is_control", isOrNot);
    const counts = countsOf(row);
    if (!stack.ok) return stack;
    if (!isControl.ok) return isControl;
    if (!counts.ok) return counts;
    return ok<Stack>({
      stack: stack.value,
      isControl: isControl.value ?? false,
      ...counts.value,
    });
  });
  if (!stacks.ok) return stacks;
  const twice = nameTwice(stacks.value.map(({ stack }) => stack));
  return twice === undefined
    ? stacks
    : err(`“${twice}” stands there twice. Count each stack once.`);
}

/** The stacks as lines that parse back to the same. */
export function stacksText(stacks: readonly Stack[]): string {
  return stacks
    .map(({ stack, isControl, n, fails }) => {
      // a name that ends like a role needs its own
      const role = isControl
        ? ", control"
        : /,\s*(?:control|suspect)$/i.test(stack)
          ? ", suspect"
          : "";
      return `${stack}${role}: ${fails} of ${n}`;
    })
    .join("\n");
}
