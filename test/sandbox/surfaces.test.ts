// Goal: shortcuts, the Home tab, lists that the app fills, and every kind of control reach a bot as Slack
// sends them, and what the bot answers comes back as Slack shows it.
// Method: a small Bolt app as the bot; the shortcuts over both transports, the rest over signed HTTP.
import type { BlockAction } from "@slack/bolt";
import type { HomeView, ModalView } from "@slack/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf, errorOf, refusalOf } from "./api-client.ts";
import { startHttpBot, startSocketBot } from "./bot.ts";
import { busySeed } from "./seed.ts";

let sandbox: Sandbox;
let bot: { stop(): Promise<unknown> } | undefined;
beforeEach(async () => {
  sandbox = await startSandbox(busySeed, { answerWithinMs: 400 });
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await sandbox.close();
});

type Listeners = Parameters<typeof startHttpBot>[1];
async function connect(listen: Listeners, transport: "http" | "socket" = "http"): Promise<void> {
  if (transport === "socket") {
    bot = await startSocketBot(sandbox.addresses, listen);
    return sandbox.control.connectBot({ requestUrl: null });
  }
  const http = await startHttpBot(sandbox.addresses, listen);
  bot = http;
  await sandbox.control.connectBot({ requestUrl: http.requestUrl });
}

const plain = (text: string) => ({ type: "plain_text" as const, text });
const option = (value: string) => ({ text: plain(value), value });
const channelId = "C0INC";
const userId = "U0ANA";

function form(blocks: ModalView["blocks"]): ModalView {
  return {
    type: "modal",
    callback_id: "form",
    title: plain("Form"),
    submit: plain("Save"),
    blocks,
  };
}

test.each(["http", "socket"] as const)(
  "a shortcut opens a form, a message's knows its message and is answered, over %s",
  async (transport) => {
    const payloads: Record<string, unknown>[] = [];
    await connect((app) => {
      app.shortcut(/.*/, async ({ ack, shortcut, client, respond }) => {
        payloads.push({ ...shortcut });
        const view = form([{ type: "divider" }]);
        await client.views.open({ trigger_id: shortcut.trigger_id, view });
        if (shortcut.type === "message_action") await respond({ text: "Noted." });
        await ack();
      });
    }, transport);
    const { control } = sandbox;
    const files = [{ name: "a.txt", mimetype: "text/plain", content: "a" }];
    const { ts } = await control.say({ userId: "U0APP", channelId, text: "Alert", files });
    const on = { channelId, ts };
    const used = await control.shortcut({ userId, callbackId: "declare_from_message", in: on });
    expect(used).toMatchObject({ status: "acked", view: { callback_id: "form" } });
    const global = await control.shortcut({ userId, callbackId: "declare" });
    expect(global).toMatchObject({ status: "acked", view: { callback_id: "form" } });
    const who = { team: { id: "T0TEAM" }, user: { id: userId, team_id: "T0TEAM" } };
    expect(payloads).toMatchObject([
      {
        ...who,
        type: "message_action",
        callback_id: "declare_from_message",
        message_ts: ts,
        channel: { id: channelId, name: "inc-1" },
        message: {
          type: "message",
          ts,
          text: "Alert",
          bot_id: "B0APP",
          files: [{ name: "a.txt" }],
        },
        response_url: expect.stringContaining("/respond/"),
      },
      { ...who, type: "shortcut", callback_id: "declare" },
    ]);
    expect(payloads[1]).not.toHaveProperty("response_url");
    expect(payloads[1]).not.toHaveProperty("channel");
    const { ephemerals } = await control.state();
    expect(ephemerals).toMatchObject([{ text: "Noted.", onlyFor: userId, channel: channelId }]);
    const hidden = { channelId, ts: ephemerals[0]?.ts ?? "" };
    await expect(control.shortcut({ userId, callbackId: "x", in: hidden })).rejects.toThrow(
      "an ephemeral has no shortcuts",
    );
  },
);

