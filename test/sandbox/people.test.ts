// Goal: what people do reaches a bot as Slack sends it, and what the bot answers comes back as Slack
// shows it, over signed HTTP and over Socket Mode.
// Method: a small Bolt app as the bot; one test plays the same steps over both transports.
import type { ModalView } from "@slack/types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Interaction } from "#sandbox/protocol.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { startHttpBot, startSocketBot } from "./bot.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
let bot: { stop(): Promise<unknown> } | undefined;
beforeEach(async () => {
  sandbox = await startSandbox(seed);
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await sandbox.close();
});

type Listeners = Parameters<typeof startHttpBot>[1];
async function connect(transport: "http" | "socket", listen: Listeners): Promise<void> {
  if (transport === "http") {
    const http = await startHttpBot(sandbox.addresses, listen);
    await sandbox.control.connectBot({ requestUrl: http.requestUrl });
    bot = http;
  } else {
    bot = await startSocketBot(sandbox.addresses, listen);
    await sandbox.control.connectBot({ requestUrl: null });
  }
}

const plain = (text: string) => ({ type: "plain_text" as const, text });
const option = (value: string) => ({ text: plain(value), value });

/** A form with one input of every kind the product uses, most of them prefilled. */
function form(more: Partial<ModalView> = {}): ModalView {
  const input = (block_id: string, element: object, optional = true) =>
    ({ type: "input", block_id, optional, label: plain(block_id), element }) as never;
  return {
    type: "modal",
    callback_id: "form",
    private_metadata: "m1",
    title: plain("Form"),
    submit: plain("Save"),
    blocks: [
      input("title", { type: "plain_text_input", action_id: "a", max_length: 20 }, false),
      input("note", { type: "plain_text_input", action_id: "a", initial_value: "so far" }),
      input("severity", {
        type: "static_select",
        action_id: "a",
        options: [option("high"), option("low")],
        initial_option: option("low"),
      }),
      input("layers", {
        type: "checkboxes",
        action_id: "a",
        options: [option("data"), option("model")],
        initial_options: [option("data")],
      }),
      input("who", { type: "users_select", action_id: "a", initial_user: "U0BEN" }),
      input("due", { type: "datepicker", action_id: "a", initial_date: "2026-11-21" }),
      input("seen", { type: "datetimepicker", action_id: "a", initial_date_time: 1_763_700_000 }),
      input("choice", { type: "radio_buttons", action_id: "a", options: [option("yes")] }),
    ],
    ...more,
  };
}

const ana = { userId: "U0ANA", channelId: "C0GENERAL" };
const viewOf = (interaction: Interaction) => interaction.view ?? expect.fail("no form is open");

