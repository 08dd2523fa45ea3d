// Golden files: what a view looked like when somebody last read it and found it good.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

/**
 * Compares with `test/golden/<name>.json`. Written where it is missing, except where `CI` is set, and
 * with `UPDATE_GOLDEN=1`: then read what changed before it is committed.
 */
export function expectGolden(name: string, value: unknown): void {
  const path = join(import.meta.dirname, "..", "golden", `${name}.json`);
  const text = `${JSON.stringify(value, null, 2)}\n`;
  const isMissing = !existsSync(path);
  if (process.env["UPDATE_GOLDEN"] === "1" || (isMissing && !process.env["CI"])) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  expect(isMissing ? "" : readFileSync(path, "utf8")).toBe(text);
}
