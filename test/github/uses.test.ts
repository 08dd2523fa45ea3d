// Goal: what the bot promises of GitHub is what it can do there. Method: settings with and without access,
// and with repositories named by the settings, by a service, or by nobody.

import { expect, test } from "vitest";
import { gitHubUses } from "#src/github/uses.ts";

const named = { issuesRepo: "acme/incidents", postmortemRepo: "acme/postmortems" };
const unnamed = { issuesRepo: null, postmortemRepo: null };

test("without access nothing is done, whatever is named", () => {
  expect(gitHubUses(false, named, [named])).toEqual({
    canFileIssues: false,
    canProposePostmortem: false,
    unnamed: [],
  });
});

test("with access and repositories everything is done", () => {
  expect(gitHubUses(true, named, [])).toEqual({
    canFileIssues: true,
    canProposePostmortem: true,
    unnamed: [],
  });
});

test("a service's repository is enough, and what nobody named is told by its variable", () => {
  const service = { issuesRepo: "acme/app", postmortemRepo: null };
  expect(gitHubUses(true, {}, [unnamed, service])).toEqual({
    canFileIssues: true,
    canProposePostmortem: false,
    unnamed: ["FAULTLINE_POSTMORTEM_REPO"],
  });
  expect(gitHubUses(true, {}, []).unnamed).toEqual([
    "FAULTLINE_ISSUES_REPO",
    "FAULTLINE_POSTMORTEM_REPO",
  ]);
});
