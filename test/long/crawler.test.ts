// Goal: nobody ever presses something and hears nothing, or reads an apology: whoever they are, wherever they
// press. Method: a rich incident, one that is closed, one reopened, one cancelled and a drill; then five
// people press every control of every message, form and Home that they see, submit every form empty,
// filled in and with what hurts, type every subcommand, and use every shortcut. What is new in the app is
// found by itself.

import { expect, test } from "vitest";
import { subcommands } from "#commands/index.ts";
import { readManifest } from "#sandbox/play/world.ts";
import { createLog } from "#src/lib/log.ts";
import { actions } from "#src/slack/actions.ts";
import { submissions } from "#src/slack/submissions.ts";
import { testBot } from "#test/support/bot.ts";
import { Crawler } from "#test/e2e/crawler.ts";
import type { Choices } from "#test/e2e/crawler-form.ts";
import {
  bystander,
  closeUndetermined,
  fillerOf,
  guest,
  letHoursPass,
  type RichIncident,
  richIncident,
  withOnlookers,
} from "#test/e2e/crawler-world.ts";
import { type DeclaredIncident, deskOf } from "#test/e2e/desk.ts";

/** What the bot's log holds of errors, and of what could not be shown. */
const logged: string[] = [];
const log = createLog("warn", {
  write(line) {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    // a form that its reader has closed, or chosen in once more, is not there to be drawn anew
    const isClosed = /views\.update: (?:not_found|hash_conflict)/.test(line);
    if (level >= 50 || (msg === "something to show was not shown" && !isClosed)) logged.push(line);
  },
});
const bot = await testBot("http", { changeWorld: withOnlookers, log });
const { control, world, database } = bot;
const desk = deskOf(bot);
let now = new Date();
const choices = (): Choices => ({
  people: ["authorizer_business", "approver", "owner_model", "declarer"].map(desk.id),
  channelId: world.generalChannelId,
  now: Math.floor(now.getTime() / 1_000),
});
const fill = fillerOf(bot, desk, choices);
const { ts: saidElsewhere } = await control.say({
  userId: desk.id("declarer"),
  channelId: world.generalChannelId,
  text: "Said where no incident is",
});

// first those who change least, so that the others' presses take nothing away from them
const crew = [[guest, bystander], ["authorizer_business", "owner_model"], ["declarer"]];

test(
  "every control of every surface answers each of five people, without an apology",
  { timeout: 120_000 },
  async () => {
    const rich = await richIncident(bot, desk, fill);
    const others = await otherIncidents();
    await desk.type("declarer", `link ${others["closed"]?.number}`, rich.channelId);
    await desk.settle();
    now = await letHoursPass(bot, desk, 3);
    const crawler = new Crawler(bot, desk, choices, "declarer");
    for (const group of crew) {
      await Promise.all(group.map((who) => seeEverything(crawler, who, rich, others)));
    }
    await crawler.finish();
    await desk.settle();

    const forms = submissions.map(({ callbackId }) => callbackId);
    const notTaken = forms.filter((id) => !crawler.taken.has(id));
    console.log(
      "pressed",
      crawler.counts,
      "forms that were refused whatever stood in them",
      notTaken,
    );
    const { blockKitFaults } = await control.wire();
    expect({
      faults: crawler.faults,
      deadEffects: await deadEffects(),
      logged,
      blockKitFaults,
    }).toEqual({ faults: [], deadEffects: [], logged: [], blockKitFaults: [] });
    // what is listened to is found somewhere, and every form can be filled in
    const buttons = actions
      .map(({ actionId }) => actionId)
      // offered for a long timeline alone: limits.test.ts presses it
      .filter((id) => id !== "check-timeline");
    expect({
      neverPressed: buttons.filter((id) => !crawler.pressed.has(id)),
      neverSubmitted: forms.filter((id) => !crawler.submitted.has(id)),
    }).toEqual({ neverPressed: [], neverSubmitted: [] });
  },
);

test("a button to which nothing listens is found", async () => {
  await plant(world.announceChannelId, { action_id: "observe-recovery", value: "1" });
  const crawler = new Crawler(bot, desk, choices, "declarer");
  await crawler.messages("approver", "announcements", world.announceChannelId);
  expect(crawler.faults).toEqual([
    expect.stringMatching(/^approver, announcements: .*observe-recovery: .*older version/),
  ]);
});

