// Goal: a services file is read as its form says, and every fault is named with its place.
// Method: YAML texts.

import { expect, test } from "vitest";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { parseServicesFile, readServicesFile } from "#src/services-file.ts";

test("a full file arrives whole", () => {
  const text = `
services:
  - name: Help search
    default: true
    promise: Answers only from approved articles
    latency_objective_ms: 2500
    owners:
      model: {person: U01, stand_in: ann@example.com}
      infrastructure: {group: S01}
    issues_repo: acme/search
    postmortem_repo: acme/postmortems
    postmortem_path: docs
    announce_channel: C01
  - name: Draft replies
people:
  - {slack: U01, github: octo-cat, capacities: [business, safety]}
  - {slack: ann@example.com, github: ann}
`;
  expect(parseServicesFile(text)).toEqual({
    ok: true,
    value: {
      services: [
        {
          name: "Help search",
          isDefault: true,
          promise: "Answers only from approved articles",
          latencyObjectiveMs: 2500,
          owners: {
            model: { person: "U01", standIn: "ann@example.com" },
            infrastructure: { group: "S01" },
          },
          issuesRepo: "acme/search",
          postmortemRepo: "acme/postmortems",
          postmortemPath: "docs",
          announceChannel: "C01",
        },
        { name: "Draft replies", isDefault: false, owners: {} },
      ],
      people: [
        { slack: "U01", github: "octo-cat", capacities: ["business", "safety"] },
        { slack: "ann@example.com", github: "ann", capacities: [] },
      ],
      ledger: noLedgerSettings,
    },
  });
});

test("an empty file is a file without services", () => {
  expect(parseServicesFile("# later\n")).toEqual({
    ok: true,
    value: { services: [], people: [], ledger: noLedgerSettings },
  });
});

test("every fault is named with its place", () => {
  const text = `
services:
  - default: maybe
    latency_objective_ms: 1.5
    owners:
      model: {person: somebody}
      retrieval_data: {person: U01, group: S01}
      prompt_policy: {}
      infrastructure: {group: S01, stand_in: U01}
    issue_repo: acme/search
    issues_repo: search
    postmortem_path: ../outside
people:
  - {slack: U01, github: "@ann", capacities: [legal]}
team: T1
`;
  const parsed = parseServicesFile(text);
  expect(parsed.ok ? [] : parsed.error.toSorted()).toEqual([
    "people[0].capacities[0]: must be one of business, safety, technical",
    "people[0].github: must be a GitHub login",
    "services[0].default: must be true or false",
    "services[0].issue_repo: is not known here",
    "services[0].issues_repo: must be a repository as owner/name",
    "services[0].latency_objective_ms: must be a whole number of milliseconds",
    "services[0].name: must be text",
    "services[0].owners.infrastructure: a group has no stand-in",
    "services[0].owners.model.person: must be a Slack user id (U…) or an e-mail address",
    "services[0].owners.prompt_policy: must name either a person or a group",
    "services[0].owners.retrieval_data: must name either a person or a group",
    "services[0].postmortem_path: must be a folder inside the repository, without .. and blanks",
    "team: is not known here",
  ]);
});

test("two of one name, two defaults and unknown layers are named too", () => {
  const text = `
services:
  - {name: A, default: true, owners: {modle: {person: U01}}}
  - {name: A, default: true}
people:
  - {slack: U01, github: a}
  - {slack: U01, github: b}
`;
  expect(parseServicesFile(text)).toEqual({
    ok: false,
    error: [
      expect.stringMatching(
        /^services\[0\]\.owners\.modle: is no layer \(did you mean model\?\); the layers are model, /,
      ),
      'services[1].name: "A" is there twice',
      "services[1].default: only one service can be the default",
      'people[1].slack: "U01" is there twice',
    ],
  });
});

