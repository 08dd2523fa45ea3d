// Goal: section 6 tells one request from what the user asked to what was shown, names what the trace lacks
// and who saw it go wrong first, and prints no text, kept or not.
// Method: the record of an incident like S0 with a trace in it, hostile names too.

import { expect, test } from "vitest";
import { toAttributionFile } from "#src/documents/attribution-file.ts";
import { renderPostmortem } from "#src/documents/postmortem.ts";
import type { TraceExhibit } from "#src/domain/exhibit/trace-exhibit.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { traceExhibit } from "#test/support/agent-trace.ts";
import { s0Record } from "./s0-record.ts";
import { declarer } from "./s0-state.ts";

const effectId = "3f1c2a9e-0000-4000-8000-000000000003";
const record = (trace: TraceExhibit) => {
  const made = s0Record();
  const item = made.state.evidence.find(({ kind }) => kind === "E3")!;
  item.data = { trace };
  return { ...made, postmortemPath: "p", effectId, sha256 };
};
const sectionOf = (trace: TraceExhibit) => {
  const { text } = renderPostmortem(record(trace));
  const [, body = ""] = text.split(/^## \d+\. Causal chain of one request$/m);
  return body.split(/^## /m)[0]!;
};
const firstWrongHop = { n: 2, author: declarer, at: "2026-03-09T10:12:00.000Z" };

test("the chain of a request stands in its order, with its versions, documents, lengths and hashes", () => {
  const text = sectionOf(traceExhibit({ firstWrongHop }));
  const steps = [...text.matchAll(/^\| ([^|]+?) \|/gm)].map(([, step]) => step);
  expect(steps).toEqual([
    "Step",
    "---",
    "What the user asked",
    "Retrieved context",
    "Prompt as assembled",
    "Model and its raw answer",
    "Policy decision",
    "Tools",
    "Parsed output",
    "What the user was shown",
  ]);
  expect(text).toContain(
    "| Retrieved context | Hop 2, “retrieve policy”, **went wrong first**: search index idx-2026-10-30; 2 documents: policy-17 (0.91), policy-4; search query, 68 characters,",
  );
  expect(text).toContain("| Policy decision | Not in the trace |");
  expect(text).toContain(
    "The trace does not hold: policy decision, parsed output and what the user was shown.",
  );
  expect(text).toMatch(
    /\*\*It first went wrong at hop 2, “retrieve policy” \(Retrieval & data\)\*\*, says .+ \(2026-03-09 10:12 UTC\)\./,
  );
});

test("where nobody has said where it went wrong, that is what stands there", () => {
  expect(sectionOf(traceExhibit())).toContain("Nobody has said where it first went wrong.");
});

test("kept text is in neither the postmortem nor its file", () => {
  const trace = traceExhibit({ text: "kept" });
  trace.hops[0]!.content[0]!.text = "Ms Oduya asks";
  const { text } = renderPostmortem(record(trace));
  expect(text).not.toContain("Oduya");
  expect(text).toContain("Texts are not printed here");
  expect(JSON.stringify(toAttributionFile(record(trace), sha256))).not.toContain("Oduya");
});

test("names out of a file mention nobody and end no cell", () => {
  const trace = traceExhibit();
  Object.assign(trace.hops[1]!, { name: "a | @everyone `x` <b>" });
  trace.hops[1]!.documents = [{ id: "x | y\n## z", score: null }];
  const row = sectionOf(trace)
    .split("\n")
    .find((line) => line.startsWith("| Retrieved context"))!;
  expect(row).not.toContain("@everyone");
  expect(row.replaceAll("\\|", "").match(/\|/g)).toHaveLength(3);
});

test("an incident with many traces prints four chains and names the others", () => {
  const made = record(traceExhibit());
  const item = made.state.evidence.find(({ kind }) => kind === "E3")!;
  for (let number = 101; number <= 106; number += 1) made.state.evidence.push({ ...item, number });
  const { text } = renderPostmortem(made);
  expect(text.match(/^### Evidence \d+: one request/gm)).toHaveLength(4);
  expect(text).toContain("More traced requests: evidence 104, 105 and 106.");
});
