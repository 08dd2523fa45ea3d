// Goal: for each layer it is said truly whether "did it change?" could be answered today, from what, and the one
// thing to wire up next is the one that closes most.
// Method: the pure function on made-up facts.
import { expect, test } from "vitest";
import type { LayerId } from "#src/domain/layers/index.ts";
import { needs } from "#src/domain/ledger/readiness-needs.ts";
import { type Readiness, readiness, type ReadinessFacts } from "#src/domain/ledger/readiness.ts";
import {
  before,
  live,
  mark,
  nothing,
  now,
  pin,
  stalePin,
  whole,
  without,
} from "#test/support/readiness-facts.ts";

const answersOf = ({ layers }: Readiness) =>
  Object.fromEntries(layers.map(({ layer, answer }) => [layer, answer]));
const of = (facts: ReadinessFacts, layer: LayerId) =>
  readiness(facts, now).layers.find((one) => one.layer === layer)!;

test("every layer has something that it needs", () => {
  const layers = new Set(needs.map(({ layer }) => layer));
  expect([...layers]).toEqual(Object.keys(answersOf(readiness(nothing, now))));
});

test("a service of which nothing ever came is to send its telemetry: that closes every layer", () => {
  const found = readiness(nothing, now);
  expect(new Set(Object.values(answersOf(found)))).toEqual(new Set(["no"]));
  expect(found.next).toContain("/v1/traces");
});

test("where all that a layer needs is seen, it could be answered; where nothing is missing, nothing is left", () => {
  const found = readiness(whole, now);
  expect(new Set(Object.values(answersOf(found)))).toEqual(new Set(["yes"]));
  expect(found.next).toBeNull();
});

test("what closes most comes first: a layer of which nothing is known before one that lacks a part", () => {
  expect(readiness(without("policy", "index"), now).next).toContain("app.index.version");
  expect(readiness(without("policy"), now).next).toContain("app.policy.version");
  expect(readiness(without("policy", "app.build", "region"), now).next).toContain(
    "OTEL_RESOURCE_ATTRIBUTES",
  );
  expect(readiness({ ...whole, baseline: null }, now).next).toContain("/v1/test-results");
});

test("2.15: the model that was asked for does not say which one answered", () => {
  const facts = { ...without("model.served"), pins: [pin("model.requested")] };
  expect(of(facts, "model")).toMatchObject({ answer: "part" });
});

test("an attribute that a team named itself stands for what its words say", () => {
  const facts = {
    ...whole,
    pins: [pin("app.vector.snapshot", { layer: "retrieval_data" })],
  };
  expect(of(facts, "retrieval_data")).toMatchObject({ answer: "yes" });
});

test("a pin with more values than are kept is hardly a version: it answers nothing", () => {
  const facts = { ...whole, pins: [pin("index", { values: 200, overflow: 9 })] };
  expect(of(facts, "retrieval_data")).toMatchObject({ answer: "part", lapsed: [] });
  expect(readiness(facts, now).overflowing).toMatchObject([{ pin: "index" }]);
});

test("declared changes alone answer in part: what nobody declares is not seen", () => {
  const facts = {
    ...nothing,
    telemetry: live,
    declared: [{ layer: "retrieval_data" as const, count: 3, newestAt: before(50) }],
  };
  expect(of(facts, "retrieval_data")).toMatchObject({ answer: "part" });
});

test("R4: a layer whose changes somebody marked as recorded whole until today could be answered, of last week in part", () => {
  const marked = (to: Date) => ({ ...without("region"), marks: [{ ...mark, to }] });
  expect(of(marked(before(2)), "infrastructure").answer).toBe("yes");
  expect(of(marked(before(7 * 24)), "infrastructure").answer).toBe("part");
});

test("a pin that is no longer sent does not count as seen, and telemetry that stopped answers nothing whole", () => {
  const stale = { ...without("index"), pins: [...without("index").pins, stalePin()] };
  expect(of(stale, "retrieval_data")).toMatchObject({
    answer: "part",
    pins: [],
    stopped: [{ pin: "index" }],
    next: "look why the index version came before and comes no more",
  });
  const stopped = readiness({ ...whole, telemetry: { ...live, lastSeenAt: before(25) } }, now);
  expect(new Set(Object.values(answersOf(stopped)))).toEqual(new Set(["part"]));
  expect(stopped.next).toContain("why its telemetry stopped");
});

test("rule of three: what fewer than 3 of a day's requests carry may stay unseen for a day", () => {
  expect(readiness(whole, now)).toMatchObject({ requestsADay: 4_901, unseenBelowOneIn: 1_633 });
  const few = { ...whole, telemetry: { ...live, requests: 20 } };
  expect(readiness(few, now)).toMatchObject({ requestsADay: 1, unseenBelowOneIn: null });
});

test("hashes of our own alone are told as such; another version beside them is enough", () => {
  const hashed = pin("prompt", { isDerived: true, value: "sha256:0123456789abcdef" });
  const facts = { ...whole, pins: [hashed, pin("tool.schema", { isDerived: true })] };
  expect(of(facts, "prompt_policy").isDerivedOnly).toBe(true);
  expect(of({ ...facts, pins: [hashed, pin("policy")] }, "prompt_policy").isDerivedOnly).toBe(
    false,
  );
});