describe.each(["http", "socket"] as const)("over %s", (transport) => {
  test("a command carries its text escaped, opens a form, and the form's values come back", async () => {
    const heard: Record<string, unknown>[] = [];
    await connect(transport, (app) => {
      app.command("/incident", async ({ ack, command, client }) => {
        heard.push({ ...command });
        await client.views.open({ trigger_id: command.trigger_id, view: form() });
        await ack();
      });
      app.view("form", async ({ ack, body, view }) => {
        heard.push({ user: body.user, values: view.state.values, metadata: view.private_metadata });
        const { title } = view.state.values;
        if (title?.["a"]?.value === "taken") {
          await ack({ response_action: "errors", errors: { title: "This title is taken." } });
        } else await ack();
      });
    });
    const opened = await sandbox.control.command({
      ...ana,
      text: "/incident declare <b> & @ben, @nobody in #open https://example.com",
    });
    expect(opened.status).toBe("acked");
    expect(heard[0]).toMatchObject({
      command: "/incident",
      text: "declare &lt;b&gt; &amp; <@U0BEN|ben>, @nobody in <#C0OPEN|open> <https://example.com>",
      user_id: "U0ANA",
      user_name: "ana",
      team_id: "T0TEAM",
      team_domain: "example",
      channel_id: "C0GENERAL",
      channel_name: "general",
    });
    const view = viewOf(opened);
    const prefilled = {
      title: null,
      note: "so far",
      severity: "low",
      layers: ["data"],
      who: "U0BEN",
      due: "2026-11-21",
      seen: "1763700000",
      choice: null,
    };
    expect(view.values).toEqual(prefilled);

    // Slack's own checks come first, and nothing is sent.
    const values = { title: "", severity: "medium", who: "U0NONE" };
    const checked = await sandbox.control.submit({ userId: "U0ANA", viewId: view.id, values });
    expect(checked.fieldErrors).toEqual({
      title: "Please complete this required field.",
      severity: "There is no such choice: medium.",
      who: "There is no such choice: U0NONE.",
    });
    const tooLong = { title: "x".repeat(21), who: null };
    const long = await sandbox.control.submit({
      userId: "U0ANA",
      viewId: view.id,
      values: tooLong,
    });
    expect(long.fieldErrors).toEqual({ title: "Please enter no more than 20 characters." });
    expect(heard).toHaveLength(1);

    const taken = { title: "taken", layers: ["model", "data"] };
    const refused = await sandbox.control.submit({
      userId: "U0ANA",
      viewId: view.id,
      values: taken,
    });
    expect(refused).toMatchObject({
      status: "acked",
      fieldErrors: { title: "This title is taken." },
      view: { id: view.id, hash: view.hash, values: { title: "taken", layers: ["model", "data"] } },
    });
    const title = { title: "Old rule" };
    const saved = await sandbox.control.submit({ userId: "U0ANA", viewId: view.id, values: title });
    expect(saved.view).toBeUndefined();
    expect(heard[2]).toEqual({
      user: { id: "U0ANA", username: "ana", name: "ana", team_id: "T0TEAM" },
      metadata: "m1",
      values: {
        title: { a: { type: "plain_text_input", value: "Old rule" } },
        note: { a: { type: "plain_text_input", value: "so far" } },
        severity: { a: { type: "static_select", selected_option: option("low") } },
        layers: { a: { type: "checkboxes", selected_options: [option("model"), option("data")] } },
        who: { a: { type: "users_select", selected_user: null } },
        due: { a: { type: "datepicker", selected_date: "2026-11-21" } },
        seen: { a: { type: "datetimepicker", selected_date_time: 1_763_700_000 } },
        choice: { a: { type: "radio_buttons", selected_option: null } },
      },
    });
    expect((await sandbox.control.wire()).blockKitFaults).toEqual([]);
  });

  test("buttons work in a message and in an ephemeral, which the answer can replace", async () => {
    const actions: Record<string, unknown>[] = [];
    const button = {
      type: "button" as const,
      text: plain("Answer"),
      action_id: "answer",
      value: "7",
    };
    const blocks = [{ type: "actions" as const, block_id: "row", elements: [button] }];
    await connect(transport, (app) => {
      app.command("/incident", async ({ ack }) => {
        await ack({ response_type: "ephemeral", text: "Which one?", blocks });
      });
      app.action("answer", async ({ ack, body, action, respond }) => {
        actions.push({ ...body, action });
        await respond({ text: "Noted.", replace_original: true });
        await ack();
      });
      app.event("app_mention", async () => {});
    });
    const asked = await sandbox.control.command({ ...ana, text: "/incident" });
    expect(asked.ephemerals).toMatchObject([{ text: "Which one?", onlyFor: "U0ANA" }]);
    const ts = asked.ephemerals[0]?.ts ?? "";
    const pressed = await sandbox.control.act({
      userId: "U0ANA",
      in: { channelId: "C0GENERAL", ts },
      actionId: "answer",
    });
    expect(pressed.status).toBe("acked");
    expect(actions[0]).toMatchObject({
      type: "block_actions",
      team: { id: "T0TEAM", domain: "example" },
      user: { id: "U0ANA", team_id: "T0TEAM" },
      container: { type: "message", message_ts: ts, channel_id: "C0GENERAL", is_ephemeral: true },
      channel: { id: "C0GENERAL", name: "general" },
      message: { ts, text: "Which one?" },
      action: { type: "button", action_id: "answer", block_id: "row", value: "7" },
    });
    expect((await sandbox.control.state()).ephemerals).toMatchObject([{ ts, text: "Noted." }]);
    await expect(
      sandbox.control.act({
        userId: "U0BEN",
        in: { channelId: "C0GENERAL", ts },
        actionId: "answer",
      }),
    ).rejects.toThrow("there is no message");
  });
});

