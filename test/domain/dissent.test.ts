// Goal: a disagreement stays for good, and is not read as one with a verdict that came after it.
// Method: the pure functions over made-up incidents.

import { expect, test } from "vitest";
import { dissentsAgainst } from "#src/domain/dissent.ts";
import { by, declarer, openIncident, verdict } from "./fixtures.ts";

test("R10: a disagreement with a verdict that was replaced or taken back is told as one with an earlier verdict", () => {
  const before = new Date(by.now.getTime() - 60_000);
  const said = (recordedAt: Date) =>
    dissentsAgainst(
      openIncident({
        verdicts: [verdict("model", { revision: 2 })],
        dissents: [
          {
            number: 1,
            strandNumber: 1,
            layer: "model",
            statement: "one trace is thin",
            author: declarer,
            recorder: declarer,
            recordedAt,
          },
        ],
      }),
      1,
      "model",
    );
  expect(said(before)).toMatchObject([{ isOfEarlierVerdict: true }]);
  expect(said(by.now)).toMatchObject([{ isOfEarlierVerdict: false }]);
  const state = openIncident({ dissents: said(by.now) });
  expect(dissentsAgainst(state, 1, "model")).toMatchObject([{ isOfEarlierVerdict: true }]);
});
