// Goal: where Slack or GitHub is slow, refuses, loses its answers or is away, people are answered at once,
// and everything follows later, each thing once.
// Method: the whole app over signed HTTP; faults of the sandbox strike the bot's own calls. What counts is
// what Slack and GitHub hold in the end, and what people were told on the way.

import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { Fault } from "#sandbox/protocol.ts";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, expectNothingDoubled, said, shown } from "./desk.ts";
import { anAction, countRows } from "./records.ts";

const guest = "U0GUEST";
const gone = "U0GONE";

const bot = await testBot("http", {
  // that something failed for good is what some of these tests are about
  logLevel: "fatal",
  changeWorld(world) {
    const person = (id: string) => ({
      id,
      name: id.toLowerCase(),
      realName: id,
      email: `${id}@example.com`,
    });
    world.seed.users.push(
      { ...person(guest), isGuest: true },
      { ...person(gone), isDeactivated: true },
    );
    // the first incident of all will want this name
    world.seed.channels.push(
      { id: "C0TAKEN1", name: "inc-1-its-name-is-taken", memberIds: [], isArchived: true },
      { id: "C0TAKEN2", name: "inc-1-its-name-is-taken-2", memberIds: [] },
    );
    const file = parse(world.servicesFile) as { services: object[] };
    file.services.push({
      name: "unowned",
      owners: { model: { person: guest }, infrastructure: { person: gone } },
    });
    return { ...world, servicesFile: stringify(file) };
  },
});
const { control, world, database } = bot;
const { db } = database;
const desk = deskOf(bot);
const botUserId = world.seed.bot.userId;

const open = await desk.declare("declarer", { title: "Its name is taken" });

const slack = (method: string, fault: Omit<Fault, "side" | "method">): Fault => ({
  side: "slack",
  method,
  ...fault,
});
const github = (method: string, fault: Omit<Fault, "side" | "method">): Fault => ({
  side: "github",
  method,
  ...fault,
});

/** While `work` runs, these faults strike. */
async function during<Value>(faults: Fault[], work: () => Promise<Value>): Promise<Value> {
  await control.setFaults({ faults });
  try {
    return await work();
  } finally {
    await control.setFaults({ faults: [] });
  }
}

test("a channel name that is taken, also by an archived channel, gets a number behind it", async () => {
  expect(open.channelName).toBe("inc-1-its-name-is-taken-3");
  expect(shown(await desk.panel(open.channelId))).toContain("Its name is taken");
});

test.for([
  ["is cut off", { kind: "cut_before" }],
  ["loses its answer", { kind: "cut_after" }],
  ["fails", { kind: "status", status: 503 }],
  ["asks to wait", { kind: "status", status: 429, retryAfterSeconds: 30 }],
  ["is slow", { kind: "latency", latencyMs: 2_600 }],
] as const)("where views.open %s the person is told within 3 s", async ([, fault]) => {
  const answer = await during([slack("views\\.open", fault)], () =>
    desk.type("declarer", "evidence", open.channelId),
  );
  expect(answer.status).toBe("acked");
  expect(answer.ephemerals.map(shown)).toEqual([
    "Slack did not open the form in time. Nothing is lost; try again.",
  ]);
});

test("a button whose form does not open says so", async () => {
  const panel = await desk.panel(open.channelId);
  const heard = await during([slack("views\\.open", { kind: "cut_before" })], () =>
    desk.pressAndHear("declarer", panel, "stabilize"),
  );
  expect(heard).toBe("Slack did not open the form in time. Nothing is lost; try again.");
});

test.for([
  ["is cut off", { kind: "cut_before" }],
  ["loses its answer", { kind: "cut_after" }],
  ["fails", { kind: "status", status: 500 }],
] as const)(
  "where chat.postMessage %s three times, each message is there once",
  async ([, fault]) => {
    const what = `Recorded while chat.postMessage had ${JSON.stringify(fault)}`;
    await during([slack("chat\\.postMessage", { ...fault, times: 3 })], async () => {
      await desk.record("declarer", "evidence", open.channelId, { kind: "E9", what });
      await desk.settle();
    });
    expect(await messagesWith(open, what)).toHaveLength(1);
  },
);