test("views stack up to three, change by hash, keep what was put in, and close one by one", async () => {
  const errors: string[] = [];
  const say = async (call: Promise<unknown>) => {
    await call.catch((error: { data: { error: string } }) => errors.push(error.data.error));
  };
  const steps = form({
    notify_on_close: true,
    blocks: [
      ...form().blocks,
      {
        type: "actions",
        block_id: "steps",
        elements: ["push", "update"].map((id) => ({
          type: "button",
          action_id: id,
          text: plain(id),
        })),
      },
    ],
  });
  const closed: string[] = [];
  await connect("http", (app) => {
    app.command("/incident", async ({ ack, command, client }) => {
      const { trigger_id } = command;
      await client.views.open({ trigger_id, view: steps });
      await say(client.views.open({ trigger_id, view: steps }));
      await say(client.views.open({ trigger_id: "1.2.3", view: steps }));
      await ack();
    });
    app.action("push", async ({ ack, body, client }) => {
      await say(client.views.push({ trigger_id: (body as never)["trigger_id"], view: steps }));
      await ack();
    });
    app.action("update", async ({ ack, body, client }) => {
      const view = (body as unknown as { view: { id: string; hash: string } }).view;
      const changed = { ...steps, title: plain("Changed") };
      await client.views.update({ view_id: view.id, hash: view.hash, view: changed });
      await say(client.views.update({ view_id: view.id, hash: view.hash, view: changed }));
      await ack();
    });
    app.view({ callback_id: "form", type: "view_closed" }, async ({ ack, body }) => {
      closed.push(body.view.id);
      await ack();
    });
    app.view("form", async ({ ack, view }) => {
      const { title } = view.state.values;
      if (title?.["a"]?.value === "clear") await ack({ response_action: "clear" });
      else if (title?.["a"]?.value === "push") await ack({ response_action: "push", view: steps });
      else if (title?.["a"]?.value === "update") {
        await ack({ response_action: "update", view: { ...steps, title: plain("Next") } });
      } else if (title?.["a"]?.value === "wrong") {
        await ack({ response_action: "errors", errors: { steps: "Not an input." } });
      } else await ack();
    });
  });
  const { control } = sandbox;
  const userId = "U0ANA";
  const press = async (viewId: string, actionId: string) =>
    viewOf(await control.act({ userId, in: { viewId }, actionId }));
  const submit = (viewId: string, title: string) =>
    control.submit({ userId, viewId, values: { title } });

  const root = viewOf(await control.command({ ...ana, text: "/incident" }));
  expect(errors.splice(0)).toEqual(["exchanged_trigger_id", "invalid_trigger_id"]);
  const wrong = await submit(root.id, "wrong");
  expect(wrong).toMatchObject({ status: "failed", error: expect.stringContaining("trouble") });
  const updated = await press(root.id, "update");
  expect(updated).toMatchObject({
    id: root.id,
    title: plain("Changed"),
    values: { title: "wrong" },
  });
  expect(updated.hash).not.toBe(root.hash);
  expect(errors.splice(0)).toEqual(["hash_conflict"]);

  const second = await press(root.id, "push");
  const third = viewOf(await submit(second.id, "push"));
  expect((await press(third.id, "push")).id).toBe(third.id);
  expect(errors.splice(0)).toEqual(["push_limit_reached"]);
  expect(viewOf(await submit(third.id, "update"))).toMatchObject({
    id: third.id,
    title: plain("Next"),
  });
  expect(viewOf(await submit(third.id, "plain")).id).toBe(second.id);
  await control.closeView({ userId, viewId: second.id });
  expect(closed).toEqual([second.id]);
  expect((await control.openView({ userId }))?.id).toBe(root.id);
  await press(root.id, "push");
  const top = viewOf(await submit((await control.openView({ userId }))?.id ?? "", "push"));
  expect((await submit(top.id, "clear")).view).toBeUndefined();
  expect((await control.wire()).blockKitFaults).toEqual([
    {
      method: "view_submission ack",
      problems: ["/errors/steps: not an input block of this form"],
    },
  ]);
});

test("no answer in time leaves the form open, and a response_url works five times", async () => {
  await sandbox.close();
  sandbox = await startSandbox(seed, { answerWithinMs: 400 });
  const answers: unknown[] = [];
  await connect("http", (app) => {
    app.command("/incident", async ({ ack, command, client, respond }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: form() });
      for (let use = 0; use < 6; use += 1) {
        const said = respond({ text: `Answer ${use}`, response_type: "in_channel" });
        answers.push(
          await said.then(() => "ok").catch((error: { statusCode: number }) => error.statusCode),
        );
      }
      await ack();
    });
    app.view("form", async () => new Promise(() => {}));
    app.command("/other", async () => {
      throw new Error("out of order");
    });
  });
  const { control } = sandbox;
  const opened = viewOf(await control.command({ ...ana, text: "/incident" }));
  expect(answers).toEqual(["ok", "ok", "ok", "ok", "ok", 404]);
  const { messages } = await control.state();
  expect(messages.map(({ text }) => text)).toEqual([0, 1, 2, 3, 4].map((use) => `Answer ${use}`));
  const values = { title: "x" };
  const unanswered = await control.submit({ userId: "U0ANA", viewId: opened.id, values });
  expect(unanswered).toMatchObject({
    status: "timeout",
    error: "We had some trouble connecting. Try again?",
    view: { id: opened.id, values: { title: "x" } },
  });
  expect(unanswered.ms).toBeGreaterThanOrEqual(390);
  const unknown = await control.command({ ...ana, text: "/other" });
  expect(unknown).toMatchObject({
    status: "failed",
    error: "/other failed with the error “dispatch_failed”",
  });
  const foreign = await control.command({ ...ana, userId: "U0EVA", text: "/incident" });
  expect(foreign).toMatchObject({
    status: "failed",
    error: expect.stringContaining("not a valid"),
  });
  await bot?.stop();
  bot = undefined;
  expect(await control.command({ ...ana, text: "/incident" })).toMatchObject({ status: "failed" });
});

test("a trigger_id that came too late opens nothing", async () => {
  await sandbox.close();
  sandbox = await startSandbox(seed, { triggerLifeMs: 0 });
  await connect("http", (app) => {
    app.command("/incident", async ({ ack, command, client }) => {
      const opening = client.views.open({ trigger_id: command.trigger_id, view: form() });
      await ack(await opening.then(() => "opened").catch((error) => error.data.error));
    });
  });
  const typed = await sandbox.control.command({ ...ana, text: "/incident" });
  expect(typed.ephemerals).toMatchObject([{ text: "expired_trigger_id" }]);
  expect(typed.view).toBeUndefined();
});