test("what is no YAML, no mapping or no list is said so", () => {
  expect(parseServicesFile("services: [")).toEqual({
    ok: false,
    error: [expect.stringContaining("line 1")],
  });
  expect(parseServicesFile("- a")).toEqual({
    ok: false,
    error: ["the file: must hold services and people"],
  });
  expect(parseServicesFile("services: {}")).toEqual({
    ok: false,
    error: ["services: must be a list"],
  });
});

test("a file that is not there is one sentence with its path", async () => {
  expect(await readServicesFile("/nowhere/services.yml")).toEqual({
    ok: false,
    error:
      "The services file /nowhere/services.yml cannot be read: there is no such file. Put it there, or take FAULTLINE_SERVICES out: services can be added in Slack, too.",
  });
});

test("what the ledger is told of attributes, paths, telemetry and repositories arrives whole", () => {
  const text = `
pins:
  retrieval_data: [app.index.version, app.corpus]
  prompt_policy: [app.guardrail]
paths:
  - {pattern: "apps/*/templates/**", layer: prompt_policy, kind: prompt}
  - {pattern: "*.tf", layer: infrastructure}
services:
  - name: Help search
    telemetry: [search-api, search-worker]
    repositories: [acme/search]
    announce_undeclared: true
  - name: Draft replies
`;
  expect(parseServicesFile(text)).toMatchObject({
    ok: true,
    value: {
      ledger: {
        pinKeys: {
          "app.index.version": "retrieval_data",
          "app.corpus": "retrieval_data",
          "app.guardrail": "prompt_policy",
        },
        paths: [
          { pattern: "apps/*/templates/**", layer: "prompt_policy", kind: "prompt" },
          { pattern: "*.tf", layer: "infrastructure", kind: "code_merge" },
        ],
        services: [
          {
            name: "Help search",
            telemetryNames: ["search-api", "search-worker"],
            repositories: ["acme/search"],
            announcesUndeclared: true,
          },
        ],
      },
    },
  });
});

test.each([
  "gen_ai.prompt",
  "gen_ai.input.messages",
  "gen_ai.system_instructions",
  "llm.input_messages",
  "llm.input_messages.0.message.content",
  "output.value",
  "app.user_message",
])("%s holds text of users, and is taken for no version", (name) => {
  expect(parseServicesFile(`pins: {prompt_policy: [app.prompt.version, ${name}]}`)).toEqual({
    ok: false,
    error: [
      `pins.prompt_policy[1]: "${name}" holds what people or the model said, and no version; name an attribute that holds a version, such as app.prompt.version`,
    ],
  });
});

test("faults of what the ledger is told are named with their place, too", () => {
  const shapes = `
pins: [app.index]
paths:
  - {pattern: /prompts/**, layer: model}
  - {pattern: "a*b*c*d*e", layer: model}
  - {pattern: "a/../b", layer: model, kind: two words}
services:
  - {name: a, telemetry: x, repositories: [acme], announce_undeclared: 1}
`;
  expect(parseServicesFile(shapes)).toEqual({
    ok: false,
    error: [
      "services[0].telemetry: must be a list of names",
      "services[0].repositories[0]: must be a repository as owner/name",
      "services[0].announce_undeclared: must be true or false",
      "pins: must list attribute names by layer",
      "paths[0].pattern: must be a path from the repository's root, such as prompts/**",
      "paths[1].pattern: must be without .. and have three stars in a folder's name at most",
      "paths[2].pattern: must be without .. and have three stars in a folder's name at most",
      "paths[2].kind: must be one word",
    ],
  });
  const words = `
pins: {retreival_data: [app.index], model: [app.a, app.b], infrastructure: [app.a]}
paths: [{pattern: prompts/**, layer: prompts}]
`;
  const all =
    "model, retrieval_data, prompt_policy, orchestration_tools, integration_ui, infrastructure";
  expect(parseServicesFile(words)).toEqual({
    ok: false,
    error: [
      `pins.retreival_data: is no layer (did you mean retrieval_data?); the layers are ${all}`,
      'pins.infrastructure[0]: "app.a" is there under model already',
      `paths[0].layer: "prompts" is no layer; the layers are ${all}`,
    ],
  });
});