test("where chat.postMessage asks to wait, it is not called again before, and the message is there once", async () => {
  const what = "Recorded while Slack asked to wait";
  const before = (await control.wire()).calls.length;
  const limit = slack("chat\\.postMessage", {
    kind: "status",
    status: 429,
    retryAfterSeconds: 1,
    times: 1,
  });
  await during([limit], async () => {
    await desk.record("declarer", "evidence", open.channelId, { kind: "E9", what });
    await expect.poll(() => messagesWith(open, what)).toHaveLength(1);
  });
  const { calls } = await control.wire();
  const posts = calls.slice(before).filter(({ method }) => method === "chat.postMessage");
  expect(posts.map(({ status }) => status)).toEqual([429, 200]);
  expect(Date.parse(posts[1]!.at) - Date.parse(posts[0]!.at)).toBeGreaterThanOrEqual(1_000);
});

test("while Slack is away a declaration is answered at once, people are told that more comes later, and it comes, each thing once", async () => {
  await desk.open("declarer", "declare Slack was away");
  const others = [
    "owner_model",
    "owner_retrieval_data",
    "owner_orchestration_tools",
    "owner_infrastructure",
  ];
  for (const handle of others) await desk.open(handle, "evidence", open.channelId);
  const told: string[] = [];
  await during([slack(".", { kind: "cut_before" })], async () => {
    const declared = await desk.submit("declarer", { severity: "SEV3" });
    expect(declared.ms).toBeLessThan(1_000);
    expect(said(declared)).toMatch(
      /^Declared incident 2\. Its channel #inc-2-slack-was-away is being opened/,
    );
    // as soon as the bot has noticed, whoever records something is told
    await expect
      .poll(
        async () => {
          const handle = others[told.length] ?? "";
          const answer = await desk.submit(handle, {
            kind: "E9",
            what: `Seen by ${handle}, Slack away`,
          });
          told.push(said(answer));
          return said(answer);
        },
        { interval: 800 },
      )
      .toContain("Slack or GitHub is slow now, so what follows may come later.");
    expect((await control.state()).channels.some(({ name }) => name.startsWith("inc-2-"))).toBe(
      false,
    );
  });
  await desk.settle();

  const state = await control.state();
  const channels = state.channels.filter(({ name }) => name.startsWith("inc-2-"));
  expect(channels).toHaveLength(1);
  const [channel] = channels;
  const owners = [...others, "declarer"].map((handle) => desk.id(handle));
  expect(channel!.memberIds).toEqual(expect.arrayContaining(owners));
  expect(shown(await desk.panel(channel!.id))).toContain("Slack was away");
  expect(
    (await desk.messages(channel!.id)).filter(({ text }) =>
      text.includes("Please answer for your layer"),
    ),
  ).toHaveLength(1);
  const announced = (await desk.messages(world.announceChannelId)).filter(({ text }) =>
    text.includes("Slack was away"),
  );
  expect(announced).toHaveLength(1);
  for (const handle of others) {
    const asked = (await desk.direct(handle)).filter(({ text }) => text.includes("Slack was away"));
    expect(asked, handle).toHaveLength(1);
  }
  for (const [index] of told.entries()) {
    expect(await messagesWith(open, `Seen by ${others[index]}, Slack away`)).toHaveLength(1);
  }
  expectNothingDoubled(state.messages, botUserId);
});

test.for([
  ["is away", { kind: "cut_before" }],
  ["fails", { kind: "status", status: 502 }],
] as const)(
  "while GitHub %s an action is recorded; its issue follows once, with the link",
  async ([how, fault]) => {
    const title = `Index job fails when it skips a document, GitHub ${how}`;
    await during([github(".", fault)], async () => {
      const answer = await desk.record("declarer", "action", open.channelId, {
        ...anAction(desk),
        title,
      });
      expect(answer.ms).toBeLessThan(1_000);
      await expect.poll(() => messagesWith(open, title)).toHaveLength(1);
      await expect.poll(async () => (await control.wire()).calls.at(-1)?.side).toBe("github");
      expect(shown((await messagesWith(open, title))[0]!)).toContain(
        "The GitHub issue is being filed.",
      );
    });
    await desk.settle();
    expect((await control.state()).issues.filter((issue) => issue.title === title)).toHaveLength(1);
    const messages = await messagesWith(open, title);
    expect(messages).toHaveLength(1);
    expect(shown(messages[0]!)).toMatch(/Filed as issue \d+\./);
  },
);