/** What one person sees in all channels, in direct messages and in Home, and all that they can type and use. */
async function seeEverything(
  crawler: Crawler,
  who: string,
  rich: RichIncident,
  others: Record<string, DeclaredIncident>,
): Promise<void> {
  for (const [label, { channelId }] of Object.entries({ open: rich, ...others })) {
    await crawler.messages(who, label, channelId);
  }
  await crawler.directMessages(who);
  await crawler.home(who);
  await typeEverything(crawler, who, rich.channelId);
  await useShortcuts(crawler, who, rich);
  // what came of all that, in ephemerals and new messages
  await crawler.messages(who, "open", rich.channelId);
  await crawler.messages(who, "general", world.generalChannelId);
  await crawler.messages(who, "announcements", world.announceChannelId);
}

/** One that is closed, one reopened, one cancelled, and a drill. */
async function otherIncidents(): Promise<Record<string, DeclaredIncident>> {
  // more than one page of those that are open
  for (let count = 0; count < 9; count += 1) {
    const values = { title: `One of many ${count}`, severity: "SEV4" };
    await desk.record("declarer", "declare", world.generalChannelId, values);
  }
  await desk.settle();
  const closed = await desk.declare("declarer", { title: "Closed" });
  await closeUndetermined(desk, fill, closed);
  const reopened = await desk.declare("declarer", { title: "Closed and reopened" });
  await closeUndetermined(desk, fill, reopened);
  await desk.open("declarer", "reopen", reopened.channelId);
  await fill("declarer", {});
  const cancelled = await desk.declare("declarer", { title: "Declared by mistake" });
  await desk.open("declarer", "cancel", cancelled.channelId);
  await fill("declarer", {});
  await desk.settle();
  await desk.type("declarer", "declare --drill A drill");
  const before = new Set((await control.state()).channels.map(({ id }) => id));
  await fill("declarer", {});
  await desk.settle();
  const { channels } = await control.state();
  const drill = channels.find(({ id, isDirect }) => !before.has(id) && !isDirect)!;
  const drilled = { number: 0, channelId: drill.id, channelName: drill.name };
  return { closed, reopened, cancelled, drill: drilled };
}

/**
 * Every subcommand: in the channel, elsewhere and in a direct message. What is typed after it is read the
 * same way of whomever, so one person types words that R12 refuses, and nonsense.
 */
async function typeEverything(crawler: Crawler, who: string, channelId: string): Promise<void> {
  const { channels } = await control.state();
  const direct = channels.find(
    ({ isDirect, memberIds }) => isDirect && memberIds.includes(desk.id(who)),
  );
  const general = world.generalChannelId;
  for (const { subcommand } of subcommands) {
    // one cannot type in a channel without being in it
    if (who !== bystander) await crawler.command(who, "the channel", channelId, subcommand);
    await crawler.command(who, "general", general, subcommand);
    if (who !== "declarer") continue;
    for (const text of ["The model hallucinated the rule", '<!here> %$#  "`']) {
      await crawler.command(who, "the channel", channelId, `${subcommand} ${text}`);
      await crawler.command(who, "general", general, `${subcommand} ${text}`);
    }
    if (direct) await crawler.command(who, "a direct message", direct.id, subcommand);
  }
  await crawler.command(who, "general", general, "");
  await crawler.command(who, "general", general, "nonsense <!here>");
}

/** The shortcuts of the search bar, and those of a message's menu on messages of everybody who writes. */
async function useShortcuts(crawler: Crawler, who: string, rich: RichIncident): Promise<void> {
  const { shortcuts = [] } = await readManifest();
  const { channelId, said } = rich;
  const targets = { ...said, "a message of ours": (await desk.panel(channelId)).ts };
  const elsewhere = world.generalChannelId;
  for (const { callbackId, type } of shortcuts) {
    if (type === "global") await crawler.shortcut(who, callbackId);
    else {
      for (const [label, ts] of Object.entries(targets)) {
        await crawler.shortcut(who, callbackId, { label, channelId, ts });
      }
      const on = { label: "a message elsewhere", channelId: elsewhere, ts: saidElsewhere };
      await crawler.shortcut(who, callbackId, on);
    }
  }
}

/** A message of the bot's with one button in it, as a later version might have left it. */
async function plant(channel: string, button: object): Promise<void> {
  const { ok } = (await fetch(`${bot.addresses.slackApiUrl}chat.postMessage`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${world.seed.bot.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      channel,
      text: "Planted",
      blocks: [
        {
          type: "actions",
          block_id: "planted",
          elements: [{ type: "button", text: { type: "plain_text", text: "Press" }, ...button }],
        },
      ],
    }),
  }).then((response) => response.json())) as { ok: boolean };
  expect(ok).toBe(true);
}

async function deadEffects(): Promise<unknown[]> {
  return database.db
    .selectFrom("effect")
    .select(["name", "payload", "lastError"])
    .where("state", "=", "dead")
    .execute();
}
