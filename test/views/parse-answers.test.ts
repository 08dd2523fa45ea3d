// Goal: what people say of layers arrives as they said it, and what the rules cannot take is refused at its field.
// Method: fill the rendered form as a person would, submit it, parse it.

import { describe, expect, test } from "vitest";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { evidenceItem, incidentState, people, strand } from "#test/support/factories.ts";
import { submit, type Typed } from "#test/support/fill-form.ts";

const fresh = incidentState();
const withEvidence = incidentState({
  evidence: [evidenceItem(), evidenceItem({ number: 2 })],
});
const presser = people.coordinator;

describe("answer-layers", () => {
  const one = answerLayersModal.render({ state: withEvidence, layers: ["model"], presser });
  const two = answerLayersModal.render({
    state: withEvidence,
    layers: ["model", "prompt_policy"],
    presser,
  });

  test("an answer arrives with its certainty, its sentence and its evidence", () => {
    expect(
      submit(answerLayersModal, one, {
        "change:model": "no_change",
        "certainty:model": ["source_complete", "all_questions", "rules_out"],
        "sentence:model": " same fingerprint ",
        "evidence:model": ["2"],
      }),
    ).toEqual({
      incidentId: 7,
      author: presser,
      answers: [
        {
          layer: "model",
          strandNumbers: null,
          change: "no_change",
          isSourceComplete: true,
          standsForAllQuestions: true,
          rulesOut: true,
          isBeyondTelling: false,
          sentence: "same fingerprint",
          evidenceNumbers: [2],
          seen: "-",
        },
      ],
      seenSequence: 0,
    });
  });

  test("of several layers, one that is left blank is skipped", () => {
    const input = submit(answerLayersModal, two, { "change:prompt_policy": "cannot_tell" });
    expect(input).toMatchObject({ answers: [{ layer: "prompt_policy", change: "cannot_tell" }] });
  });

  test("with nothing filled in, the error stands at the first layer", () => {
    expect(submit(answerLayersModal, two, {})).toEqual({
      errors: { "change:model": "Answer for at least one layer; “cannot tell” counts." },
    });
    expect(submit(answerLayersModal, one, {})).toEqual({
      errors: { "change:model": "Choose an answer; “cannot tell” counts." },
    });
  });

  test("R2: a layer of which its owner cannot tell is not ruled out by a tick", () => {
    const input = submit(answerLayersModal, one, {
      "change:model": "cannot_tell",
      "certainty:model": ["rules_out"],
    });
    expect(input).toEqual({
      errors: { "certainty:model": expect.stringContaining("ruled out") },
    });
  });

  test.each(["changed", "degraded", "no_change", "not_applicable"])(
    "R2: a layer whose answer is %s may be ruled out by what else was seen",
    (change) => {
      const input = submit(answerLayersModal, one, {
        "change:model": change,
        "certainty:model": ["rules_out"],
      });
      expect(input).toMatchObject({ answers: [{ change, rulesOut: true }] });
    },
  );

  test("an error in one layer keeps the other from being saved alone", () => {
    expect(
      submit(answerLayersModal, two, {
        "change:model": "no_change",
        "change:prompt_policy": "no_change",
        "sentence:prompt_policy": "x".repeat(1001),
        author: null,
      }),
    ).toEqual({
      errors: {
        "sentence:prompt_policy": "At most 1,000 characters; this has 1,001.",
        author: "Choose who says so.",
      },
    });
  });

  test("named strands arrive as numbers", () => {
    const state = incidentState({ strands: [strand(), strand({ number: 2 })] });
    const view = answerLayersModal.render({ state, layers: ["model"], presser });
    expect(
      submit(answerLayersModal, view, { "change:model": "changed", "strands:model": ["2"] }),
    ).toMatchObject({ answers: [{ strandNumbers: [2] }] });
  });
});

describe("add-evidence", () => {
  const view = addEvidenceModal.render({ state: fresh, presser });
  const minimal = { kind: "E3", what: "trace" };

  test("an item arrives with the layers it speaks for, against, and clears", () => {
    expect(
      submit(addEvidenceModal, view, {
        ...minimal,
        supports: ["retrieval_data"],
        contradicts: ["model", "infrastructure"],
        clears: [],
        link: "https://example.com/a?b=<c>",
        author: people.model,
      }),
    ).toEqual({
      incidentId: 7,
      kind: "E3",
      what: "trace",
      strandNumbers: null,
      supports: ["retrieval_data"],
      contradicts: ["model", "infrastructure"],
      clears: [],
      link: "https://example.com/a?b=<c>",
      source: null,
      slice: {},
      author: people.model,
    });
  });

  test.each(["javascript:alert(1)", "ftp://example.com", "example.com", "https://", "file:///etc"])(
    "the link %s is refused at the field",
    (link) => {
      expect(submit(addEvidenceModal, view, { ...minimal, link })).toEqual({
        errors: { link: "Give a web address that begins with https:// or http://." },
      });
    },
  );
});

