/**
 * A small language for what Slack accepts, so that the limits stand in tables (`elements.ts`,
 * `blocks.ts`, `rich-text.ts`) and are read as data.
 */
export type Shape =
  | { is: "string"; min?: number; max?: number; oneOf?: readonly string[]; matches?: RegExp }
  | { is: "whole"; min?: number; max?: number }
  | { is: "flag" }
  | { is: "list"; of: Shape; min?: number; max?: number }
  | ObjectShape
  /** One shape for each value of `type`. */
  | { is: "typed"; table: Readonly<Record<string, ObjectShape>> }
  /** A table further down the file, or one that holds itself. */
  | { is: "later"; shape: () => Shape };

export interface ObjectShape {
  is: "object";
  required?: Readonly<Record<string, Shape>>;
  optional?: Readonly<Record<string, Shape>>;
  /** At least one of these must be there. */
  oneOfFields?: readonly string[];
  /** Only one of these may be there. */
  exclusiveFields?: readonly string[];
}

/**
 * Every fault of `value` against `shape` as "<JSON pointer>: <what is wrong>". Slack counts a field
 * that it does not know as a fault too ("invalid additional property").
 */
export function checkShape(value: unknown, shape: Shape, pointer: string): string[] {
  switch (shape.is) {
    case "string":
      return checkString(value, shape, pointer);
    case "whole":
      return checkWhole(value, shape, pointer);
    case "flag":
      return typeof value === "boolean" ? [] : [`${pointer}: not true or false`];
    case "list":
      return checkList(value, shape, pointer);
    case "object":
      return checkObject(value, shape, pointer);
    case "typed":
      return checkTyped(value, shape.table, pointer);
    case "later":
      return checkShape(value, shape.shape(), pointer);
  }
}

function checkString(
  value: unknown,
  shape: Extract<Shape, { is: "string" }>,
  pointer: string,
): string[] {
  if (typeof value !== "string") return [`${pointer}: not a text`];
  const { min = 1, max, oneOf, matches } = shape;
  if (value.length < min) return [`${pointer}: ${min === 1 ? "empty" : `shorter than ${min}`}`];
  if (max !== undefined && value.length > max) return [`${pointer}: longer than ${max}`];
  if (oneOf && !oneOf.includes(value))
    return [`${pointer}: "${value}" is not one of ${oneOf.join(", ")}`];
  if (matches && !matches.test(value)) return [`${pointer}: "${value}" has the wrong form`];
  return [];
}

function checkWhole(
  value: unknown,
  shape: Extract<Shape, { is: "whole" }>,
  pointer: string,
): string[] {
  if (!Number.isInteger(value)) return [`${pointer}: not a whole number`];
  const number = value as number;
  if (shape.min !== undefined && number < shape.min) return [`${pointer}: less than ${shape.min}`];
  if (shape.max !== undefined && number > shape.max) return [`${pointer}: more than ${shape.max}`];
  return [];
}

function checkList(
  value: unknown,
  shape: Extract<Shape, { is: "list" }>,
  pointer: string,
): string[] {
  if (!Array.isArray(value)) return [`${pointer}: not a list`];
  const { min = 1, max, of } = shape;
  const problems: string[] = [];
  if (value.length < min) problems.push(`${pointer}: fewer than ${min} items`);
  if (max !== undefined && value.length > max) problems.push(`${pointer}: more than ${max} items`);
  value.forEach((item, index) => problems.push(...checkShape(item, of, `${pointer}/${index}`)));
  return problems;
}

function checkObject(value: unknown, shape: ObjectShape, pointer: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${pointer}: not an object`];
  }
  const problems: string[] = [];
  const has = (field: string) => (value as Record<string, unknown>)[field] !== undefined;
  for (const [field, item] of Object.entries(value)) {
    if (field === "type" || item === undefined) continue;
    const known = shape.required?.[field] ?? shape.optional?.[field];
    if (known) problems.push(...checkShape(item, known, `${pointer}/${field}`));
    else problems.push(`${pointer}/${field}: Slack does not know this field here`);
  }
  for (const field of Object.keys(shape.required ?? {})) {
    if (!has(field)) problems.push(`${pointer}/${field}: missing`);
  }
  const { oneOfFields, exclusiveFields } = shape;
  if (oneOfFields && !oneOfFields.some(has)) {
    problems.push(`${pointer}: needs ${oneOfFields.join(" or ")}`);
  }
  if (exclusiveFields && exclusiveFields.filter(has).length > 1) {
    problems.push(`${pointer}: has more than one of ${exclusiveFields.join(", ")}`);
  }
  return problems;
}

function checkTyped(
  value: unknown,
  table: Readonly<Record<string, ObjectShape>>,
  pointer: string,
): string[] {
  const type = (value as { type?: unknown } | null)?.type;
  if (typeof type !== "string") return [`${pointer}/type: missing`];
  const shape = Object.hasOwn(table, type) ? table[type] : undefined;
  if (!shape) {
    return [`${pointer}/type: "${type}" is not allowed here (${Object.keys(table).join(", ")})`];
  }
  return checkObject(value, shape, pointer);
}
