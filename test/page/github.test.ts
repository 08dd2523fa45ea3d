// Goal: GitHub's side shows what there is, says what will come, and opens what is asked for by its address.
// Method: the pane's view, rendered to HTML by React, of issues and pull requests as the page is told them.
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { GitHubView } from "#sandbox/page/github/github-view.tsx";
import { byRepository, countOf, findThread } from "#sandbox/page/github/threads.ts";
import type { SandboxIssue, SandboxPullRequest } from "#sandbox/protocol.ts";
import { postmortem } from "./golden-postmortem.ts";

function issue(number: number, given: Partial<SandboxIssue> = {}): SandboxIssue {
  const repo = given.repo ?? "acme/policy-helper";
  return {
    repo,
    number,
    title: `Action ${number}`,
    body: `**Done when** it holds.\n\n<!-- faultline effect:0198-${number} -->`,
    labels: ["incident", "layer:model"],
    assignees: ["owner-model"],
    state: "open",
    url: `https://github.example.com/${repo}/issues/${number}`,
    ...given,
  };
}

const pull: SandboxPullRequest = {
  repo: "acme/policy-helper",
  number: 3,
  title: "Postmortem of incident 1",
  body: "Read it before you merge it.",
  branch: "faultline/inc-1",
  state: "open",
  labels: ["incident"],
  url: "https://github.example.com/acme/policy-helper/pull/3",
  files: {
    "postmortems/2026/inc-1.md": postmortem,
    "owners.json": '{"a": "<b>"}',
  },
};

function show(given: Partial<Parameters<typeof GitHubView>[0]> = {}): string {
  return renderToStaticMarkup(
    createElement(GitHubView, { issues: [], pulls: [], hasCome: true, onOpen: () => {}, ...given }),
  );
}
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, "");

test("says that it waits, and what will be there and when", () => {
  expect(textOf(show({ hasCome: false }))).toContain("Connecting");
  expect(textOf(show())).toContain("No issue yet. Every corrective action");
});

test("lists issues by repository, the newest first, each with its state in words", () => {
  const issues = [
    issue(1, { state: "closed" }),
    issue(2),
    issue(7, { repo: "acme/assistant", assignees: [], labels: [] }),
  ];
  const text = textOf(show({ issues }));
  expect(text).toMatch(/Issues 3Pull requests 0/);
  expect(text).toMatch(/acme\/assistant 1 open.*Action 7.*Open #7/);
  expect(text).toMatch(
    /acme\/policy-helper 1 open, 1 closed.*Action 2.*Open #2 · assigned to @owner-model.*incidentlayer:model.*Action 1.*Closed #1/,
  );
});

test("shows one issue: its text without what programs read, its comments", () => {
  const issues = [issue(2, { comments: ["Seen.\nThanks.", "<b>bold</b>"] })];
  const html = show({ issues, open: `${issues[0]?.url}#issuecomment-1` });
  expect(html).toContain("<strong>Done when</strong> it holds.");
  expect(html).not.toContain("faultline effect");
  expect(textOf(html)).toContain("2 comments");
  expect(html).toContain("Seen.<br/>\nThanks.");
  expect(html).toContain("&lt;b&gt;bold&lt;/b&gt;");
  expect(textOf(show({ issues: [issue(2, { body: " " })], open: issue(2).url }))).toContain(
    "No description.",
  );
});

test("shows a pull request with its files: Markdown rendered, the rest as it stands", () => {
  const html = show({ pulls: [pull], open: pull.url });
  expect(html).toMatch(/role="tab"[^>]*aria-selected="true"[^>]*>Pull requests/);
  expect(textOf(html)).toContain("from branch faultline/inc-1");
  expect(textOf(html)).toContain("merging is done on the real one");
  expect(html).toMatch(/<h5[^>]*>Incident 1: /);
  expect(html).toContain("{&quot;a&quot;: &quot;&lt;b&gt;&quot;}");
  // one "Source" for what can be rendered
  expect(html.match(/<input type="checkbox"\/> Source/g)).toHaveLength(1);
});

test("headings leave no level out, whatever is shown", () => {
  const pages = [
    show({ issues: [issue(1)] }),
    show({
      issues: [issue(1, { body: "### Three\n\n# One", comments: ["# c"] })],
      open: issue(1).url,
    }),
    show({ pulls: [pull], open: pull.url }),
  ];
  for (const html of pages) {
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(3);
    // the side pane's own is 2
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 2)).toBeLessThan(2));
  }
});

test("an address that leads to nothing says so, beside the list", () => {
  const text = textOf(
    show({ issues: [issue(1)], open: "https://github.example.com/acme/x/issues/9" }),
  );
  expect(text).toContain("No issue and no pull request of this sandbox has the address");
  expect(text).toContain("Action 1");
});

test("titles, labels and logins of people are text", () => {
  const nasty = '<img src=x onerror=alert(1)>\u202E"';
  const issues = [issue(1, { title: nasty, labels: [nasty], assignees: [nasty] })];
  for (const html of [show({ issues }), show({ issues, open: issue(1).url })]) {
    expect(html).not.toContain("<img");
    expect(html).toContain("<bdi>&lt;img src=x onerror=alert(1)&gt;\u202E&quot;</bdi>");
  }
});

test("a thread is found by its address, however it is written", () => {
  const issues = [issue(1), issue(2)];
  for (const end of ["", "/", "#x", "?a=b"]) {
    expect(findThread(`${issue(2).url}${end}`, issues, [pull])).toMatchObject({
      kind: "issue",
      number: 2,
    });
  }
  expect(findThread(pull.url, issues, [pull])?.kind).toBe("pull");
  expect(findThread(`${issue(2).url}2`, issues, [pull])).toBeUndefined();
});

test("threads are counted and grouped", () => {
  expect(countOf([])).toBe("0 open");
  expect(countOf([{ state: "open" }, { state: "closed" }])).toBe("1 open, 1 closed");
  expect(
    byRepository([issue(1), issue(3, { repo: "a/b" }), issue(2)]).map(([repo, of]) => [
      repo,
      ...of.map(({ number }) => number),
    ]),
  ).toEqual([
    ["a/b", 3],
    ["acme/policy-helper", 2, 1],
  ]);
});
