// Goal: the response does not end while a strand is unattributed, but as undetermined and seen next time (R14).
// Method: closing with strands attributed and not, as attributed and as undetermined.

import { expect, test } from "vitest";
import { strandsAttributed } from "#src/domain/gates/attribution.ts";
import type { CloseClaim } from "#src/domain/gates/close-claim.ts";
import { constraintKinds, type VerdictKind, verdictKinds } from "#src/domain/vocabulary.ts";
import { action, declarer, openIncident, user, verdict } from "#test/domain/fixtures.ts";

const close = (facts: Partial<CloseClaim> = {}): CloseClaim => ({
  closeAs: "attributed",
  approver: null,
  closedBy: declarer,
  ...facts,
});
const undetermined = close({ closeAs: "undetermined", approver: user("U-approver") });
const seen = [action("model", { constraintKind: "observability" })];

test.each(Object.keys(verdictKinds) as VerdictKind[])(
  "R14: a strand whose only verdict is %s is attributed where that is 'broke first'",
  (kind) => {
    const state = openIncident({ verdicts: [verdict("model", { verdict: kind })] });
    const missing = strandsAttributed(state, close())?.missing;
    expect(missing).toEqual(kind === "proximate" ? undefined : ["S1"]);
  },
);

test("R14: every strand is asked, and those that are missing are named", () => {
  const state = openIncident({ verdicts: [verdict("model", { strandNumber: 2 })] });
  const strands = [1, 2, 3].map((number) => ({ ...state.strands[0], number }));
  const refusal = strandsAttributed({ ...state, strands: strands as never }, close());
  expect(refusal).toMatchObject({ rule: "R14", missing: ["S1", "S3"] });
  expect(refusal?.sentence).toMatch(/what broke first in strand 1/);
});

test("R14: 'closed, undetermined' takes another person's approval and an instrumentation action", () => {
  expect(strandsAttributed(openIncident({ actions: seen }), undetermined)).toBeUndefined();
});

test.each([null, declarer])("R14: not approved by somebody else (%s), it refuses", (approver) => {
  const refusal = strandsAttributed(openIncident({ actions: seen }), { ...undetermined, approver });
  expect(refusal?.missing).toEqual(["S1"]);
  expect(refusal?.sentence).toMatch(/Name somebody other than yourself/);
});

test.each(Object.keys(constraintKinds).filter((kind) => kind !== "observability"))(
  "R14: an action of the kind %s is no instrumentation",
  (kind) => {
    const actions = [action("model", { constraintKind: kind as "test" })];
    const refusal = strandsAttributed(openIncident({ actions }), undetermined);
    expect(refusal?.sentence).toMatch(/Record an action of the kind observability first/);
  },
);