test("only the manifest's shortcuts are there, and for people of the workspace alone", async () => {
  await sandbox.close();
  const shortcuts = [{ callbackId: "note", type: "message" as const }];
  sandbox = await startSandbox({ ...busySeed, bot: { ...busySeed.bot, shortcuts } });
  const { control } = sandbox;
  await expect(control.shortcut({ userId, callbackId: "note" })).rejects.toThrow(
    'no global shortcut "note"',
  );
  const general = "C0GENERAL";
  const { ts } = await control.say({ userId, channelId: general, text: "x" });
  const on = { channelId: general, ts };
  await expect(control.shortcut({ userId: "U0EVA", callbackId: "note", in: on })).rejects.toThrow(
    "another workspace",
  );
  expect(await control.shortcut({ userId, callbackId: "note", in: on })).toMatchObject({
    status: "failed",
    error: "We had some trouble connecting. Try again?",
  });
});

test("each person has their own Home, whose buttons open forms and have no response_url", async () => {
  const home = (label: string): HomeView => ({
    type: "home",
    callback_id: "home",
    blocks: [
      {
        type: "actions",
        block_id: "row",
        elements: [
          { type: "button", action_id: "declare", text: plain(label), value: "1" },
          { type: "static_select", action_id: "filter", options: [option("all"), option("mine")] },
        ],
      },
    ],
  });
  const payloads: Record<string, unknown>[] = [];
  await connect((app) => {
    app.event("app_home_opened", async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: home("Declare") });
    });
    app.action(/.*/, async ({ ack, body, client }) => {
      payloads.push({ ...body });
      const { trigger_id } = body as unknown as { trigger_id: string };
      await client.views.open({ trigger_id, view: form([{ type: "divider" }]) });
      await ack();
    });
  });
  const { control } = sandbox;
  const client = clientOf(sandbox);
  const own = { homeOf: userId };
  expect(await control.home({ userId })).toBeNull();
  await expect(control.act({ userId, in: own, actionId: "declare" })).rejects.toThrow("no Home");
  await control.openHome({ userId });
  await control.settled();
  expect(await control.home({ userId })).toMatchObject({
    callback_id: "home",
    values: { row: null },
  });
  await control.act({ userId, in: own, actionId: "filter", value: "mine" });
  const pressed = await control.act({ userId, in: own, actionId: "declare" });
  expect(pressed).toMatchObject({ status: "acked", view: { callback_id: "form" } });
  const before = await control.home({ userId });
  expect(before?.values).toEqual({ row: "mine" });
  expect(payloads[1]).toMatchObject({
    type: "block_actions",
    container: { type: "view", view_id: before?.id },
    view: { type: "home", callback_id: "home" },
    actions: [{ type: "button", action_id: "declare", block_id: "row", value: "1" }],
  });
  expect(payloads[1]).not.toHaveProperty("response_url");
  expect(payloads[1]).not.toHaveProperty("channel");
  await expect(control.act({ userId: "U0BEN", in: own, actionId: "declare" })).rejects.toThrow(
    "cannot see the Home",
  );

  const again = await client.views.publish({ user_id: userId, view: home("Declare it") });
  expect(again.view).toMatchObject({ id: before?.id, type: "home" });
  expect(again.view?.hash).not.toBe(before?.hash);
  // What was chosen stays where the control stays.
  expect((await control.home({ userId }))?.values).toEqual({ row: "mine" });
  const hash = before?.hash ?? "";
  expect(await errorOf(client.views.publish({ user_id: userId, view: home("x"), hash }))).toBe(
    "hash_conflict",
  );
  expect(await errorOf(client.views.publish({ user_id: "U0EVA", view: home("x") }))).toBe(
    "user_not_found",
  );
  const long: HomeView = {
    type: "home",
    blocks: Array.from({ length: 101 }, () => ({ type: "divider" as const })),
  };
  expect(await refusalOf(client.views.publish({ user_id: userId, view: long }))).toMatchObject({
    error: "invalid_arguments",
    response_metadata: { messages: ["[ERROR] more than 100 items [json-pointer:/blocks]"] },
  });
  const { homes } = await control.state();
  expect(homes).toMatchObject([{ userId, view: { id: before?.id } }]);
});

