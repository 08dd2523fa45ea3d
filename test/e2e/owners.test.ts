// Goal: an owner who does not answer is reminded, the stand-in asked, the coordinator told, by the service's
// clock and over a restart; a group's answer is owned by the first to press; services are edited in Slack.
// Method: the whole app over signed HTTP, the sandbox's clock moved by hand, everything read as people see it.

import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { World } from "#sandbox/play/world.ts";
import { testBot } from "#test/support/bot.ts";
import { deskOf, labelsOf, shown } from "./desk.ts";

const bot = await testBot("http", { changeWorld: withOwners });
const desk = deskOf(bot);

const group = "S0INFRA";

/** Model has a stand-in, infrastructure is a group's, and nobody is named for integration & UI. */
function withOwners(world: World): World {
  const file = parse(world.servicesFile) as {
    services: { owners: Record<string, Record<string, string>> }[];
  };
  const owners = file.services[0]?.owners ?? {};
  const id = (handle: string) => world.userIds.get(handle) ?? handle;
  owners["model"] = { person: id("owner_model"), stand_in: id("authorizer_business") };
  owners["infrastructure"] = { group: "S0INFRA" };
  delete owners["integration_ui"];
  return { ...world, servicesFile: stringify(file) };
}

const setClock = async (time: string) => {
  await bot.control.setClock({ now: `2026-03-09T${time}:00Z` });
  await desk.settle();
};

test("who does not answer is reminded, then the stand-in is asked, then the coordinator told, over a restart", async () => {
  await setClock("09:00");
  const { channelId } = await desk.declare("declarer", { title: "Old rule", severity: "SEV2" });

  const missing = await desk.message(channelId, "owners-missing");
  expect(shown(missing)).toMatch(/nobody is named for Integration & UI/);
  expect(labelsOf(missing)).toEqual(["Name owner: Integration & UI"]);

  // the first to press owns the group's answer, the second is told who does
  const request = await desk.message(channelId, "evidence-request");
  expect(JSON.stringify(request.blocks)).toContain(`<!subteam^${group}>`);
  const take = `take-answer:infrastructure`;
  const first = await desk.hears("owner_retrieval_data", () =>
    desk.press("owner_retrieval_data", request, "take-answer", take),
  );
  expect(first).toMatch(/^You own the answer for Infrastructure/);
  const second = await desk.hears("declarer", () =>
    desk.press("declarer", request, "take-answer", take),
  );
  expect(second).toContain(`<@${desk.id("owner_retrieval_data")}> owns the answer`);
  await desk.settle();
  expect(JSON.stringify(await desk.message(channelId, "evidence-request"))).not.toContain(take);

  const remindersOf = async (handle: string) =>
    (await desk.direct(handle)).filter(({ blocks }) =>
      blocks.some(({ block_id: id }) => id === "answer-reminder:model"),
    );
  await setClock("09:19");
  expect(await remindersOf("owner_model")).toHaveLength(0);
  await setClock("09:20");
  const [reminded] = await remindersOf("owner_model");
  expect(reminded && shown(reminded)).toMatch(/^Model still waits for your answer\./);
  await setClock("09:30");
  expect(await remindersOf("owner_model")).toHaveLength(1);
  expect(await remindersOf("authorizer_business")).toHaveLength(0);

  await bot.restart();
  await setClock("09:40");
  const [asked] = await remindersOf("authorizer_business");
  expect(asked && shown(asked)).toMatch(/^Please answer for Model\./);
  const { channels } = await bot.control.state();
  const members = channels.find(({ id }) => id === channelId)?.memberIds;
  expect(members).toContain(desk.id("authorizer_business"));

  await setClock("10:00");
  const late = await desk.message(channelId, "answer-late:model");
  expect(shown(late)).toContain(`<@${desk.id("declarer")}>, nobody has answered for Model yet`);
  expect(labelsOf(late)).toEqual(["Answer for it", "Name somebody else"]);

  // the stand-in answers: nobody is asked any more
  if (!asked) throw new Error("the stand-in was not asked");
  await desk.press("authorizer_business", asked, "answer-layers");
  const answered = await desk.submit("authorizer_business", { "change:model": "cannot_tell" });
  expect(answered.fieldErrors).toBeUndefined();
  await desk.settle();
  expect(shown(await desk.message(channelId, "answer-late:model"))).toBe(
    "Model is answered now. Thank you.",
  );
  for (const handle of ["owner_model", "authorizer_business"]) {
    const texts = (await desk.direct(handle)).map(({ text }) => text);
    expect(texts.filter((text) => text.includes("Model is answered."))).toHaveLength(1);
  }
  await setClock("23:00");
  const all = await desk.messages(channelId);
  const lateAgain = all.filter((one) => JSON.stringify(one.blocks).includes("answer-late:model"));
  expect(lateAgain).toHaveLength(1);
});

test("a service is added, edited and its owners named in Slack; the list and the incident's owners show it", async () => {
  const form = () => desk.form("declarer");
  const list = await desk.open("declarer", "owners");
  expect(shown(list)).toMatch(/^1 service\./);
  await desk.actInForm("declarer", "edit-service");
  const wrong = await desk.submit("declarer", { name: "Draft replies", issues_repo: "nothing" });
  expect(Object.keys(wrong.fieldErrors ?? {})).toEqual(["issues_repo"]);
  await desk.submit("declarer", {
    name: "Draft replies",
    issues_repo: "example/incidents",
    announce_channel: bot.world.generalChannelId,
  });
  await desk.settle();

  const found = await desk.open("declarer", "owners draft");
  expect(shown(found)).toMatch(/^1 service with “draft” in the name\./);
  await desk.actInForm("declarer", "show-service");
  await desk.settle();
  expect(shown((await form())!)).toMatch(/^Draft replies/);
  expect(shown((await form())!)).toContain(`Announced in: <#${bot.world.generalChannelId}>`);
  await desk.actInForm("declarer", "edit-owners");
  await desk.submit("declarer", { "owner:model": desk.id("owner_model") });
  await desk.settle();
  expect(shown((await form())!)).toContain(`Model: <@${desk.id("owner_model")}>`);

  // the service of the file: a value that was edited is shown with what the file says, and taken back
  await desk.open("declarer", "owners assistant");
  await desk.actInForm("declarer", "show-service");
  await desk.settle();
  await desk.actInForm("declarer", "edit-service");
  await desk.submit("declarer", { promise: "Something else" });
  await desk.settle();
  expect(shown((await form())!)).toContain("Promise. The file says “");
  await desk.actInForm("declarer", "take-file-value");
  await desk.settle();
  expect(shown((await form())!)).not.toContain("The file says");

  const { channelId } = await desk.declare("declarer", { title: "Second", severity: "SEV3" });
  const inChannel = await desk.open("declarer", "owners", channelId);
  expect(shown(inChannel)).toMatch(/^Who answers in this incident/);
  expect(shown(inChannel)).toContain("Integration & UI: nobody named");
});
