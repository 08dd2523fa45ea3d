/**
 * Goal: the issue of a corrective action says first how to tell that it is done, and leads back to its
 * incident; whatever was typed, GitHub takes it and nothing in it acts.
 * Method: one issue in full, then text from a generator of hostile fragments up to a form's limit.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderIssue } from "#src/documents/issue.ts";
import { hostileText, liveParts } from "./hostile.ts";
import { s0Record } from "./s0-record.ts";

const effectId = "3f1c2a9e-0000-4000-8000-000000000002";

function action() {
  const { state, names } = s0Record();
  const [first] = state.actions;
  if (!first) throw new Error("the record lost its action");
  return { state, names, first };
}

test("An issue opens with its criterion and says owner, day, layer, enforcement and incident", () => {
  const { state, names, first } = action();
  expect(renderIssue(first, state, { effectId, names })).toEqual({
    title: "Index job fails when it skips a document",
    labels: ["incident", "layer:retrieval_data", "SEV3"],
    assignees: ["retrieval-owner"],
    marker: `<!-- faultline effect:${effectId} -->`,
    body: [
      "**Done when** somebody else can see that this holds:",
      "",
      "> nightly index job exits non-zero and pages when any source document is skipped, shown by its contract test",
      "",
      "- **Owner:** retrieval-owner",
      "- **Due:** 2026-03-23",
      "- **Layer:** Retrieval & data",
      "- **Kind of change:** Runtime",
      "- **Answers:**",
      "  - factor 1: “The index job skips documents it cannot parse and reports success”",
      "  - gap 1: “No alert on the age of the newest document in the index”",
      "- **Enforced by:** job exit status",
      "- **Verified by:** contract test index-skips",
      "",
      "From incident 1, “The policy assistant answers by a rule that was replaced” (SEV3), declared on 2026-03-09 09:20 UTC.",
      "[Slack channel of the incident](<https://app.slack.com/client/T0TEAM/C0INC1>)",
      "",
      `<!-- faultline effect:${effectId} -->`,
    ].join("\n"),
  });
});

test("An owner without a GitHub login is named, and nobody is assigned", () => {
  const { state, names, first } = action();
  const issue = renderIssue({ ...first, ownerLogin: null }, state, { effectId, names });
  expect(issue.assignees).toEqual([]);
  expect(issue.body).toContain("- **Owner:** retrieval-owner");
});

test("A drill says that it is one, and a postmortem that exists is linked", () => {
  const { state, names, first } = action();
  Object.assign(state.incident, {
    isDrill: true,
    postmortemUrl: "https://github.example.com/acme/postmortems/pull/9",
  });
  const { body } = renderIssue(first, state, { effectId, names });
  expect(body).toContain("From a drill, incident 1,");
  expect(body).toContain("[Postmortem](<https://github.example.com/acme/postmortems/pull/9>)");
});

test("A title of nothing that can be seen is replaced by the number of the action", () => {
  const { state, names, first } = action();
  const { title } = renderIssue({ ...first, title: "\u202E\u0007" }, state, { effectId, names });
  expect(title).toBe("Corrective action 1 of incident 1");
});

test("Whatever was typed, an issue keeps GitHub's limits, acts on nothing and has one marker, its own", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, two) => {
      const { state, first } = action();
      Object.assign(state.incident, { title: two });
      for (const learned of [...state.gaps, ...state.factors]) learned.statement = two;
      const { title, body, marker } = renderIssue(
        { ...first, title: one, criterion: one, enforcement: two, verification: one },
        state,
        { effectId, names: new Map([[first.owner, one]]) },
      );
      expect(title.length).toBeGreaterThan(0);
      expect(title.length).toBeLessThanOrEqual(256);
      expect(title).not.toMatch(/[\n\r]|(?<![a-z0-9])@[a-z0-9]|#\d|\bgh-\d/i);
      expect(body.length).toBeLessThanOrEqual(60_000);
      expect(body.split("<!--")).toHaveLength(2);
      expect(body.endsWith(marker)).toBe(true);
      expect(liveParts(body.slice(0, -marker.length))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
