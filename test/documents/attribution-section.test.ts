/**
 * Goal: somebody who knows incidents, and not this tool, reads what broke first, how sure that is, by which
 * demonstration, and why it was none of the other layers; several layers are never made one.
 * Method: the records of S1 to S3, changed in one respect, then the sentences that follow.
 */
import { expect, test } from "vitest";
import { renderPostmortem } from "#src/documents/postmortem.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import type { Arm } from "#src/domain/figures/figures.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { fullestState } from "#test/support/any-incident.ts";
import { scenarioRecord } from "./scenario-state.ts";

const s1 = "s1-three-serving-bugs.yaml";
const s2 = "s2-product-layer-changes.yaml";
const s3 = "s3-sycophantic-update.yaml";

function textOf(record: IncidentRecord): string {
  return renderPostmortem({ ...record, postmortemPath: "p", effectId: "e", sha256 }).text;
}

function written(scenario: string, change: (state: IncidentState) => void = () => undefined) {
  const record = scenarioRecord(scenario);
  change(record.state);
  return textOf(record);
}

/** What stands under a heading of any level, up to the next one. */
function under(text: string, heading: string): string {
  const [, body = ""] = text.split(`${heading}\n`);
  return body.split(/^#{2,4} /m)[0] ?? "";
}

/** S2's first strand with these arms, and these layers named. */
function named(state: IncidentState, arms: Arm[], layers: LayerId[]): void {
  const [first] = state.verdicts.filter(({ verdict }) => verdict === "proximate");
  const replay = state.evidence.find(({ number }) => number === 2);
  if (!first || !replay) throw new Error("the record lost its verdict or its replay");
  replay.data = { arms };
  replay.supports = layers;
  state.verdicts = [
    ...state.verdicts.filter(({ strandNumber }) => strandNumber !== 1),
    ...layers.map((layer): Verdict => ({ ...first, layer, confidence: "probable" })),
  ];
}

const counts = (fails: number) => ({ n: 20, fails, isLkg: true });
const baseline: Arm = { name: "baseline", role: "baseline", layers: [], ...counts(16) };
const allLkg: Arm = { name: "all of it", role: "all_lkg", layers: [], ...counts(0) };
const setBack = (layer: LayerId, fails: number): Arm => ({
  name: `${layer} set back`,
  role: "override",
  layers: [layer],
  ...counts(fails),
});

test("S1, strand 1: infrastructure and not the model, with what shows it and what clears it", () => {
  const text = written(s1);
  const strand = under(text, "### Strand 1: “context window routing error”");
  expect(strand).toMatch(
    /^\n\*\*Infrastructure broke first\.\*\* This is \*\*confirmed\*\*\. The failure rate followed one change in and out; that nothing else changed at either edge is the word of who recorded it \(evidence 2\): /,
  );
  const [model] = under(text, "#### Why it was none of the others").trim().split("\n");
  expect(model).toMatch(/^- \*\*Model:\*\* ruled out\. It did not change, by a complete record/);
  expect(model).toContain("“no: model id and prompt hash are equal in both pools” (evidence 4).");
  expect(model).toContain(
    "Evidence 1 and 2 speak against it by showing that Infrastructure broke.",
  );
  expect(model).toContain(", evidence 4)");
  expect(model).toContain("Evidence 16 speaks for it all the same, and is weak:");
});

test("R5c: where both edges are shown for a part of the claim only, that is said", () => {
  const forPart =
    "Both edges are shown for platforms first_party; that it speaks for the rest is its author's word.";
  const text = written(s1);
  expect(under(text, "### Strand 1: “context window routing error”")).toContain(forPart);
  expect(text.split("that it speaks for the rest")).toHaveLength(2);
  const narrow = written(s1, ({ verdicts }) => {
    const first = verdicts.find(({ verdict }) => verdict === "proximate");
    Object.assign(first ?? {}, { scope: { platforms: ["first_party"] } });
  });
  expect(narrow).not.toContain("that it speaks for the rest");
});

test("R5d: that an ablation ran on one build is the word of who recorded it, not a finding", () => {
  const text = written(s2);
  expect(text).toContain(
    "adding it back lowers it again; that all of it ran on one build is the word of who recorded it (evidence",
  );
  expect(text).not.toContain("On the same build, taking");
});

test("R9: a row about the claimed layer points to no other; it is not made to agree with the claim", () => {
  for (const scenario of [s1, s2, s3]) expect(written(scenario)).not.toContain("Agrees with");
  expect(written(s1)).toContain(
    "| Points to no other layer. “no: the reproducer fails at fixed load”.",
  );
});

test("S1, strand 3: each of three parts has its own confidence and its own demonstration", () => {
  const strand = under(written(s1), "### Strand 3: “approximate top-k miscompilation”");
  for (const start of [
    "- **For models claude-haiku-3.5:** This is **confirmed**. A minimized reproducer fails on the suspect stack and passes on a control stack (evidence 8)",
    "- **For models claude-opus-3:** This is **probable**, the middle of three grades. The failure gathers in one group",
    "- **For models claude-sonnet-4:** This is **suspected**, the lowest of three grades. Nothing decisive shows it. It rests on evidence 10 (version difference:",
  ]) {
    expect(strand).toContain(start);
  }
  expect(strand).toContain("approver approved naming it all the same.");
  expect(strand).toContain("That is one half: nobody has shown");
});

test("B3.1: a replay stands with counts, share, interval, both p and what each arm shows", () => {
  const section = under(written(s2), "### Evidence 2: replay with one override");
  expect(section).toContain(
    "| effort high | Set back to what last worked: Orchestration & tools | 20 | 2 | 10 % | 2.8 % to 30 % | .0155 | .0464 | recovers |",
  );
  expect(section).toContain("What resolves it: **effort high** (Orchestration & tools).");
  expect(section).toContain("**What it says.** One layer recovers.");
});

test("R5a: what only setting it back does, and everything but it, stands in plain numbers", () => {
  const text = written(s2);
  expect(text).toContain(
    "With only Orchestration & tools set back, 2 of 20 fail instead of 9 (p .0155, adjusted .0464). With everything set back but that, 8 of 20 fail again, against 1 of 20 (p .0098).",
  );
  expect(text).toContain(
    "It did not break first: set back (prompt sp-300), it still fails 9 of 20, against 9 (evidence 2).",
  );
});

test("R8: a workaround that helped is told as one; the arm that did not help says so", () => {
  const text = written(s3);
  expect(text).toContain(
    "A workaround here (prompt sys-2025-04-27 on the new model) lowered it to 8 of 20, from 15 (evidence 1). That softens a failure; it does not show where it began.",
  );
  expect(text).not.toContain("A workaround here (memory off)");
  expect(text).toContain(
    "Set back (memory snapshot of 23 April), it still fails 14 of 20, against 15 (evidence 1).",
  );
});

test("B3: what speaks for it lists what was not told above, and what decides nothing is told as that", () => {
  const text = written(s1);
  expect(under(text, "### Strand 1: “context window routing error”")).toContain(
    "Evidence 1: The groups differ: pool-1m fails 61 of 100, against 2 of 100 in pool-std (p below .0001).",
  );
  const more = under(text, "#### What else speaks for it");
  expect(more).toContain("- Evidence 12, change log:");
  expect(more).not.toMatch(/- Evidence [12],/);
  const against = under(text, "#### What speaks against it");
  expect(against).toMatch(/Recorded, and decides nothing:\n\n[^#]*- Evidence 5, evaluation/);
});

test("R9: once it is closed, a claim that went no further is told in the past", () => {
  const text = written(s1);
  expect(text).toContain(
    "Model was claimed too. What such a claim has to answer, and what was answered:",
  );
  expect(text).toContain("| Not asked further | – | – |");
  expect(text).not.toContain("so far:");
  const unclaimed = written(s1, (state) => {
    state.hypotheses = [];
  });
  expect(unclaimed).toContain("Model was asked about too. What such a claim");
  const open = written(s1, ({ incident }) => Object.assign(incident, { closedAt: null }));
  expect(open).toContain("Model could be named only once all of these are answered; so far:");
});

test("B13.13: what a p is, and against what, stands once under the tables", () => {
  for (const scenario of [s1, s2, s3]) {
    expect(written(scenario).split("p: Fisher's exact test, one-sided,")).toHaveLength(2);
  }
});

test("R7: layers that recover each alone broke together, with what changed first and what completed it", () => {
  const text = written(s2, (state) => {
    const arms = [baseline, setBack("orchestration_tools", 0), setBack("prompt_policy", 0), allLkg];
    named(state, arms, ["orchestration_tools", "prompt_policy"]);
    const changes = state.evidence.filter(({ data }) => data.changedAt);
    Object.assign(changes[1] ?? {}, { strandNumbers: [1] });
  });
  const strand = under(text, "### Strand 1: “reasoning effort default from high to medium”");
  expect(strand).toContain("**Prompt & policy and Orchestration & tools** broke together");
  expect(strand).toContain(
    "What changed first: Orchestration & tools, on 2026-03-04 12:00 UTC (evidence 10).",
  );
  expect(strand).toContain("The change that completed it: Prompt & policy, on 2026-04-16");
  expect(text).toMatch(/outcome: "interaction"\n {4}outcome_layers:\n {6}- "prompt_policy"/);
});

test("R7: layers that recover only together are told as that", () => {
  const text = written(s2, (state) => {
    const arms = [
      baseline,
      setBack("orchestration_tools", 15),
      setBack("prompt_policy", 16),
      {
        ...setBack("prompt_policy", 0),
        name: "both",
        layers: ["orchestration_tools", "prompt_policy"],
      },
      allLkg,
    ] satisfies Arm[];
    named(state, arms, ["orchestration_tools", "prompt_policy"]);
  });
  expect(text).toContain("**Prompt & policy and Orchestration & tools** broke it only together");
  expect(text).toContain('outcome: "conjunction"');
});

test("a verdict that later answers have made inadmissible says so", () => {
  const text = written(s1, (state) => {
    const answer = state.answers.find(
      ({ layer, strandNumbers }) => layer === "orchestration_tools" && strandNumbers?.includes(1),
    );
    Object.assign(answer ?? {}, { change: "cannot_tell", sentence: null });
  });
  expect(under(text, "### Strand 1: “context window routing error”")).toContain(
    "**By what is recorded now, this would be refused:** Orchestration & tools cannot be determined",
  );
});

test("4.01: who named the model first reads that it was something else", () => {
  const beliefs = under(written(s1), "### What was believed first, and what became of it");
  expect(beliefs).toContain(
    "The first layer that anybody named was **Model**. That was wrong: it was Infrastructure in strand 1.",
  );
  expect(beliefs).toContain(
    "“the model got worse, or was quantized under load”. What became of it: this layer was ruled out; Infrastructure broke first.",
  );
});

test("B12: a failure type that a person set stands with who set it, and a provider's fault is called that", () => {
  const text = written(s3, ({ strands, verdicts }) => {
    Object.assign(strands[0] ?? {}, {
      failureType: "combination",
      failureTypeBy: "U0COORDINATOR" as UserId,
    });
    for (const one of verdicts) if (one.verdict === "proximate") one.locus = "provider";
  });
  expect(text).toContain("Kind of failure: combination of several, set by coordinator.");
  expect(written(s3)).not.toContain("Kind of failure");
  expect(text).toContain("The fault lies with a provider:");
  expect(text).toContain('failure_type_by: "coordinator"');
  expect(text).toContain('locus: "provider"');
});

test("B11.5: each layer says what was compared, which changes were found and when, and what nobody compared", () => {
  const section = written(s1).split(/^## 5\. .*$/m)[1] ?? "";
  expect(section).toContain(
    "| Infrastructure | It changed. | Different: evidence 10. | 2025-08-05 12:00 (evidence 18); 2025-08-26 12:00 (evidence 17); 2025-08-29 08:00 (evidence 12) |",
  );
  expect(section).toContain("| Retrieval & data | Not applicable. | – | – |");
  // a difference that clears the layer is a change all the same, and a dated one
  expect(section).toMatch(/\| Prompt & policy \|.*\| 2025-08-27 09:00 \(evidence 15\) \|/);
  expect(section).toMatch(
    /\| Integration & UI \|.*\| It changed at a time that is not recorded \|/,
  );
  expect(section).toMatch(/\| Model \|.*\| None recorded \|/);
  expect(section).toContain("The values themselves are not recorded.");
  expect(section).toContain(
    "Nobody recorded a comparison of the versions of Integration & UI (application build,",
  );
});

test("B11.6: the chain is drawn with fifteen boxes at most, and every arrow has both ends", () => {
  for (const scenario of [s1, s2, s3]) {
    const [, drawn = ""] = /```mermaid\n(graph TD[\s\S]*?)\n```/.exec(written(scenario)) ?? [];
    const boxes = [...drawn.matchAll(/^ {2}(\w+)\["/gm)].map(([, id]) => id);
    expect(boxes.length).toBeLessThanOrEqual(15);
    const ends = [...drawn.matchAll(/^ {2}(\w+) (?:-->|-\.->) (\w+)$/gm)];
    expect(ends.length).toBeGreaterThan(4);
    for (const [, from, to] of ends) expect(boxes).toEqual(expect.arrayContaining([from, to]));
  }
});

test("B11.6: only what began before it was noticed leads there, and the lag is that strand's", () => {
  const chain = written(s2).split(/^## 6\. .*$/m)[1] ?? "";
  expect(chain).toContain("Noticed through user feedback, 5 days 21 hours after strand 1 began");
  expect(chain).toContain("SEEN1 --> NOTICED");
  expect(chain).not.toMatch(/SEEN[23] --> NOTICED/);
  expect(chain).toContain("Strands 2 and 3 began after it was noticed, so no arrow leads");
});

test("B11.6: what the drawing leaves out is named with the section that tells it", () => {
  expect(written(s1)).toContain(
    "Not drawn: factors 4 and 5 (see “Contributing factors and how they interacted”) and gaps 1 to 3 (see “Why detection did not catch it”).",
  );
  const few = written(s1, (state) => {
    state.factors = [];
    state.gaps = [];
  });
  expect(few).not.toContain("Not drawn");
  const many = written(s1, (state) => {
    const [first] = state.verdicts.filter(({ verdict }) => verdict === "contributing");
    if (first)
      for (let at = 0; at < 8; at += 1)
        state.verdicts.push({ ...first, scope: { at: [String(at)] } });
  });
  expect(many).toContain("what contributed in strand");
});

test("B5: where nobody estimated the onset, the windows of the strands tell what is known of it", () => {
  const text = written(s1, ({ incident, strands }) => {
    incident.onsetAt = null;
    Object.assign(strands[0] ?? {}, { windowFrom: null });
    Object.assign(strands[2] ?? {}, { windowFrom: strands[1]?.windowFrom });
  });
  const known =
    "Nobody estimated when the whole began. Strands 2 and 3 began on 2025-08-25 12:00 UTC, 4 days 6 hours before it was noticed.";
  expect(text.split(known)).toHaveLength(5);
  expect(text).not.toContain("When it began is not known");
  expect(text).toContain("| Not estimated; strands 2 and 3 from 2025-08-25 12:00 UTC |");
  const late = written(s3, ({ incident, strands }) => {
    incident.onsetAt = null;
    for (const one of strands) one.windowFrom = new Date(incident.noticedAt!.getTime() + 3_600_000);
  });
  expect(late).toMatch(/its window is recorded from [^,]*, 1 hour after it was noticed\./);
});

test("R7: a contribution stands with its evidence, or that none was named", () => {
  const text = written(s1, ({ verdicts }) => {
    const [first] = verdicts.filter(({ verdict }) => verdict === "contributing");
    Object.assign(first ?? {}, { evidenceNumbers: [18, 12] });
  });
  expect(text).toContain("since 5 August. It rests on evidence 12 and 18. Said by");
  expect(text).toContain("removed it. No evidence was named for it. Said by");
});

test("no code of a rule, a question or a kind of evidence is shown to people", () => {
  for (const scenario of [s1, s2, s3]) {
    const text = written(scenario);
    const prose = text.slice(text.indexOf("\n# Incident"));
    expect(
      prose.match(/\b(?:E\d{1,2}|R\d{1,2}|M\d{1,2}|RD\d|PP\d|OT\d|IU\d|IN\d|R5[a-d])\b/g),
    ).toBeNull();
  }
});

test("an incident of which everything is as long and as many as can be stays a file that GitHub keeps", () => {
  const state = fullestState("word ");
  state.strands = state.strands.slice(0, 10);
  state.verdicts = state.verdicts.filter(({ strandNumber }) => strandNumber <= 10);
  for (const one of state.verdicts) Object.assign(one, { verdict: "proximate" });
  const record = {
    state,
    timeline: [],
    refusals: [],
    names: new Map(),
    similar: [],
    versions: null,
  };
  // ten strands of three hundred items, eighteen verdicts each; one file may have 100 MB
  expect(textOf(record).length).toBeLessThan(12_000_000);
});
