/**
 * Goal: the postmortem reads well to somebody who was not there, and whatever people typed, it stays a
 * valid document that mentions nobody, closes nothing and bears no marker but its own.
 * Method: one golden file from an incident like S0, then the same incident with hostile text in every
 * field that people fill in.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { renderPostmortem } from "#src/documents/postmortem.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { UserId } from "#src/domain/person.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { evidenceItem } from "#test/support/factories.ts";
import { nothingLearned } from "#test/support/not-yet.ts";
import { hostileText, liveParts } from "./hostile.ts";
import { s0Record } from "./s0-record.ts";
import { at, ownerModel } from "./s0-state.ts";
import { scenarioRecord } from "./scenario-state.ts";

const effectId = "3f1c2a9e-0000-4000-8000-000000000001";

function render(record: IncidentRecord) {
  return renderPostmortem({ ...record, postmortemPath: "postmortems", effectId, sha256 });
}

/** The front matter as a program reads it. */
function frontMatterOf(text: string): Record<string, unknown> {
  const [, yaml = ""] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
  return parse(yaml) as Record<string, unknown>;
}

test("The postmortem of an incident like S0 reads as the golden file", async () => {
  await expect(render(s0Record()).text).toMatchFileSnapshot("../golden/postmortem-s0.md");
});

test("The postmortem of three strands, one of them in three parts, reads as the golden file", async () => {
  const { text } = render(scenarioRecord("s1-three-serving-bugs.yaml"));
  await expect(text).toMatchFileSnapshot("../golden/postmortem-s1.md");
});

test("The pull request of it says the outcome, what to check, and ends with the marker", () => {
  const { path, branch, title, body, commitMessage } = render(s0Record());
  const name = "incident 1: The policy assistant answers by a rule that was replaced";
  expect({ path, branch, title, commitMessage }).toEqual({
    path: "postmortems/2026/inc-1-the-policy-assistant-answers-by-a-rule-that-was-replaced.md",
    branch: "faultline/inc-1",
    title: `Postmortem of ${name}`,
    commitMessage: `Add the postmortem of ${name}`,
  });
  expect(body).toContain("**Retrieval & data** broke first (confidence: probable).");
  expect(body).toContain("https://app.slack.com/client/T0TEAM/C0INC1");
  expect(body).toContain(
    "What went well, and where we were lucky; Regulatory and customer notices",
  );
  expect(body.split("\n").at(-1)).toBe(`<!-- faultline effect:${effectId} -->`);
});

test("The folder of the file is the year of the declaration in UTC, whatever slashes the setting has", () => {
  const record = s0Record();
  record.state.incident.declaredAt = new Date("2026-12-31T23:59:59Z");
  const { path } = renderPostmortem({
    ...record,
    postmortemPath: "/docs//post/",
    effectId,
    sha256,
  });
  expect(path).toMatch(/^docs\/post\/2026\/inc-1-/);
});

test("An incident of which next to nothing is recorded leaves out what holds nothing, and says what is missing", () => {
  const full = s0Record();
  const { incident, strands } = full.state;
  const { text, body } = render({
    ...full,
    state: {
      ...full.state,
      incident: { ...incident, onsetAt: null, noticedAt: null, noticedHow: null, userImpact: null },
      strands: strands.map((strand) => ({ ...strand, windowFrom: null })),
      answers: [],
      evidence: [],
      rowAnswers: [],
      verdicts: [],
      levers: [],
      actions: [],
      ...nothingLearned,
    },
    timeline: [],
    refusals: [],
    names: new Map(),
  });
  expect(text.match(/^## \d+\. .*$/gm)).toEqual([
    "## 1. At a glance",
    "## 2. Executive summary",
    "## 3. User impact by cohort",
    "## 4. Attribution",
    "## 5. Contributing factors and how they interacted",
    "## 6. Why detection did not catch it",
    "## 7. Stabilization and recovery",
    "## 8. Corrective actions",
    "## 9. Open questions",
    "## 10. Appendix: evidence",
  ]);
  expect(body).toContain("Timeline; Version state of each layer; Causal chain of one request;");
  expect(text).toContain("Detection lag: not known");
  expect(text).toContain("Nobody has said yet what broke first.");
  expect(text).toContain("No corrective action is recorded.");
  expect(text).not.toMatch(/undefined|null {2}|NaN|Invalid/);
});