test("a list that the app fills offers what it answered, and only that can be chosen", async () => {
  const select = { type: "external_select" as const, action_id: "a", min_query_length: 2 };
  const queries: unknown[] = [];
  const submitted: unknown[] = [];
  await connect((app) => {
    app.command("/incident", async ({ ack, command, client }) => {
      const field = {
        type: "input" as const,
        block_id: "which",
        label: plain("Which"),
        element: select,
      };
      await client.views.open({ trigger_id: command.trigger_id, view: form([field]) });
      await ack();
    });
    app.options("a", async ({ ack, payload, body }) => {
      queries.push([payload.value, body.type, body.view?.callback_id]);
      if (payload.value === "slow") return;
      if (payload.value === "wrong") await ack({ options: [option("a"), option("a")] });
      else if (payload.value === "none") await ack({ options: [] });
      else await ack({ option_groups: [{ label: plain("Open"), options: [option("INC-1")] }] });
    });
    app.view("form", async ({ ack, view }) => {
      submitted.push(view.state.values["which"]?.["a"]);
      await ack();
    });
  });
  const { control } = sandbox;
  const { view } = await control.command({ userId, channelId, text: "/incident" });
  const field = { userId, viewId: view?.id ?? "", blockId: "which", actionId: "a" };
  const ask = (query: string) => control.options({ ...field, query });
  await expect(ask("x")).rejects.toThrow("from 2 characters on");
  const values = { which: "INC-1" };
  expect((await control.submit({ ...field, values })).fieldErrors).toEqual({
    which: "There is no such choice: INC-1.",
  });
  expect(await ask("none")).toMatchObject({ status: "acked", options: [] });
  expect(await ask("slow")).toMatchObject({ status: "timeout", options: [] });
  expect(await ask("wrong")).toMatchObject({ status: "failed", options: [] });
  expect(await ask("inc")).toMatchObject({
    status: "acked",
    options: [{ value: "INC-1", text: "INC-1", group: "Open" }],
  });
  expect(queries.at(-1)).toEqual(["inc", "block_suggestion", "form"]);
  await control.submit({ ...field, values });
  expect(submitted).toEqual([{ type: "external_select", selected_option: option("INC-1") }]);
  expect((await control.wire()).blockKitFaults).toEqual([
    { method: "block_suggestion ack", problems: ["/options: a value is used twice"] },
  ]);
});

test("a file in a form reaches the bot as Slack's file object, and is downloaded with its token alone", async () => {
  const submitted: Record<string, unknown>[] = [];
  await connect((app) => {
    app.command("/incident", async ({ ack, command, client }) => {
      const element = { type: "file_input" as const, action_id: "a", max_files: 1 };
      const field = { type: "input" as const, block_id: "file", label: plain("File"), element };
      await client.views.open({ trigger_id: command.trigger_id, view: form([field]) });
      await ack();
    });
    app.view("form", async ({ ack, view }) => {
      submitted.push({ ...view.state.values["file"]?.["a"] });
      await ack();
    });
  });
  const { control } = sandbox;
  const { view } = await control.command({ userId, channelId, text: "/incident" });
  const at = { userId, viewId: view?.id ?? "" };
  const send = (...ids: string[]) => control.submit({ ...at, values: { file: ids } });
  expect((await send()).fieldErrors).toEqual({ file: "Please complete this required field." });
  expect((await send("F0NONE")).fieldErrors).toEqual({ file: "There is no such choice: F0NONE." });
  const file = { name: "a,b.csv", mimetype: "text/csv", content: "group,n,fails\né,1,1\n" };
  const ids = [await control.upload({ userId, file }), await control.upload({ userId, file })];
  const [first, second] = ids.map(({ fileId }) => fileId);
  expect((await send(first!, second!)).fieldErrors).toEqual({
    file: "Please choose no more than 1.",
  });
  expect((await send(first!)).status).toBe("acked");
  const [given] = submitted as { type: string; files: { url_private: string }[] }[];
  expect(given).toMatchObject({
    type: "file_input",
    files: [{ id: first, name: "a,b.csv", user: userId, size: 21, filetype: "csv" }],
  });
  const download = (token: string) =>
    fetch(given!.files[0]!.url_private, { headers: { authorization: `Bearer ${token}` } });
  const answer = await download(busySeed.bot.token);
  expect([answer.headers.get("content-type"), await answer.text()]).toEqual([
    "text/csv",
    file.content,
  ]);
  const signIn = await download("xoxb-other");
  expect(signIn.headers.get("content-type")).toMatch(/^text\/html/);
  expect(await signIn.text()).not.toContain("fails");
  expect((await control.wire()).calls.at(-1)).toMatchObject({ method: "file download" });
});