describe("answer-rows", () => {
  const view = answerRowsModal.render({
    state: withEvidence,
    strandNumber: 1,
    claimedLayer: "retrieval_data",
    presser,
  });
  const rows = (typed: Typed) => submit(answerRowsModal, view, typed);

  test("filled rows arrive, blank ones are skipped", () => {
    expect(
      rows({
        "row:RD1": "rules_out",
        "sentence:RD1": "no",
        "evidence:RD1": ["1"],
        "row:RD3": "points_to:infrastructure",
        "sentence:RD3": "yes",
        "evidence:RD3": ["1", "2"],
        "row:RD5": "cannot_tell",
        "sentence:RD5": "nobody knows",
      }),
    ).toEqual({
      incidentId: 7,
      strandNumber: 1,
      claimedLayer: "retrieval_data",
      author: presser,
      seenSequence: 0,
      rows: [
        {
          row: "RD1",
          reading: "rules_out",
          pointsTo: null,
          sentence: "no",
          evidenceNumbers: [1],
          seen: "-",
        },
        {
          row: "RD3",
          reading: "points_to",
          pointsTo: "infrastructure",
          sentence: "yes",
          evidenceNumbers: [1, 2],
          seen: "-",
        },
        {
          row: "RD5",
          reading: "cannot_tell",
          pointsTo: null,
          sentence: "nobody knows",
          evidenceNumbers: [],
          seen: "-",
        },
      ],
    });
  });

  test("no row at all is refused at the first", () => {
    expect(rows({})).toEqual({
      errors: { "row:RD1": "Answer at least one question; “cannot tell” counts." },
    });
  });

  test("R9: an answer needs its sentence and its evidence", () => {
    expect(rows({ "row:RD2": "rules_out" })).toEqual({
      errors: {
        "sentence:RD2": "Say in a sentence why.",
        "evidence:RD2": "Choose the evidence that shows it, or answer “cannot tell”. [R9]",
      },
    });
  });

  test("R9: where there is no evidence yet, the error says how to record some", () => {
    const empty = answerRowsModal.render({
      state: fresh,
      strandNumber: 1,
      claimedLayer: "model",
      presser,
    });
    expect(submit(answerRowsModal, empty, { "row:M1": "rules_out", "sentence:M1": "no" })).toEqual({
      errors: { "row:M1": expect.stringContaining("“Add evidence” button") },
    });
    expect(
      submit(answerRowsModal, empty, { "row:M1": "cannot_tell", "sentence:M1": "no record" }),
    ).toMatchObject({ rows: [{ row: "M1", reading: "cannot_tell" }] });
  });
});

describe("set-verdict", () => {
  const view = setVerdictModal.render({ state: withEvidence, strandNumber: 1, layer: "model" });

  test("a proximate verdict needs its confidence, a contributing one its sentence", () => {
    expect(submit(setVerdictModal, view, { verdict: "proximate" })).toEqual({
      errors: { confidence: "Say how sure it is: suspected, probable or confirmed." },
    });
    expect(submit(setVerdictModal, view, { verdict: "contributing" })).toEqual({
      errors: { contribution: "What did this layer contribute? One sentence. [R7]" },
    });
  });

  test("a verdict arrives with what it rests on; confidence is of proximate alone", () => {
    const typed = { confidence: "suspected", evidence: ["2"], approver: people.approver };
    expect(submit(setVerdictModal, view, { ...typed, verdict: "proximate" })).toEqual({
      incidentId: 7,
      strandNumber: 1,
      layer: "model",
      verdict: "proximate",
      confidence: "suspected",
      scope: {},
      contribution: null,
      reason: null,
      locus: "ours",
      evidenceNumbers: [2],
      approver: people.approver,
      seenSequence: 0,
    });
    const besides = { locus: "provider", reason: "no other version can be called" };
    expect(
      submit(setVerdictModal, view, { ...typed, ...besides, verdict: "proximate" }),
    ).toMatchObject(besides);
    expect(submit(setVerdictModal, view, { ...typed, verdict: "cleared" })).toMatchObject({
      verdict: "cleared",
      confidence: null,
    });
  });
});
