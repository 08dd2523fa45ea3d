/**
 * Goal: the player judges answers as scenarios/README.md says, and shows them so that they can be read.
 * Method: its pure parts alone, with the scenario of the demo and with answers made by hand.
 */
import type { KnownBlock } from "@slack/types";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { countLine, screenOf, stepLines } from "#sandbox/demo-screen.ts";
import { filesOf, verdictsOf } from "#sandbox/demo-files.ts";
import { userImpact } from "#sandbox/play/declare.ts";
import { isCutOf } from "#sandbox/play/items.ts";
import { type Got, judge, readEphemerals, readSubmission } from "#sandbox/play/judge.ts";
import type { StepResult } from "#sandbox/play/step.ts";
import { botEnvironment, worldOf } from "#sandbox/play/world.ts";
import type { Interaction, OpenView } from "#sandbox/protocol.ts";
import { readScenario } from "#sandbox/scenario.ts";

const read = await readScenario("scenarios/s0-stale-index.yaml");
if (!read.ok) throw new Error(read.error.join("\n"));
const scenario = read.value;

const form = {
  type: "modal",
  id: "V1",
  hash: "1",
  callback_id: "add-action",
  title: { type: "plain_text", text: "File an action" },
  blocks: [{ block_id: "title" }, { block_id: "owner" }, { block_id: "criterion" }],
  values: {},
} as unknown as OpenView;
const acked: Interaction = { status: "acked", ms: 5, ephemerals: [] };
const refusalBlock = (blockId: string): KnownBlock => ({
  type: "section",
  block_id: blockId,
  text: { type: "mrkdwn", text: "*Answer* for Retrieval &amp; data first.\nThe rest." },
});

test("a form that closes, or turns into a receipt, was accepted", () => {
  expect(readSubmission(acked, form, {}).result).toBe("accepted");
  const receipt = { ...form, callback_id: "receipt", blocks: [refusalBlock("x")] } as OpenView;
  expect(readSubmission({ ...acked, view: receipt }, form, {})).toMatchObject({
    result: "accepted",
    sentence: "Answer for Retrieval & data first.",
  });
});

test("a refusal in the form is read with its rules, what is missing, and its first line", () => {
  const view = {
    ...form,
    blocks: [refusalBlock("refusal:R1+R9:retrieval_data,model")],
  } as OpenView;
  expect(readSubmission({ ...acked, view }, form, {})).toEqual({
    result: "refused",
    rules: ["R1", "R9"],
    missing: ["retrieval_data", "model"],
    sentence: "Answer for Retrieval & data first.",
  });
});

test("an id that the bot had to cut in the middle is not taken for one", () => {
  const long = `refusal:R1+R9:${"RD10,".repeat(80)}`.slice(0, 255);
  const view = { ...form, blocks: [refusalBlock(long)] } as OpenView;
  expect(new Set(readSubmission({ ...acked, view }, form, {}).missing)).toEqual(new Set(["RD10"]));
});

test("a form that stays open without a reason was not accepted", () => {
  expect(readSubmission({ ...acked, view: form }, form, {}).result).toBe("refused");
});

test("errors at fields are read by rule, in the order of the form", () => {
  const fieldErrors = {
    criterion: "Name something to look at. [Q1] [Q2]",
    title: "This is an activity. [Q2]",
  };
  expect(
    readSubmission({ ...acked, view: form, fieldErrors }, form, { title: "x", criterion: "y" }),
  ).toEqual({
    result: "refused",
    rules: ["Q2", "Q1"],
    missing: ["title", "criterion"],
    missingByRule: { Q2: ["title", "criterion"], Q1: ["criterion"] },
    sentence: "This is an activity.",
  });
});

test("Q0: a required field left blank is Slack's own refusal", () => {
  const fieldErrors = { owner: "This is a required field" };
  expect(
    readSubmission({ ...acked, view: form, fieldErrors }, form, { owner: null }),
  ).toMatchObject({ rules: ["Q0"], missingByRule: { Q0: ["owner"] } });
});

test("what only one person sees is an answer too", () => {
  const message = { channel: "C1", ts: "1", user: "U1", isEdited: false, blocks: [] };
  const said = { ...acked, ephemerals: [{ ...message, text: "\nConfirmed.\nMore." }] };
  expect(readEphemerals(said)).toMatchObject({ result: "accepted", sentence: "Confirmed." });
  expect(readEphemerals(acked)).toBeUndefined();
});

