// Goal: whoever has the file alone comes to the same end as the rules did (issue "attribution engine").
// Method: any record with any verdict standing in it, admissible or not, written to a file and verified from it.

import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkClaim } from "#src/domain/attribution.ts";
import { attributionText, toAttributionFile, verifyFile } from "#src/documents/attribution-file.ts";
import { verdict } from "#test/domain/fixtures.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { anyClaim } from "./any-claim.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("R1 to R12: the verifier agrees with the engine on every verdict that stands", () => {
  const found = { holds: 0, refused: 0 };
  fc.assert(
    fc.property(anyClaim, ({ state, made }) => {
      const standing = { ...state, verdicts: [...state.verdicts, verdict(made.layer, made)] };
      const record = {
        state: standing,
        timeline: [],
        refusals: [],
        names: new Map(),
        similar: [],
        versions: null,
      };
      const text = attributionText(toAttributionFile(record, sha256));
      const checks = verifyFile(JSON.parse(text));
      if (!checks.ok) throw new Error(JSON.stringify(checks.error));
      const expected = standing.verdicts.map((one) => ({
        layer: one.layer,
        rules: checkClaim(standing, one)?.rules ?? [],
      }));
      const said = checks.value.map(({ layer, holds, refusedBy }) => {
        expect(holds).toBe(refusedBy.length === 0);
        return { layer, rules: refusedBy.map(({ rule }) => rule) };
      });
      // the file has an order of its own
      expect(said).toHaveLength(expected.length);
      expect(said).toEqual(expect.arrayContaining(expected));
      found[expected.at(-1)?.rules.length === 0 ? "holds" : "refused"] += 1;
    }),
    { numRuns: propertyRuns },
  );
  expect(found.holds).toBeGreaterThan(propertyRuns / 10);
  expect(found.refused).toBeGreaterThan(propertyRuns / 10);
});
