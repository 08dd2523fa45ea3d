// Goal: a file with counts becomes evidence of who gave it, once, however often it is attempted; and what
// cannot be recorded is told to them by direct message, with all they filled in.
// Method: the handler on a real PostgreSQL, against a Slack in memory that fails and lies.
import { beforeAll, expect, test } from "vitest";
import { addChannelMember } from "#src/db/channel-members.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { savePeople } from "#src/db/people.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { personOf as factsOf } from "#src/jobs/look-up-person.ts";
import { PermanentError } from "#src/lib/errors.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { handling, personOf } from "./handling.ts";
import { cut, OutsideSlack } from "./outside.ts";
import { ada, bo, effectRows, incidentIn, team, write } from "./support.ts";

const { db, url } = await testDatabase();
const { drain, change } = handling(db);
const csv = "arm,role,layers,n,fails\nbaseline,baseline,,20,9\neffort high,override,model,20,2\n";

beforeAll(async () => {
  await prepareJobs(url, createLog("silent"));
  await savePeople(db, team, [
    factsOf(personOf(ada, "ada"), team),
    factsOf(personOf(bo, "bo"), team),
  ]);
});

async function incidentOfAda(): Promise<IncidentId> {
  const incidentId = await incidentIn(db);
  await addChannelMember(db, incidentId, ada);
  return incidentId;
}

const reads = (incidentId: IncidentId, more: Record<string, string> = {}): Effect => ({
  name: "read-figures",
  incidentId,
  userId: ada,
  file: { id: "F1", name: "arms.csv" },
  values: { kind: "E4", what: "a replay", author: ada, ...more },
});

function slackWith(text: string | null, userId: string = ada, size = 100): OutsideSlack {
  const slack = new OutsideSlack();
  slack.filesIn.set("F1", { userId, size, text });
  return slack;
}

const evidenceOf = async (id: IncidentId) => (await getIncidentState(db, id)).evidence;
const unreadIn = (slack: OutsideSlack) =>
  slack.posts.filter(({ blocks }) => blocks.some((block) => block.block_id === "file-unread"));

test("what a file says is recorded by who gave it, with its reading in the timeline", async () => {
  const incidentId = await incidentOfAda();
  await write(db, reads(incidentId));
  const slack = slackWith(csv);
  await drain(slack);
  expect(await evidenceOf(incidentId)).toMatchObject([
    { kind: "E4", what: "a replay", recorder: ada, author: ada, data: { arms: { length: 2 } } },
  ]);
  expect(unreadIn(slack)).toEqual([]);
});

test("an attempt that died after it had recorded records nothing more", async () => {
  const incidentId = await incidentOfAda();
  await write(db, reads(incidentId));
  await drain(slackWith(csv));
  await db
    .updateTable("effect")
    .set({ state: "pending", outcome: null })
    .where("name", "=", "read-figures")
    .where("incidentId", "=", incidentId)
    .execute();
  const slack = slackWith(csv);
  await drain(slack);
  expect(slack.calls).toContain("readFile");
  expect(await evidenceOf(incidentId)).toHaveLength(1);
});

test("a Slack that is away is asked again", async () => {
  const incidentId = await incidentOfAda();
  await write(db, reads(incidentId));
  const slack = slackWith(csv);
  slack.trouble = (method, call) =>
    method === "readFile" && call <= 2 ? { before: cut() } : undefined;
  await drain(slack);
  await drain(slack);
  await drain(slack);
  expect(slack.calls.filter((call) => call === "readFile")).toHaveLength(3);
  expect(await evidenceOf(incidentId)).toHaveLength(1);
});

test.each([
  ["wrong in one line", slackWith(csv.replace("20,2", "20,200")), /Line 3: 200 failures/],
  ["gone", new OutsideSlack(), /The file is gone from Slack\. Choose it again\./],
  ["somebody else's", slackWith(csv, bo), /The file is gone from Slack\. Choose it again\./],
  ["too large", slackWith(null, ada, 1_000_001), /It is larger than 1 MB\./],
  ["no text", slackWith(null), /It is no text\. Save it as CSV or JSON, in UTF-8\./],
])(
  "of a file that is %s who gave it is told, once, and nothing is recorded",
  async (_, slack, says) => {
    const incidentId = await incidentOfAda();
    await write(db, reads(incidentId));
    await drain(slack);
    await drain(slack);
    expect(await evidenceOf(incidentId)).toEqual([]);
    const told = unreadIn(slack);
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toMatch(says);
    const [row] = (await effectRows(db, "read-figures")).filter(
      (one) => one.incidentId === incidentId,
    );
    // what was filled in is still there for the button
    expect(row!.payload).toMatchObject({ values: { what: "a replay" } });
    expect(JSON.stringify(told[0]!.blocks)).toContain(row!.id);
  },
);

test("of a replay that is gone, and an incident that is closed meanwhile, they are told too", async () => {
  const incidentId = await incidentOfAda();
  await write(db, reads(incidentId, { replay: "4" }));
  const slack = slackWith(csv);
  await drain(slack);
  expect(unreadIn(slack)[0]!.text).toContain("There is no such replay in this incident.");
  await write(db, reads(incidentId));
  await change(incidentId, { incident: { status: "closed", closedAt: new Date(), closedBy: ada } });
  const later = slackWith(csv);
  await drain(later);
  expect(unreadIn(later)).toHaveLength(1);
  expect(await evidenceOf(incidentId)).toEqual([]);
});

test("where Slack refuses for good, the coordinator is told whose file was not read", async () => {
  const incidentId = await incidentOfAda();
  await write(db, reads(incidentId));
  const slack = slackWith(csv);
  const refusal = new PermanentError("missing_scope", "the app lacks the scope files:read");
  slack.trouble = (method) => (method === "readFile" ? { before: refusal } : undefined);
  await drain(slack);
  const trouble = slack.posts.find(({ text }) => text.includes("needs you"));
  expect(trouble?.text).toContain("I could not read arms.csv, a file with counts from ada.");
  expect(trouble?.text).toContain("files:read");
});