const got = (over: Partial<Got>): Got => ({
  result: "refused",
  rules: ["R1"],
  missing: ["model"],
  sentence: "No.",
  ...over,
});

test("as expected means: the result, the rule among those named, and the first of what is missing first", () => {
  const expected = { result: "refused", rule: "R1", missing: ["model", "prompt_policy"] } as const;
  const check = (answer: Got) => judge({ ...expected, missing: [...expected.missing] }, answer).ok;
  expect(check(got({ missing: ["model", "prompt_policy"] }))).toBe(true);
  expect(check(got({ missing: ["model", "infrastructure", "prompt_policy"] }))).toBe(true);
  expect(check(got({ rules: ["R9", "R1"], missing: ["model", "prompt_policy"] }))).toBe(true);
  expect(check(got({ missing: ["prompt_policy", "model"] }))).toBe(false);
  expect(check(got({ missing: ["model"] }))).toBe(false);
  expect(check(got({ rules: ["R9"], missing: ["model", "prompt_policy"] }))).toBe(false);
  expect(check(got({ result: "accepted" }))).toBe(false);
  expect(judge({ result: "accepted" }, got({ result: "accepted", rules: [] })).ok).toBe(true);
});

test("what is missing is compared with what that rule asks for", () => {
  const answer = got({
    rules: ["Q1", "Q2"],
    missing: ["title", "criterion"],
    missingByRule: { Q1: ["title"], Q2: ["criterion"] },
  });
  expect(judge({ result: "refused", rule: "Q2", missing: ["criterion"] }, answer).ok).toBe(true);
});

test("an item is found in a menu by its words, cut or not", () => {
  expect(
    isCutOf("Evidence 1 · Version difference · response model id…", "response model id and hash"),
  ).toBe(true);
  expect(isCutOf("Evidence 1 · Version difference · a · b", "a · b")).toBe(true);
  expect(isCutOf("Evidence 1 · Version difference · router, tool…", "response model id")).toBe(
    false,
  );
  expect(isCutOf("Evidence 1 · Version difference · short", "short and longer")).toBe(false);
});

test("a replay of a public incident says that it is one and that parts are invented", () => {
  expect(userImpact(scenario)).not.toContain("replay");
  const citation = { publisher: "Someone", title: "What happened", url: "https://example.com/a" };
  // right after what users see, so that it is read wherever that is
  expect(userImpact({ ...scenario, citation })).toMatch(
    /^[^\n]+\nThis is a replay, and parts of it are invented\./,
  );
});

test("the world has every person with a login, and owners as the scenario names them", () => {
  const world = worldOf(scenario, { scopes: ["chat:write"] });
  const file = parse(world.servicesFile) as {
    services: { default: boolean; owners: Record<string, { person: string }> }[];
    people: { slack: string; github: string; capacities?: string[] }[];
  };
  expect(world.seed.users.map((user) => user.name)).toEqual(scenario.people.map((p) => p.handle));
  expect(file.services[0]?.owners["prompt_policy"]?.person).toBe(world.userIds.get("owner_model"));
  expect(Object.keys(file.services[0]?.owners ?? {})).toHaveLength(6);
  expect(file.people[2]).toEqual({
    slack: world.userIds.get("owner_model"),
    github: "owner-model",
  });
  expect(file.people[6]?.capacities).toEqual(["business"]);
});

test("a bot in Socket Mode is given the app token, over HTTP the signing secret", () => {
  const world = worldOf(scenario);
  const addresses = { slackApiUrl: "a/", githubApiUrl: "b", controlUrl: "c", clockUrl: "d" };
  const own = { port: 1, dataDir: "e", servicesPath: "f" };
  expect(botEnvironment(world, addresses, { ...own, transport: "socket" })).toMatchObject({
    SLACK_APP_TOKEN: world.seed.bot.appToken,
  });
  expect(botEnvironment(world, addresses, { ...own, transport: "http" })).not.toHaveProperty(
    "SLACK_APP_TOKEN",
  );
});

const played: StepResult = {
  n: 3,
  do: "claim",
  actor: "declarer",
  typed: [{ how: "types", what: "/incident checklist" }],
  expected: { result: "refused", rule: "R1", missing: ["model"] },
  got: got({ sentence: "“Model” → answer first, 請先回答 " + "word ".repeat(40) }),
  ok: true,
  posts: ["#inc-1-x: Evidence 1", "@owner_model: Please answer", "#a: b", "#c: d"],
  ms: 412,
};
const skipped: StepResult = {
  n: 2,
  do: "assign_role",
  actor: "declarer",
  typed: [],
  expected: { result: "accepted" },
  reason: "assign_role comes with a later version",
  posts: [],
  ms: 0,
};

