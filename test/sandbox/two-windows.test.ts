// Goal: one person with two windows sees in both what they do in one, and what they do in both at once
// does no harm.
// Method: a small Bolt app as the bot, which answers when it is told to.
import type { ModalView } from "@slack/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { startHttpBot } from "./bot.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
let control: SandboxControl;
let bot: Awaited<ReturnType<typeof startHttpBot>>;
/** Lets the bot give its next answer. */
let answers: (() => void)[];
const plain = (text: string) => ({ type: "plain_text" as const, text });

beforeEach(async () => {
  answers = [];
  const told = () => new Promise<void>((resolve) => answers.push(resolve));
  let submissions = 0;
  sandbox = await startSandbox(seed);
  control = sandbox.control;
  bot = await startHttpBot(sandbox.addresses, (app) => {
    app.command("/incident", async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: form("first") });
      await ack();
    });
    app.action("layer", async ({ ack }) => {
      await told();
      await ack();
    });
    app.view("first", async ({ ack }) => {
      submissions += 1;
      const isFirst = submissions === 1;
      await told();
      await ack(isFirst ? undefined : { response_action: "push", view: form("second") });
    });
  });
  await control.connectBot({ requestUrl: bot.requestUrl });
});
afterEach(async () => {
  await bot.stop();
  await sandbox.close();
});

function form(callback_id: string): ModalView {
  const options = ["data", "model"].map((value) => ({ text: plain(value), value }));
  const element = { type: "static_select" as const, action_id: "layer", options };
  return {
    type: "modal",
    callback_id,
    title: plain("Form"),
    submit: plain("Save"),
    blocks: [
      { type: "section", block_id: "layer", text: plain("Layer"), accessory: element },
      {
        type: "input",
        block_id: "note",
        label: plain("Note"),
        optional: true,
        element: { type: "plain_text_input", action_id: "note" },
      },
    ],
  };
}

const userId = "U0ANA";
async function openForm(): Promise<string> {
  const { view } = await control.command({ userId, channelId: "C0GENERAL", text: "/incident" });
  return view?.id ?? expect.fail("no form is open");
}
const formsSeen = async () =>
  (await control.screen({ userId })).forms.map(({ callback_id }) => callback_id);
const versions = () => control.changes({ since: { slack: -1, github: -1, wire: -1 }, withinMs: 0 });

test("what is chosen shows in the other window before the bot has answered", async () => {
  const viewId = await openForm();
  const before = await versions();
  const acting = control.act({
    userId,
    in: { viewId },
    actionId: "layer",
    value: "model",
    values: { note: "so far" },
  });
  expect((await versions()).slack).toBeGreaterThan(before.slack);
  const [seen] = (await control.screen({ userId })).forms;
  expect(seen?.values).toEqual({ layer: "model", note: "so far" });
  await expect.poll(() => answers.length).toBe(1);
  answers.forEach((answer) => answer());
  expect(await acting).toMatchObject({ status: "acked" });
});

test("a form that is sent from both closes once, and the second answer opens nothing", async () => {
  const viewId = await openForm();
  const send = () => control.submit({ userId, viewId, values: {} });
  const both = [send(), send()];
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.();
  await both[0];
  expect(await formsSeen()).toEqual([]);
  answers[1]?.();
  expect(await both[1]).toMatchObject({ status: "acked" });
  expect(await formsSeen()).toEqual([]);
  await expect(send()).rejects.toThrow("on top");
});