test("R14: an incident closed as undetermined says so, with its approver", () => {
  const record = s0Record();
  record.state.verdicts = record.state.verdicts.filter((one) => one.verdict !== "proximate");
  Object.assign(record.state.incident, { closedAs: "undetermined", closeApprover: "U0AUTHOR" });
  const { text, body } = render(record);
  expect(frontMatterOf(text)).toMatchObject({
    closed_as: "undetermined",
    roles: { approver: "authorizer" },
    strands: [{ id: "S1", outcome: "undetermined" }],
  });
  expect(text).toContain("closed without it, approved by authorizer");
  expect(body).toContain("What broke first could not be determined.");
});

test("R7: several strands are each told by themselves, and two layers named first are not made one", () => {
  const record = s0Record();
  const [first] = record.state.strands;
  const [proximate] = record.state.verdicts.filter((one) => one.verdict === "proximate");
  if (!first || !proximate) throw new Error("the record lost its strand or its verdict");
  record.state.strands.push({
    ...first,
    number: 2,
    name: "slow answers",
    slice: { region: ["eu-1"] },
  });
  record.state.verdicts.push(
    { ...proximate, strandNumber: 2, layer: "model" },
    { ...proximate, strandNumber: 2, layer: "infrastructure" },
  );
  const { text, body } = render(record);
  expect(frontMatterOf(text)).toMatchObject({
    strands: [{ outcome: "layer" }, { id: "S2", outcome: "interaction" }],
  });
  expect(text).toContain("### Strand 2: “slow answers”");
  expect(text).toContain("Affected: region eu-1.");
  expect(body).toContain(
    "Strand 2: **Model and Infrastructure** broke together: each of them is named",
  );
});

test("The front matter holds what its reader needs, with names for ids", () => {
  expect(frontMatterOf(render(s0Record()).text)).toMatchObject({
    incident: 1,
    service: "policy-helper",
    severity: "SEV3",
    classes: ["correctness"],
    times: { onset: "2026-03-02T06:00:00.000Z", closed: "2026-03-09T16:00:00.000Z" },
    detection_lag_minutes: 10270,
    roles: {
      coordinator: "coordinator",
      postmortem_driver: "coordinator",
      declared_by: "declarer",
    },
    actions: [{ id: "AC1", issue: 1, owner: "retrieval-owner", due: "2026-03-23" }, { id: "AC2" }],
    refusals: 3,
  });
});

test("Whatever people typed, the document is valid, says it, and does nothing", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, two) => {
      const record = hostileRecord(one, two);
      const { text, title, body, commitMessage } = render(record);
      expect(frontMatterOf(text)).toMatchObject({
        title: named(one),
        service: named(two),
        strands: [
          {
            name: named(two),
            verdicts: expect.arrayContaining([
              expect.objectContaining({ layer: "integration_ui", contribution: named(one) }),
            ]),
          },
        ],
        actions: [{ title: named(two), owner: one }, { title: named(two) }],
      });
      const whole = text.slice(text.indexOf("\n# Incident"));
      const { graphs, rest: markdown } = withoutGraphs(whole);
      expect(graphs).toHaveLength(2);
      for (const line of graphs.flat()) expect(line).toMatch(graphLine);
      expect(liveParts(markdown)).toEqual([]);
      expect(liveParts(body.slice(0, body.lastIndexOf("<!--")))).toEqual([]);
      expect(body.length).toBeLessThanOrEqual(60_000);
      for (const line of [title, commitMessage]) {
        expect(line).not.toMatch(/[\n\r]|(?<![a-z0-9])@[a-z0-9]|#\d|\bgh-\d/i);
      }
      expect(title.length).toBeLessThanOrEqual(256);
      // the frame of the document stands: no text of people's became a heading or a row
      expect(text.match(/^## \d+\. /gm)).toHaveLength(15);
      for (const line of markdown.split("\n").filter((l) => l.startsWith("|"))) {
        expect([2, 3, 4, 5, 6, 7, 9].includes(cellCount(line)), line).toBe(true);
      }
    }),
    {
      numRuns: 25,
      examples: [["@octocat", "@octocat \n# heading\n \n---\n @octocat"]],
    },
  );
});

/** As it stands in the document: with a name, here the id, for a mention of Slack's. */
function named(text: string): string {
  return text.replaceAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g, "$1");
}

/** What a graph's line may be: our own frame around a label of letters, digits and plain marks. */
const graphLine =
  /^(?:graph (?:LR|TD)| {2}[A-Z]+\w*\["[\p{L}\p{M}\p{N} ,.:%()+/…-]{1,120}"\]| {2}\w+ (?:---|-->|-\.->) \w+)$/u;

/** The lines of each Mermaid block, and the document without them. */
function withoutGraphs(text: string): { graphs: string[][]; rest: string } {
  const block = /^```mermaid\n([\s\S]*?)\n```$/gm;
  const graphs = [...text.matchAll(block)].map(([, lines = ""]) => lines.split("\n"));
  return { graphs, rest: text.replaceAll(block, "") };
}

