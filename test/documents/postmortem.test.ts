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
import type { UserId } from "#src/domain/person.ts";
import { hostileText, liveParts } from "./hostile.ts";
import { s0Record } from "./s0-record.ts";

const effectId = "3f1c2a9e-0000-4000-8000-000000000001";

function render(record: IncidentRecord) {
  return renderPostmortem({ ...record, postmortemPath: "postmortems", effectId });
}

/** The front matter as a program reads it. */
function frontMatterOf(text: string): Record<string, unknown> {
  const [, yaml = ""] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
  return parse(yaml) as Record<string, unknown>;
}

test("The postmortem of an incident like S0 reads as the golden file", async () => {
  await expect(render(s0Record()).text).toMatchFileSnapshot("../golden/postmortem-s0.md");
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
  expect(body).toContain("User impact by cohort; Version state of each layer");
  expect(body.split("\n").at(-1)).toBe(`<!-- faultline effect:${effectId} -->`);
});

test("The folder of the file is the year of the declaration in UTC, whatever slashes the setting has", () => {
  const record = s0Record();
  record.state.incident.declaredAt = new Date("2026-12-31T23:59:59Z");
  const { path } = renderPostmortem({ ...record, postmortemPath: "/docs//post/", effectId });
  expect(path).toMatch(/^docs\/post\/2026\/inc-1-/);
});

test("An incident of which next to nothing is recorded still has every section, and says so", () => {
  const full = s0Record();
  const { incident, strands } = full.state;
  const { text } = render({
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
    },
    timeline: [],
    refusals: [],
    names: new Map(),
  });
  expect(text.match(/^## \d+\. /gm)).toHaveLength(17);
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

test("Several strands are each told by themselves, and two layers named first leave a strand open", () => {
  const record = s0Record();
  const [first] = record.state.strands;
  const [proximate] = record.state.verdicts.filter((one) => one.verdict === "proximate");
  if (!first || !proximate) throw new Error("the record lost its strand or its verdict");
  record.state.strands.push({
    ...first,
    number: 2,
    name: "slow answers",
    slice: { region: "eu-1" },
  });
  record.state.verdicts.push(
    { ...proximate, strandNumber: 2, layer: "model" },
    { ...proximate, strandNumber: 2, layer: "infrastructure" },
  );
  const { text, body } = render(record);
  expect(frontMatterOf(text)).toMatchObject({
    strands: [{ outcome: "layer" }, { id: "S2", outcome: "open" }],
  });
  expect(text).toContain("### Strand 2: slow answers");
  expect(text).toContain("Slice: region eu-1.");
  expect(body).toContain("Strand 2: Model and Infrastructure are each named");
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
        title: one,
        service: two,
        strands: [
          {
            name: two,
            verdicts: expect.arrayContaining([
              expect.objectContaining({ layer: "integration_ui", contribution: one }),
            ]),
          },
        ],
        actions: [{ title: two, owner: one }, { title: two }],
      });
      const markdown = text.slice(text.indexOf("\n# Incident"));
      expect(liveParts(markdown)).toEqual([]);
      expect(liveParts(body.slice(0, body.lastIndexOf("<!--")))).toEqual([]);
      expect(body.length).toBeLessThanOrEqual(60_000);
      for (const line of [title, commitMessage]) {
        expect(line).not.toMatch(/[\n\r]|(?<![a-z0-9])@[a-z0-9]|#\d|\bgh-\d/i);
      }
      expect(title.length).toBeLessThanOrEqual(256);
      // the frame of the document stands: no text of people's became a heading or a row
      expect(text.match(/^## \d+\. /gm)).toHaveLength(17);
      for (const line of markdown.split("\n").filter((l) => l.startsWith("|"))) {
        expect([2, 3, 4, 8].includes(cellCount(line)), line).toBe(true);
      }
    }),
    {
      numRuns: 25,
      examples: [["@octocat", "@octocat \n# heading\n \n---\n @octocat"]],
    },
  );
});

/** Cells of a table's line as GitHub counts them: an escaped pipe ends none. */
function cellCount(line: string): number {
  return line.replaceAll(/\\./g, "").split("|").length - 2;
}

function hostileRecord(one: string, two: string): IncidentRecord {
  const record = s0Record();
  const { incident, strands, answers, evidence, rowAnswers, verdicts, levers, actions } =
    record.state;
  Object.assign(incident, { title: one, serviceName: two, userImpact: one });
  for (const strand of strands) Object.assign(strand, { name: two, slice: { [one]: two } });
  for (const answer of answers) answer.sentence = one;
  for (const item of evidence) Object.assign(item, { what: two, link: one });
  for (const row of rowAnswers) row.sentence = one;
  for (const verdict of verdicts) if (verdict.contribution) verdict.contribution = one;
  for (const use of levers) {
    Object.assign(use, {
      lever: "other",
      ownWords: one,
      tradeoff: two,
      revertCondition: one,
      scope: two,
      savedFirst: one,
      endedWhy: two,
    });
  }
  for (const action of actions) {
    Object.assign(action, { title: two, criterion: one, enforcement: two, issueUrl: one });
  }
  for (const refusal of record.refusals) refusal.sentence = one;
  for (const entry of record.timeline) {
    for (const key of Object.keys(entry.data)) {
      if (!["layer", "verdict", "evidenceKind", "change"].includes(key)) entry.data[key] = two;
    }
  }
  return { ...record, names: new Map([...record.names.keys()].map((id: UserId) => [id, one])) };
}
