/**
 * Goal: what helps people find their way stays right: topic, bookmarks, Home, the word to who comes late,
 * the request for an update. Each may be done twice and is there once.
 * Method: the real handlers, drained over a real database, against a Slack kept in memory.
 */
import { beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { savePeople } from "#src/db/people.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { createLog } from "#src/lib/log.ts";
import { noteMembership } from "#src/usecases/note-membership.ts";
import { guardTopic } from "#src/usecases/guard-topic.ts";
import { correctiveAction, leverUse } from "#test/support/factories.ts";
import { testDatabase } from "#test/support/database.ts";
import { plainOwner } from "#test/support/not-yet.ts";
import { contextOf } from "#test/usecases/support.ts";
import { OutsideSlack } from "./outside.ts";
import { handling, personOf } from "./handling.ts";
import { ada, bo, effectRows, incidentIn, team, write } from "./support.ts";

const { db, url } = await testDatabase();
const { drain, change } = handling(db);
const ctx = contextOf(db, { actor: { teamId: team, userId: bo } });

beforeAll(async () => {
  await prepareJobs(url, createLog("silent"));
  const full = { isGuest: false, isDeactivated: false, isBot: false };
  await savePeople(db, team, [
    { userId: ada, displayName: "owner_model", ...full },
    { userId: bo, displayName: "authorizer_business", ...full },
    { userId: "UBOT" as UserId, displayName: "faultline", ...full, isBot: true },
    { userId: "UGUEST" as UserId, displayName: "guest", ...full, isGuest: true },
  ]);
});

test("a topic that somebody has changed is put right once, and our own change leads to no other", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db, { title: "Old rule <b> & more" });
  const channelId = await channelOf(incidentId);
  await write(db, { name: "set-topic", incidentId });
  await drain(slack);
  const right = slack.topics.get(channelId);
  expect(right).toContain("Old rule &lt;b&gt; &amp; more");
  slack.topics.set(channelId, "lunch at noon");
  await guardTopic(ctx, channelId);
  await drain(slack);
  expect(slack.topics.get(channelId)).toBe(right);
  // the event of our own change, with the topic as Slack gives it back
  slack.topics.set(channelId, right!.replaceAll("&amp;", "&amp;amp;"));
  slack.calls = [];
  await guardTopic(ctx, channelId);
  await drain(slack);
  expect(slack.calls).not.toContain("setTopic");
});

test("a topic of any other channel is nothing to us", async () => {
  const before = (await effectRows(db)).length;
  await guardTopic(ctx, "CELSEWHERE");
  expect(await effectRows(db)).toHaveLength(before);
});

test("bookmarks lead to the panel, to the request for answers, and to the postmortem once there is one", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const channelId = await channelOf(incidentId);
  await write(
    db,
    message(incidentId, { kind: "panel" }),
    message(incidentId, { kind: "evidence-request" }),
  );
  await write(db, { name: "add-bookmarks", incidentId });
  await drain(slack);
  expect([...slack.bookmarks.keys()]).toEqual([
    `${channelId} Panel`,
    `${channelId} Checklist and answers`,
  ]);
  const postmortemUrl = "https://github.com/example/postmortems/pull/3";
  await change(incidentId, { incident: { postmortemUrl } });
  await write(db, { name: "add-bookmarks", incidentId });
  await drain(slack);
  expect(slack.bookmarks.get(`${channelId} Postmortem`)).toBe(postmortemUrl);
  expect(slack.bookmarks.size).toBe(3);
});

test("who comes late is told once by direct message; a bot, a guest and the owners are not", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db, {
    owners: [{ layer: "model", userId: ada, groupId: null, ...plainOwner }],
  });
  const channelId = await channelOf(incidentId);
  for (const userId of [bo, ada, "UBOT" as UserId, bo, "UGUEST" as UserId]) {
    await noteMembership(ctx, { channelId, userId, hasJoined: true });
    await drain(slack);
  }
  const told = slack.posts.filter((post) => post.channelId.startsWith("D"));
  expect(told.map((post) => post.channelId)).toEqual([`D${bo}`]);
  expect(told[0]!.text).toContain("Nothing is wanted from you yet");
});

test("Home shows what waits for its reader alone, and guests one sentence", async () => {
  const slack = new OutsideSlack();
  const reader = "UREADER" as UserId;
  slack.users.set(reader, personOf(reader, "reader"));
  const incidentId = await incidentIn(db, {
    title: "Answers wait",
    owners: [
      { layer: "model", userId: reader, groupId: null, ...plainOwner },
      { layer: "infrastructure", userId: ada, groupId: null, ...plainOwner },
    ],
  });
  const hidden = await incidentIn(db, {
    title: "Taken away",
    owners: [{ layer: "model", userId: reader, groupId: null, ...plainOwner }],
  });
  await change(hidden, { incident: { hiddenAt: new Date(), isDrill: true } });
  await change(incidentId, {
    levers: [
      leverUse({ authorizer: reader }),
      leverUse({ number: 2, authorizer: ada, secondAuthorizer: reader, secondState: "claimed" }),
      leverUse({ number: 3, authorizer: reader, endedAt: new Date(), endedHow: "kept" }),
    ],
    actions: [correctiveAction({ owner: reader, title: "Mine" }), correctiveAction({ number: 2 })],
  });
  await write(db, home(reader), home("UGUEST" as UserId));
  await drain(slack);
  const shown = JSON.stringify(slack.homes.get(reader));
  expect(shown).toContain("Answer for Model in Incident");
  expect(shown).toContain("Did you authorize lever 1");
  expect(shown).toContain("Did you authorize lever 2");
  expect(shown).not.toContain("lever 3");
  expect(shown).toContain("Due 2026-03-23: Mine");
  expect(shown).not.toContain("Index job fails");
  expect(shown).not.toContain("Taken away");
  expect(slack.homes.get("UGUEST")!.blocks).toHaveLength(1);
});

test("a request for an update that is due no more is brought up to date where it stands, and never posted", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const reminder = message(incidentId, { kind: "update-reminder" });
  await change(incidentId, { incident: { updateDueAt: new Date(Date.now() + 3_600_000) } });
  await write(db, reminder);
  await drain(slack);
  expect(slack.posts).toEqual([]);
  await change(incidentId, { incident: { updateDueAt: new Date(Date.now() - 60_000) } });
  await write(db, reminder);
  await drain(slack);
  await change(incidentId, { incident: { updateDueAt: new Date(Date.now() + 3_600_000) } });
  await write(db, reminder);
  await drain(slack);
  expect(slack.posts).toMatchObject([{ updates: 1 }]);
});

function home(userId: UserId): Effect {
  return { name: "publish-home", incidentId: null, userId };
}

function message(
  incidentId: IncidentId,
  ref: Extract<Effect, { name: "post-message" }>["message"],
): Effect {
  return { name: "post-message", incidentId, message: ref };
}

async function channelOf(incidentId: IncidentId): Promise<string> {
  return (await getIncidentState(db, incidentId)).incident.channelId!;
}