test("menus, dates, times and boxes of a message say what was chosen, and refuse what Slack does not offer", async () => {
  const actions: Record<string, unknown>[] = [];
  await connect((app) => {
    app.action(/.*/, async ({ ack, action }) => {
      actions.push({ ...action });
      await ack();
    });
  });
  const { ts = "" } = await clientOf(sandbox).chat.postMessage({
    channel: channelId,
    text: "Choose",
    blocks: [
      {
        type: "actions",
        block_id: "row",
        elements: [
          { type: "overflow", action_id: "menu", options: [option("edit"), option("move")] },
          { type: "datepicker", action_id: "day" },
          { type: "timepicker", action_id: "time" },
          { type: "datetimepicker", action_id: "at" },
          { type: "checkboxes", action_id: "layers", options: [option("data"), option("model")] },
          { type: "multi_users_select", action_id: "people" },
        ] as never,
      },
    ],
  });
  const choose = (actionId: string, value: string | string[]) =>
    sandbox.control.act({ userId, in: { channelId, ts }, actionId, value });
  await choose("menu", "move");
  await choose("day", "2026-11-21");
  await choose("time", "09:30");
  await choose("at", "1795253400");
  await choose("layers", ["data", "model"]);
  await choose("people", ["U0BEN"]);
  expect(actions).toMatchObject([
    { type: "overflow", action_id: "menu", selected_option: { value: "move" } },
    { type: "datepicker", selected_date: "2026-11-21" },
    { type: "timepicker", selected_time: "09:30" },
    { type: "datetimepicker", selected_date_time: 1_795_253_400 },
    { type: "checkboxes", selected_options: [{ value: "data" }, { value: "model" }] },
    { type: "multi_users_select", selected_users: ["U0BEN"] },
  ]);
  await expect(choose("menu", "away")).rejects.toThrow("no such choice");
  await expect(choose("day", "tomorrow")).rejects.toThrow("choose a date");
  await expect(choose("people", ["U0NONE"])).rejects.toThrow("no such choice");
  expect(actions).toHaveLength(6);
});

test("what else is filled in in a message goes along with a press, as far as it is still there", async () => {
  const states: unknown[] = [];
  await connect((app) => {
    app.action<BlockAction>("send", async ({ ack, body }) => {
      states.push(body.state?.values);
      await ack();
    });
  });
  const select = { type: "static_select", action_id: "pick", options: [option("a"), option("b")] };
  const { ts = "" } = await clientOf(sandbox).chat.postMessage({
    channel: channelId,
    text: "Choose",
    blocks: [
      { type: "actions", block_id: "first", elements: [select] as never },
      { type: "actions", block_id: "second", elements: [select] as never },
      {
        type: "actions",
        block_id: "row",
        elements: [{ type: "button", action_id: "send", text: plain("Send") }],
      },
    ],
  });
  const values = { first: "b", second: "c", third: "a" };
  await sandbox.control.act({ userId, in: { channelId, ts }, actionId: "send", values });
  expect(states).toMatchObject([
    {
      first: { pick: { selected_option: { value: "b" } } },
      second: { pick: { selected_option: null } },
    },
  ]);
});