test("a pipe gets plain ASCII within its width", () => {
  const screen = screenOf({ isTTY: false }, { LANG: "en_US.UTF-8" });
  const lines = [...stepLines(played, 28, screen), ...stepLines(skipped, 28, screen)];
  expect(lines.join("\n")).toMatch(/^[ -~\n]*$/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines).toMatchInlineSnapshot(`
    [
      " 3/28  declarer                                                            0.4 s",
      "       types     /incident checklist",
      "       bot       "Model" -> answer first, ???? word word word word word word",
      "                 word word word word word word word word word word word word ...",
      "       posts     #inc-1-x: Evidence 1",
      "       posts     @owner_model: Please answer",
      "       posts     #a: b",
      "                 and 1 messages more",
      "       ok        refused by R1 for want of model, as expected",
      " 2/28  declarer: not played, assign_role comes with a later version",
    ]
  `);
});

test("a terminal that takes no colour gets none", () => {
  const lively = screenOf({ isTTY: true, columns: 60 }, { LANG: "C.UTF-8", NO_COLOR: "1" });
  expect(stepLines(played, 28, lively).join("\n")).not.toContain("\u001b");
  expect(stepLines(played, 28, lively).join("\n")).toContain("請先回答");
});

test("a step that did not come as expected says so in words", () => {
  const bad = { ...played, ok: false, reason: "expected accepted, got refused: No." };
  expect(stepLines(bad, 28, screenOf({}, {})).join("\n")).toContain("NOT OK");
});

test("the last line counts as expected, not as expected, and not played", () => {
  expect(countLine([played, skipped, { ...played, ok: false }])).toBe(
    "1 as expected, 1 not as expected, 1 not played",
  );
});

const postmortem = `---
incident: 1
strands:
  - id: "S1"
    verdicts:
      - layer: "model"
        verdict: "cleared"
---
# Incident 1
`;

test("verdicts are read from the front matter, by the scenario's strand", () => {
  expect(verdictsOf(postmortem, scenario)).toEqual([
    { strand: "S0-A", layer: "model", verdict: "cleared" },
  ]);
  expect(verdictsOf(undefined, scenario)).toEqual([]);
});

test("what a play leaves behind are arrays at top level, and the postmortem of the pull request", () => {
  const message = { channel: "C1", user: "U0FAULTLINE", blocks: [], isEdited: false };
  const files = filesOf(
    {
      steps: [skipped, played],
      state: {
        channels: [
          {
            id: "C1",
            name: "inc-1-x",
            isDirect: false,
            isPrivate: false,
            topic: "",
            memberIds: [],
            isArchived: false,
            pinnedTs: [],
            bookmarks: [],
          },
        ],
        messages: [{ ...message, ts: "2.0", text: "later" }],
        ephemerals: [{ ...message, ts: "1.0", text: "first", onlyFor: "U0000000001" }],
        homes: [],
        files: [],
        issues: [],
        pullRequests: [
          {
            repo: "a/b",
            number: 1,
            title: "t",
            body: "b",
            branch: "x",
            state: "open",
            labels: [],
            url: "u",
            files: { "p/x.md": postmortem },
          },
        ],
      },
    },
    scenario,
    worldOf(scenario),
  );
  const json = (name: string) => JSON.parse(files[name] ?? "") as Record<string, unknown>[];
  expect(files["postmortem.md"]).toBe(postmortem);
  expect(json("transcript.json")).toMatchObject([
    { channel: "#inc-1-x", user: "faultline", text: "first", seen_by: "declarer", thread: null },
    { text: "later", seen_by: null },
  ]);
  expect(json("refusals.json")).toMatchObject([
    { step: 3, actor: "declarer", rules: ["R1"], missing: ["model"] },
  ]);
  const [first, second] = json("steps.json");
  expect(first).toEqual({
    n: 2,
    do: "assign_role",
    actor: "declarer",
    typed: [],
    expected: { result: "accepted" },
    reason: "assign_role comes with a later version",
  });
  expect(second).toMatchObject({ ok: true, typed: ["types /incident checklist"] });
  expect(json("issues.json")).toEqual([]);
});
