/**
 * Goal: bookmarks, links and Home reach Slack as its documents ask for, and a second try adds nothing.
 * Method: the client against a Web API of the test's own.
 */
import { expect, test } from "vitest";
import { createSlackApi } from "#src/slack/client.ts";
import { renderClosedHome } from "#views/home.ts";
import { type Answer, refuse, startFakeSlack } from "./fake-slack.ts";

async function slackWith(answers: Record<string, Answer>) {
  const fake = await startFakeSlack(answers);
  const api = createSlackApi({ token: "xoxb-1", apiUrl: fake.apiUrl, timeoutMs: 2_000 });
  return { api, calls: () => fake.calls.map(({ method, args }) => [method, args] as const) };
}

test("a bookmark that stands is left alone, one that leads elsewhere is put right, a missing one is added", async () => {
  const { api, calls } = await slackWith({
    "bookmarks.list": () => ({
      ok: true,
      bookmarks: [
        { id: "Bk1", title: "Panel", link: "https://slack.test/p1" },
        { id: "Bk2", title: "Postmortem", link: "https://old.test" },
      ],
    }),
  });
  await api.setBookmarks("C1", [
    { title: "Panel", link: "https://slack.test/p1" },
    { title: "Checklist and answers", link: "https://slack.test/p2" },
    { title: "Postmortem", link: "https://new.test" },
  ]);
  expect(calls()).toMatchObject([
    ["bookmarks.list", { channel_id: "C1" }],
    [
      "bookmarks.add",
      { title: "Checklist and answers", type: "link", link: "https://slack.test/p2" },
    ],
    ["bookmarks.edit", { bookmark_id: "Bk2", link: "https://new.test" }],
  ]);
});

test("the bookmarks of a channel are read without those that lead nowhere", async () => {
  const { api } = await slackWith({
    "bookmarks.list": () => ({
      ok: true,
      bookmarks: [
        { id: "Bk1", title: "Panel", link: "https://slack.test/p1" },
        { id: "Bk2", title: "Folder" },
      ],
    }),
  });
  expect(await api.listBookmarks("C1")).toEqual([
    { title: "Panel", link: "https://slack.test/p1" },
  ]);
});

test("a message that is gone has no link", async () => {
  const { api } = await slackWith({ "chat.getPermalink": refuse("message_not_found") });
  expect(await api.findPermalink("C1", "1.000100")).toBeUndefined();
});

test("Home is published for one person", async () => {
  const { api, calls } = await slackWith({});
  await api.publishHome("U1", renderClosedHome("Guests cannot take part in incidents here."));
  expect(calls()).toMatchObject([["views.publish", { user_id: "U1" }]]);
});
