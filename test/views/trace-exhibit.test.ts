// Goal: a traced request is read hop by hop on a phone, its text only where it was kept and only when it is
// opened; where it first went wrong is asked and handed on; the channel sees one line.
// Method: golden files; the fullest trace there can be against Slack's limits; the form filled in.

import { expect, test } from "vitest";
import type { TraceExhibit } from "#src/domain/exhibit/trace-exhibit.ts";
import { fullestTrace, traceExhibit } from "#test/support/agent-trace.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import { evidenceItem, incidentState, people } from "#test/support/factories.ts";
import { submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import { renderEvidence } from "#views/messages/evidence.ts";
import { requestWords } from "#views/messages/trace-lines.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { traceExhibitModal } from "#views/modals/trace-exhibit.ts";
import { traceTextModal } from "#views/modals/trace-text.ts";

const firstWrongHop = { n: 4, author: people.orchestration, at: "2026-03-09T10:12:00.000Z" };

const stateWith = (trace: TraceExhibit) =>
  incidentState({ evidence: [evidenceItem({ what: "the first report", data: { trace } })] });
const drawn = (trace: TraceExhibit, more: { page?: number } = {}) =>
  traceExhibitModal.render({ state: stateWith(trace), evidenceNumber: 1, ...more });

test("the channel sees one line of a request, where it first went wrong, and that its text is left out", () => {
  const message = renderEvidence(stateWith(traceExhibit({ firstWrongHop })), 1);
  expect(messageFaults(message)).toEqual([]);
  expectGolden("views/message-evidence-trace", message);
});

test("a request of which nobody has said anything begins with the hop that failed; its callers come after", () => {
  const words = (...failed: number[]) => {
    const trace = traceExhibit();
    for (const hop of trace.hops) hop.status = failed.includes(hop.n) ? "error" : "unset";
    trace.hops[2]!.durationMs = 200;
    return requestWords(trace).mrkdwn.split(" Trace ")[0];
  };
  expect(words()).toMatch(/^Trace /);
  expect(words(4)).toBe(
    "Hop 4 of 5 failed: execute_tool search_flights (Orchestration &amp; tools).",
  );
  // an error goes up through the hops that called it, and another one is not below the first
  expect(words(1, 3, 4)).toBe(
    "Hop 4 of 5 failed: execute_tool search_flights (Orchestration &amp; tools). So did 2 other hops.",
  );
  expect(words(2, 4)).toBe(
    "Hop 2 of 5 failed: retrieve policy (Retrieval &amp; data). So did 1 other hop.",
  );
});

test("who takes part reads the request hop by hop and is asked where it first went wrong", () => {
  const view = drawn(traceExhibit());
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden("views/modal-trace-exhibit", view);
  expect(submit(traceExhibitModal as never, view, { first_wrong: "4" })).toEqual({
    incidentId: 7,
    evidenceNumber: 1,
    hop: 4,
  });
});

test("the hop that somebody named is marked, stands in the question, and can be taken back", () => {
  const view = drawn(traceExhibit({ firstWrongHop }));
  expectGolden("views/modal-trace-exhibit-answered", view);
  expect(submit(traceExhibitModal as never, view, {})).toMatchObject({ hop: 4 });
  expect(submit(traceExhibitModal as never, view, { first_wrong: "none" })).toMatchObject({
    hop: null,
  });
  expect(traceExhibitModal.parse({ first_wrong: "0" }, view.private_metadata!)).toEqual({
    ok: false,
    error: { first_wrong: "Choose the hop where it first went wrong." },
  });
});

test("kept text is in the view of its hop alone", () => {
  const trace = traceExhibit({ text: "kept", maskedSecrets: 2, otherTraces: 1, dropped: 3 });
  trace.hops[0]!.content[0]!.text = "May I rebook? <!channel> *bold*";
  const whole = drawn(trace);
  expect(JSON.stringify(whole)).not.toContain("rebook");
  expect(JSON.stringify(renderEvidence(stateWith(trace), 1))).not.toContain("rebook");
  const text = traceTextModal.render({
    state: stateWith(trace),
    evidenceNumber: 1,
    hopNumber: 1,
  });
  expect(modalFaults({ ...text })).toEqual([]);
  expectGolden("views/modal-trace-text", text);
});

test("500 hops are read page by page, from where it first went wrong, and every one can be named", () => {
  const trace = fullestTrace("x");
  expect(JSON.stringify(drawn(trace))).toContain("Page 27 of 34.");
  const named = new Set<string>();
  for (let page = 0; page < 34; page += 1) {
    const view = drawn(trace, { page });
    expect(modalFaults({ ...view })).toEqual([]);
    for (const { value } of optionsOf(view)) named.add(value);
  }
  expect(named.size).toBe(501);
});

function optionsOf(view: ReturnType<typeof drawn>): { value: string }[] {
  const input = view.blocks.find(({ block_id: id }) => id === "first_wrong");
  return (input as unknown as { element: { options: { value: string }[] } }).element.options;
}

test("the form of a full trace takes a file, which trace, and the tick for its text", () => {
  const state = incidentState();
  const view = addEvidenceModal.render({ state, presser: people.model, kind: "E3", what: "x" });
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden("views/modal-add-evidence-trace", view);
  const file = JSON.stringify({ id: "F0TRACE", name: "trace.json", size: 4_000_000 });
  const filled = {
    kind: "E3",
    what: "x",
    author: people.model,
    keep_text: ["keep"],
    trace: "4bf9",
  };
  const { private_metadata: metadata = "" } = view;
  expect(addEvidenceModal.parse({ ...filled, file: [file] }, metadata)).toMatchObject({
    ok: true,
    value: { file: { id: "F0TRACE" }, values: { trace: "4bf9" } },
  });
  expect(addEvidenceModal.parse(filled, metadata)).toEqual({
    ok: false,
    error: { file: "Choose the file with the trace, or take out what you said of it." },
  });
  const large = JSON.stringify({ id: "F0TRACE", name: "trace.json", size: 5_000_001 });
  expect(addEvidenceModal.parse({ ...filled, file: [large] }, metadata)).toEqual({
    ok: false,
    error: { file: "trace.json is larger than 5 MB. Export the one request alone." },
  });
});
