import { expect, vi } from "vitest";
import { buttonsOf, plain, textsOf } from "#sandbox/play/blocks.ts";
import type { Interaction, OpenView, SandboxControl, SandboxMessage } from "#sandbox/protocol.ts";
import type { TestBot } from "#test/support/bot.ts";

export type FormValues = Record<string, string | string[] | null>;

/** An incident as the people in Slack know it. */
export interface DeclaredIncident {
  number: number;
  channelId: string;
  channelName: string;
}

/** What people of S0 do in Slack, by their handle, one line each. A wrong form or no answer fails the test. */
export interface Desk {
  /** Slack user id of a handle; what is no handle is an id already. */
  id(handle: string): string;
  /** Types `/incident <text>`, in the general channel unless another is named. */
  type(handle: string, text: string, channelId?: string): Promise<Interaction>;
  /** Types it, and expects this form. */
  open(handle: string, text: string, channelId?: string): Promise<OpenView>;
  /** The form that this person has open, on top. */
  form(handle: string): Promise<OpenView | null>;
  /** Submits whatever form this person has open. */
  submit(handle: string, values: FormValues): Promise<Interaction>;
  /** Opens a form by its command and submits it; expects that it is taken. */
  record(handle: string, text: string, channelId: string, values: FormValues): Promise<Interaction>;
  /** Presses a button of a message; the first one of this action_id, or the one in this block. */
  press(
    handle: string,
    message: SandboxMessage,
    actionId: string,
    blockId?: string,
  ): Promise<Interaction>;
  /** Presses it, and returns what only this person is told. */
  pressAndHear(handle: string, message: SandboxMessage, actionId: string): Promise<string>;
  /** What only this person is told, of all that comes while `work` runs and right after it. */
  hears(handle: string, work: () => Promise<unknown>): Promise<string>;
  /** Chooses in a select of the form that this person has open, or presses a button in it. */
  actInForm(
    handle: string,
    actionId: string,
    choice?: { value?: string; blockId?: string },
  ): Promise<Interaction>;
  /** Everything that was to happen outside has happened, and its events have come back. */
  settle(): Promise<void>;
  declare(handle: string, values: FormValues & { title: string }): Promise<DeclaredIncident>;
  /** The bot's messages in a channel, as they read now. */
  messages(channelId: string): Promise<SandboxMessage[]>;
  /** The bot's direct messages to this person. */
  direct(handle: string): Promise<SandboxMessage[]>;
  /** The one message in the channel that has a block of this id. */
  message(channelId: string, blockId: string): Promise<SandboxMessage>;
  /** The pinned panel. */
  panel(channelId: string): Promise<SandboxMessage>;
}

/** How long somebody looks at the screen. */
const patience = { timeout: 10_000, interval: 20 };