test("an issue whose answer was lost is filed once", async () => {
  const title = "Index job fails when it skips a document, answer lost";
  await during([github("POST .+/issues$", { kind: "cut_after", times: 2 })], async () => {
    await desk.record("declarer", "action", open.channelId, { ...anAction(desk), title });
    await desk.settle();
  });
  expect((await control.state()).issues.filter((issue) => issue.title === title)).toHaveLength(1);
  expect(shown((await messagesWith(open, title))[0]!)).toMatch(/Filed as issue \d+\./);
});

test("an owner whom GitHub cannot assign: the issue is filed without them, and the channel is told", async () => {
  const title = "Index job fails when it skips a document, owner unknown to GitHub";
  await desk.record("declarer", "action", open.channelId, {
    ...anAction(desk),
    title,
    owner: desk.id("approver"),
    owner_login: "nobody-there",
  });
  await desk.settle();
  const { issues } = await control.state();
  expect(issues.filter((issue) => issue.title === title)).toMatchObject([{ assignees: [] }]);
  const told = await messagesWith(open, "I could not assign nobody-there on GitHub.");
  expect(told).toHaveLength(1);
  expect(shown(told[0]!)).toContain("The issue is filed without an assignee");
});

test("owners who cannot be invited are named in the channel, and the others come in", async () => {
  const { channelId } = await desk.declare("declarer", {
    title: "Owners cannot come",
    service: "unowned",
  });
  const told = (await desk.messages(channelId)).filter(({ text }) =>
    text.includes("I could not invite"),
  );
  expect(told).toHaveLength(1);
  expect(shown(told[0]!)).toContain("I could not invite u0guest and u0gone to the channel.");
  expect(shown(told[0]!)).toContain(
    "u0guest is a guest or of another workspace: invite them by hand, or ask somebody else.",
  );
  expect(shown(told[0]!)).toContain("u0gone is not active in Slack: name somebody else.");
  const channel = (await control.state()).channels.find(({ id }) => id === channelId);
  expect(channel?.memberIds).toContain(desk.id("declarer"));
  expect(channel?.memberIds).not.toContain(guest);
});

test("where every event comes twice, nothing is doubled", async () => {
  await control.setEventCopies({ copies: 2 });
  const incident = await desk.declare("declarer", { title: "Every event twice" });
  await control.join({ userId: desk.id("approver"), channelId: incident.channelId });
  await desk.settle();
  await desk.record("approver", "evidence", incident.channelId, { kind: "E9", what: "Seen once" });
  await desk.settle();
  await control.leave({ userId: desk.id("approver"), channelId: incident.channelId });
  await desk.settle();
  await control.setEventCopies({ copies: 1 });
  const members = await db
    .selectFrom("channelMember")
    .select("userId")
    .where("incidentId", "=", incident.number)
    .execute();
  const { channels, messages } = await control.state();
  const inSlack = channels.find(({ id }) => id === incident.channelId)!.memberIds;
  expect(members.map(({ userId }) => userId).toSorted()).toEqual(inSlack.toSorted());
  expect(await countRows(db, "evidenceItem", { what: "Seen once" })).toBe(1);
  expect(
    await countRows(db, "timelineEntry", { incidentId: incident.number, kind: "channel_opened" }),
  ).toBe(1);
  expectNothingDoubled(messages, botUserId);
});

/** The bot's messages in an incident's channel that show this. */
async function messagesWith({ channelId }: DeclaredIncident, words: string) {
  return (await desk.messages(channelId)).filter((message) => shown(message).includes(words));
}
