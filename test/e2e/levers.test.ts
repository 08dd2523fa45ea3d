// Goal: two people stand for what cannot be undone: each is asked by direct message, says so for themselves,
// and is asked once more by the service's clock; the phase, the severity and a reopening are people's, too.
// Method: the whole app over signed HTTP, as four people of S0; what counts is what Slack shows.

import { expect, test } from "vitest";
import { buttonsOf } from "#sandbox/play/blocks.ts";
import { testBot } from "#test/support/bot.ts";
import { deskOf, said, shown } from "./desk.ts";
import { anAction } from "./records.ts";

const bot = await testBot("http");
const { control } = bot;
const desk = deskOf(bot);
await control.setClock({ now: "2026-03-09T09:20:00Z" });
const { channelId } = await desk.declare("coordinator", {
  title: "Answers follow the old rule",
  severity: "SEV2",
});
const lever = () => desk.message(channelId, "lever:LV1");
const actionsOf = (message: { blocks: Parameters<typeof buttonsOf>[0] }) =>
  buttonsOf(message.blocks).map(({ actionId }) => actionId);
const asked = async (handle: string) =>
  (await desk.direct(handle)).filter(({ blocks }) =>
    blocks.some((block) => block.block_id === "lever:LV1"),
  );

test("B6: the form warns, asks for a second person once it cannot be undone, and asks both", async () => {
  await desk.open("coordinator", "stabilize", channelId);
  await desk.actInForm("coordinator", "lever", { value: "reset_memory", blockId: "lever" });
  await control.settled();
  await desk.actInForm("coordinator", "cannot_be_undone", {
    value: "cannot",
    blockId: "cannot_be_undone",
  });
  await control.settled();
  const form = await desk.form("coordinator");
  expect(form?.blocks[0]?.block_id).toBe("flag:B6:snapshot_first");
  const refused = await desk.submit("coordinator", {
    lever: "reset_memory",
    cannot_be_undone: ["cannot"],
    authorizer: desk.id("authorizer_business"),
    capacity: "business",
    tradeoff: "saved preferences are gone",
    revert_condition: "it is not taken back",
    harm_signal: "answers by the old rule, per hour",
  });
  expect(Object.keys(refused.fieldErrors ?? {})).toEqual(["second_authorizer"]);
  const taken = await desk.submit("coordinator", {
    second_authorizer: desk.id("approver"),
    second_capacity: "technical",
  });
  expect(taken.fieldErrors).toBeUndefined();
  await desk.settle();
  expect(shown(await lever())).toContain("Claimed until both confirm.");
  for (const handle of ["authorizer_business", "approver"]) {
    expect(await asked(handle)).toHaveLength(1);
  }
});

test("B6: each answers for themselves; who has not is asked once more, and the reminder shows the answer", async () => {
  const [question] = await asked("approver");
  expect(await desk.pressAndHear("approver", question!, "confirm-lever")).toContain(
    "Recorded that you authorized",
  );
  await desk.settle();
  expect(shown(await lever())).toContain("has confirmed");
  await control.setClock({ now: "2026-03-09T09:40:00Z" });
  await desk.settle();
  expect(await asked("approver")).toHaveLength(1);
  const [, reminder] = await asked("authorizer_business");
  expect(shown(reminder!)).toContain("You have not said yet");
  await desk.press("authorizer_business", reminder!, "confirm-lever");
  await desk.settle();
  for (const message of await asked("authorizer_business")) expect(actionsOf(message)).toEqual([]);
});

test("B5: the signal is seen to move, the condition comes, the lever ends, and the phase moves", async () => {
  await desk.pressAndHear("coordinator", await lever(), "harm-signal-moved");
  await desk.pressAndHear("coordinator", await lever(), "meet-lever-condition");
  await desk.settle();
  expect(shown(await lever())).toContain("The condition for taking it back has come");
  await desk.open("coordinator", "phase learning", channelId);
  const refused = await desk.submit("coordinator", { phase: "learning" });
  expect(refused.view?.blocks[0]?.block_id).toMatch(/^refusal:B5:LV1,S1/);
  // the form offers what mends it, and shows that it is mended
  await desk.actInForm("coordinator", "end-lever");
  await desk.submit("coordinator", { ended_how: "kept", why: "it cannot be taken back" });
  const mends = async () => {
    const form = await desk.form("coordinator");
    return form?.blocks.flatMap(({ block_id: id = "" }) => (id.startsWith("mend:") ? [id] : []));
  };
  await expect.poll(mends).toEqual(["mend:S1"]);
  expect((await desk.form("coordinator"))?.values).toMatchObject({ phase: "learning" });
});

test("B4: severity is lowered only with a count, and says how to get one", async () => {
  await desk.open("coordinator", "severity SEV3", channelId);
  const refused = await desk.submit("coordinator", { severity: "SEV3", reason: "fewer reports" });
  expect(refused.view?.blocks[0]?.block_id).toBe("refusal:B4:cohort_rates");
  await desk.record("coordinator", "severity", channelId, {
    severity: "SEV1",
    reason: "all three regions",
  });
  await desk.settle();
  expect(shown(await desk.panel(channelId))).toContain("SEV1");
});

test("an incident is closed, its lever keeps no button, and it is opened again with a reason", async () => {
  expect(said(await desk.type("coordinator", "reopen", channelId))).toContain("is open");
  expect(said(await desk.type("coordinator", "reopen"))).toContain("in the channel");
  await desk.record("coordinator", "action", channelId, {
    ...anAction(desk),
    constraint_kind: "observability",
  });
  await desk.record("coordinator", "close", channelId, {
    close_as: "undetermined",
    approver: desk.id("approver"),
  });
  await desk.settle();
  expect(actionsOf(await lever())).toEqual([]);
  await desk.record("coordinator", "reopen it came back", channelId, {});
  await desk.settle();
  const closing = (await desk.messages(channelId)).find(({ text }) =>
    text.includes("the response goes on"),
  );
  expect(closing && shown(closing)).toContain("is open again");
  expect(shown(await desk.panel(channelId))).toMatch(/diagnosing/i);
});