/** Cells of a table's line as GitHub counts them: an escaped pipe ends none. */
function cellCount(line: string): number {
  return line.replaceAll(/\\./g, "").split("|").length - 2;
}

/** An item of each kind that has figures, with these as the names in them. */
function hostileFigures(one: string, two: string): EvidenceItem[] {
  const plain = evidenceItem({ what: two, supports: ["retrieval_data"], slice: {} });
  const counts = { n: 20, fails: 18 };
  const none = { n: 20, fails: 0 };
  const arm = { layers: [], isLkg: true };
  const window = { slice: { [one]: [two] } };
  return [
    {
      ...plain,
      kind: "E4" as const,
      data: {
        measure: one,
        arms: [
          { ...arm, name: one, role: "baseline" as const, ...counts },
          {
            ...arm,
            name: `${two} `,
            role: "override" as const,
            layers: ["retrieval_data" as const],
            ...none,
          },
          {
            ...arm,
            name: `${two}  `,
            role: "reverse" as const,
            layers: ["retrieval_data" as const],
            ...counts,
          },
        ],
      },
    },
    {
      ...plain,
      kind: "E5" as const,
      data: {
        measure: two,
        cohorts: [
          { group: one, ...counts },
          { group: `${two} `, ...none },
        ],
        series: [
          {
            ...window,
            from: "2026-03-01T00:00:00Z",
            to: "2026-03-02T00:00:00Z",
            isChangeIn: false,
            ...none,
          },
          {
            ...window,
            from: "2026-03-02T00:00:00Z",
            to: "2026-03-03T00:00:00Z",
            isChangeIn: true,
            ...counts,
          },
        ],
      },
    },
    {
      ...plain,
      kind: "E6" as const,
      data: {
        ablation: [
          { group: one, hasChange: true, ...counts },
          { group: one, hasChange: false, ...none },
        ],
      },
    },
    {
      ...plain,
      kind: "E7" as const,
      data: {
        stacks: [
          { stack: one, isControl: false, ...counts },
          { stack: two, isControl: true, ...none },
        ],
      },
    },
  ].map((item, index) => ({ ...item, number: 10 + index }));
}

function hostileRecord(one: string, two: string): IncidentRecord {
  const record = s0Record();
  const { incident, strands, answers, evidence, rowAnswers, verdicts, levers, actions } =
    record.state;
  const { dissents, factors, gaps, goldens, risks, detectionAnswers } = record.state;
  Object.assign(incident, {
    title: one,
    serviceName: two,
    userImpact: one,
    promiseBroken: two,
    noLeverNeededWhy: one,
  });
  for (const learned of [...dissents, ...factors, ...gaps, ...risks]) learned.statement = two;
  for (const golden of goldens) {
    Object.assign(golden, { input: one, passWhen: two, preconditions: one });
  }
  for (const given of detectionAnswers) given.answer = two;
  for (const strand of strands) {
    Object.assign(strand, { name: two, slice: { [one]: [two] }, symptom: one });
  }
  for (const answer of answers) answer.sentence = one;
  for (const item of evidence) {
    Object.assign(item, { what: two, link: one, source: two, slice: { [two]: [one] } });
  }
  evidence.push(...hostileFigures(one, two));
  for (const row of rowAnswers) row.sentence = one;
  for (const verdict of verdicts) {
    if (verdict.contribution) verdict.contribution = one;
    Object.assign(verdict, { reason: two, approver: verdict.author });
  }
  record.state.hypotheses = [
    {
      number: 1,
      strandNumber: 1,
      layer: "model",
      statement: one,
      isClaim: false,
      author: ownerModel,
      raisedAt: at("09:25"),
    },
  ];
  for (const use of levers) {
    Object.assign(use, {
      lever: "other",
      ownWords: one,
      tradeoff: two,
      revertCondition: one,
      scope: two,
      savedFirst: one,
      endedWhy: two,
      harmSignal: one,
      noSecondWhy: two,
    });
  }
  for (const action of actions) {
    Object.assign(action, {
      title: two,
      criterion: one,
      enforcement: two,
      verification: one,
      issueUrl: one,
    });
  }
  for (const refusal of record.refusals) refusal.sentence = one;
  for (const entry of record.timeline) {
    for (const key of Object.keys(entry.data)) {
      if (!["layer", "verdict", "evidenceKind", "change"].includes(key)) entry.data[key] = two;
    }
  }
  return { ...record, names: new Map([...record.names.keys()].map((id: UserId) => [id, one])) };
}