/** The desk of this bot's world; of `bot` only the world, the control and how to settle are used. */
export function deskOf(bot: {
  control: SandboxControl;
  world: TestBot["world"];
  service?: { drain(): Promise<void> };
}): Desk {
  const { control, world } = bot;
  const desk: Desk = {
    id: (handle) => world.userIds.get(handle) ?? handle,

    type: (handle, text, channelId = world.generalChannelId) =>
      control.command({ userId: desk.id(handle), channelId, text: `/incident ${text}` }),

    async open(handle, text, channelId) {
      const interaction = await desk.type(handle, text, channelId);
      expect(said(interaction), `"${text}" was answered in words`).toBe("");
      if (!interaction.view) throw new Error(`"${text}" opened no form: ${interaction.error}`);
      return interaction.view;
    },

    form: (handle) => control.openView({ userId: desk.id(handle) }),

    async submit(handle, values) {
      const userId = desk.id(handle);
      const view = await desk.form(handle);
      if (!view) throw new Error(`${handle} has no form open`);
      return control.submit({ userId, viewId: view.id, values });
    },

    async record(handle, text, channelId, values) {
      await desk.open(handle, text, channelId);
      const interaction = await desk.submit(handle, values);
      expect(interaction, `"${text}" was not taken`).toMatchObject({ status: "acked" });
      expect(interaction.fieldErrors, `"${text}" was not taken`).toBeUndefined();
      return interaction;
    },

    press: (handle, message, actionId, blockId) =>
      control.act({
        userId: desk.id(handle),
        in: { channelId: message.channel, ts: message.ts },
        actionId,
        ...(blockId === undefined ? {} : { blockId }),
      }),

    pressAndHear: (handle, message, actionId) =>
      desk.hears(handle, () => desk.press(handle, message, actionId)),

    async hears(handle, work) {
      const own = async () =>
        (await control.state()).ephemerals.filter((one) => one.onlyFor === desk.id(handle));
      const before = (await own()).length;
      await work();
      // an answer to a button comes by a way of its own, after the button's
      await vi.waitUntil(async () => (await own()).length > before, patience);
      return (await own()).slice(before).map(shown).join("\n");
    },

    async actInForm(handle, actionId, choice = {}) {
      const userId = desk.id(handle);
      const view = await desk.form(handle);
      if (!view) throw new Error(`${handle} has no form open`);
      return control.act({ userId, in: { viewId: view.id }, actionId, ...choice });
    },

    async settle() {
      // an event can lead to an effect, and an effect to an event
      for (let round = 0; round < 2; round += 1) {
        await bot.service?.drain();
        await control.settled();
      }
      await bot.service?.drain();
    },

    async declare(handle, values) {
      const before = new Set((await control.state()).channels.map((channel) => channel.id));
      await desk.record(handle, "declare", world.generalChannelId, { severity: "SEV3", ...values });
      await desk.settle();
      const isNew = async () =>
        (await control.state()).channels.filter(
          (channel) => channel.name.startsWith("inc-") && !before.has(channel.id),
        );
      const opened = await vi.waitUntil(async () => (await isNew())[0], patience);
      const { id: channelId, name: channelName } = opened;
      return { number: Number(channelName.split("-")[1]), channelId, channelName };
    },

    async messages(channelId) {
      const { messages } = await control.state();
      const botId = world.seed.bot.userId;
      return messages.filter(
        (one) => one.channel === channelId && one.user === botId && one.metadata,
      );
    },

    async direct(handle) {
      const { channels } = await control.state();
      const own = channels.find(
        (channel) => channel.isDirect && channel.memberIds.includes(desk.id(handle)),
      );
      return own ? desk.messages(own.id) : [];
    },

    async message(channelId, blockId) {
      const found = (await desk.messages(channelId)).filter(({ blocks }) =>
        blocks.some((block) => block.block_id === blockId),
      );
      expect(found, `messages with the block ${blockId}`).toHaveLength(1);
      return found[0]!;
    },

    async panel(channelId) {
      const { channels } = await control.state();
      const pinned = channels.find((channel) => channel.id === channelId)?.pinnedTs ?? [];
      const found = (await desk.messages(channelId)).filter(({ ts }) => pinned.includes(ts));
      expect(found, "pinned messages").toHaveLength(1);
      return found[0]!;
    },
  };
  return desk;
}

/** What a person is told besides forms: ephemerals, or a receipt in place of the form. Empty: nothing. */
export function said({ ephemerals, view }: Interaction): string {
  const receipt = view?.callback_id === "receipt" ? [shown(view)] : [];
  return [...ephemerals.map(shown), ...receipt].join("\n");
}

/** Every word that blocks show, as a person reads them; the text where there are none. */
export function shown({ blocks, text = "" }: { blocks: unknown; text?: unknown }): string {
  const texts = textsOf(blocks).map(plain);
  return texts.length > 0 ? texts.join("\n") : plain(String(text));
}

/** Labels of the buttons of a message or form. */
export function labelsOf({ blocks }: { blocks: unknown }): string[] {
  return buttonsOf(blocks as SandboxMessage["blocks"]).map(({ label }) => label);
}

/** Fails where the bot said something twice: no two messages of one channel read the same or came of one effect. */
export function expectNothingDoubled(messages: readonly SandboxMessage[], botUserId: string): void {
  const ofBot = messages.filter((one) => one.user === botUserId && one.metadata);
  const texts = ofBot.map((one) => `${one.channel} ${one.text}`);
  expect(texts.filter((one, index) => texts.indexOf(one) !== index)).toEqual([]);
  const effects = ofBot.map((one) => JSON.stringify(one.metadata));
  expect(effects.filter((one, index) => effects.indexOf(one) !== index)).toEqual([]);
}
