import { plain, textsOf } from "#sandbox/play/blocks.ts";
import type { Interaction, OpenView, SandboxMessage } from "#sandbox/protocol.ts";
import type { TestBot } from "#test/support/bot.ts";
import { type Choices, type Control, controlsOf, emptied, fillPlausibly } from "./crawler-form.ts";
import type { Desk } from "./desk.ts";

/** One thing that a person does, by which something opens. Done again, it opens again. */
type Step = () => Promise<Interaction>;

/** Where somebody is: who, and on which kind of surface; a control of the same name is pressed once there. */
interface Place {
  who: string;
  surface: string;
}

/** Forms after which the incident is over: they are filled in last, when everything else was tried. */
const endings = new Set(["close-incident", "cancel-incident", "remove-drill", "reopen-incident"]);

/** What nobody may ever read: the sentences for a bug, for a control that leads nowhere, for a form that was not opened. */
const apologies =
  /went wrong on our side|reference [0-9a-f]{8}|older version|did not open the form/;

/** How long somebody looks for what came of a press, and how often. */
const patienceMs = 2_000;
const lookMs = 10;

/** Slack's own limit of forms on top of each other. */
const deepest = 3;

/**
 * Somebody who presses everything there is, in messages, ephemerals, forms and Home, and tells what was
 * not answered. Each control is pressed once by each person on each kind of surface.
 */
export class Crawler {
  /** A sentence for each press that was not answered as it should be. */
  readonly faults: string[] = [];
  /** How many presses, choices, submissions, commands and shortcuts there were. */
  readonly counts: Record<string, number> = {};
  /** action_ids of what was pressed, and callback_ids of the forms that were submitted. */
  readonly pressed = new Set<string>();
  readonly submitted = new Set<string>();
  /** callback_ids of the forms that were taken at least once. */
  readonly taken = new Set<string>();

  readonly #bot: TestBot;
  readonly #desk: Desk;
  readonly #choices: () => Choices;
  readonly #hostile: string;
  readonly #done = new Set<string>();
  readonly #last: (() => Promise<void>)[] = [];
  /** How many ephemerals each person has had. */
  readonly #heard = new Map<string, number>();

  /** `hostile`: who types what hurts into every form, somebody who may do a lot. */
  constructor(bot: TestBot, desk: Desk, choices: () => Choices, hostile: string) {
    this.#hostile = hostile;
    this.#bot = bot;
    this.#desk = desk;
    this.#choices = choices;
  }

  /** Presses every control of every message of the bot's that this person sees in this channel, until there is none left. */
  async messages(who: string, label: string, channelId: string): Promise<void> {
    const userId = this.#desk.id(who);
    const botId = this.#bot.world.seed.bot.userId;
    await this.#everyControl({ who, surface: label }, async () => {
      const { messages, ephemerals } = await this.#bot.control.state();
      return [
        ...messages.filter((one) => one.channel === channelId && one.user === botId),
        ...ephemerals.filter((one) => one.channel === channelId && one.onlyFor === userId),
      ];
    });
  }

  /** Presses every control of the bot's direct messages to this person. */
  async directMessages(who: string): Promise<void> {
    const { channels } = await this.#bot.control.state();
    const userId = this.#desk.id(who);
    for (const { id, isDirect, memberIds } of channels) {
      if (isDirect && memberIds.includes(userId)) await this.messages(who, "direct", id);
    }
  }

  /** Opens Home and presses every control of it. */
  async home(who: string): Promise<void> {
    const { control } = this.#bot;
    const userId = this.#desk.id(who);
    await control.openHome({ userId });
    await this.#desk.settle();
    const home = await control.home({ userId });
    if (!home) {
      this.faults.push(`${who} opened Home and saw nothing`);
      return;
    }
    const place = { who, surface: "home" };
    for (const one of controlsOf(home.blocks, this.#choices())) {
      if (!this.#isNew(place, one)) continue;
      await this.#follow(place, one, () =>
        control.act({ userId, in: { homeOf: userId }, ...asInput(one) }),
      );
    }
  }

  /** Types `/incident <text>` there, and goes through the form that opens. */
  async command(who: string, label: string, channelId: string, text: string): Promise<void> {
    const place = { who, surface: `"/incident ${text}" in ${label}` };
    await this.#root(place, "commands", () => this.#desk.type(who, text, channelId));
  }

  /** Uses a shortcut, of the search bar or of a message's menu. */
  async shortcut(
    who: string,
    callbackId: string,
    on?: { label: string; channelId: string; ts: string },
  ): Promise<void> {
    const surface = `shortcut ${callbackId} on ${on?.label ?? "nothing"}`;
    const userId = this.#desk.id(who);
    const target = on ? { in: { channelId: on.channelId, ts: on.ts } } : {};
    await this.#root({ who, surface }, "shortcuts", () =>
      this.#bot.control.shortcut({ userId, callbackId, ...target }),
    );
  }

  /** Fills in the forms that end an incident, which were left for the end. */
  async finish(): Promise<void> {
    for (const work of this.#last.splice(0)) await work();
  }

  async #everyControl(place: Place, look: () => Promise<SandboxMessage[]>): Promise<void> {
    const { control } = this.#bot;
    const userId = this.#desk.id(place.who);
    for (let found = true; found;) {
      found = false;
      for (const { channel: channelId, ts, blocks } of await look()) {
        for (const one of controlsOf(blocks, this.#choices())) {
          if (!this.#isNew(place, one)) continue;
          found = true;
          await this.#follow(place, one, () =>
            control.act({ userId, in: { channelId, ts }, ...asInput(one) }),
          );
        }
      }
    }
  }

  async #follow(place: Place, one: Control, step: Step): Promise<void> {
    await this.#root(
      { ...place, surface: `${place.surface}: ${nameOf(one)}` },
      "presses",
      step,
      one,
    );
  }

  /** Does one thing with no form open, and goes through what opens. */
  async #root(place: Place, kind: string, step: Step, one?: Control): Promise<void> {
    await this.#closeAll(place.who);
    const view = await this.#judged(place, kind, step, one);
    if (view) await this.#form(place.who, view, [step]);
  }

  /** Goes through one form: every control of it, then empty, filled in, and filled with what hurts. */
  async #form(who: string, first: OpenView, path: readonly Step[]): Promise<void> {
    const place = { who, surface: first.callback_id ?? "" };
    if (place.surface === "receipt") return;
    await this.#controls(place, path);
    const name = `${who} form ${place.surface} ${first.title.text}`;
    if (!first.submit || this.#done.has(name)) return;
    this.#done.add(name);
    await this.#submit(place, path, "empty");
    const rest = async () => {
      await this.#submit(place, path, "plausible");
      if (who === this.#hostile) await this.#submit(place, path, "hostile");
    };
    if (endings.has(place.surface)) this.#last.push(rest);
    else await rest();
  }

  /** Presses every control of the open form that was not pressed yet; what redraws the form comes last. */
  async #controls(place: Place, path: readonly Step[]): Promise<void> {
    const { who, surface } = place;
    for (;;) {
      const view = await this.#reopen(who, surface, path);
      const all = view ? controlsOf(view.blocks, this.#choices()) : [];
      const one = all
        .toSorted((a, b) => Number(a.isStateful) - Number(b.isStateful))
        .find((each) => this.#isNew(place, each));
      if (!view || !one) break;
      const userId = this.#desk.id(who);
      const step: Step = async () => {
        const top = await this.#desk.form(who);
        if (!top) throw new Error("there is no form to press in");
        return this.#bot.control.act({ userId, in: { viewId: top.id }, ...asInput(one) });
      };
      const where = { who, surface: `${surface}: ${nameOf(one)}` };
      const next = await this.#judged(where, "presses", step, one);
      const isAnother = next && next.callback_id !== surface;
      if (isAnother && path.length < deepest) await this.#form(who, next, [...path, step]);
    }
  }

  /** The same, where the form is still open after it was submitted. */
  async #controlsLeft(place: Place, path: readonly Step[]): Promise<void> {
    const top = await this.#desk.form(place.who);
    if (top?.callback_id === place.surface) await this.#controls(place, path);
  }

  /** Submits the form; what is refused at a field is tried again with the next thing one would try there. */
  async #submit(
    place: Place,
    path: readonly Step[],
    manner: "empty" | "plausible" | "hostile",
  ): Promise<void> {
    const { who, surface } = place;
    const attempts = new Map<string, number>();
    let refusal = "";
    for (let round = 0; round < 4; round += 1) {
      const view =
        round === 0 ? await this.#reopen(who, surface, path) : await this.#desk.form(who);
      if (!view || view.callback_id !== surface) return;
      const values =
        manner === "empty" ? emptied(view) : fillPlausibly(view, this.#choices(), manner, attempts);
      const where = { who, surface: `${surface} submitted ${manner}` };
      const answers: Interaction[] = [];
      await this.#judged(where, "submissions", async () => {
        const answer = await this.#bot.control.submit({
          userId: this.#desk.id(who),
          viewId: view.id,
          values,
        });
        answers.push(answer);
        return answer;
      });
      const errors = answers[0]?.fieldErrors;
      this.submitted.add(surface);
      if (answers[0]?.view?.callback_id !== surface) this.taken.add(surface);
      // a rule's refusal has buttons of its own, which lead to what mends it
      if (!errors) await this.#controlsLeft(place, path);
      // what is refused whatever stands in the field is not about the field
      const isSame = JSON.stringify(errors) === refusal;
      if (manner === "empty" || !errors || isSame) return;
      refusal = JSON.stringify(errors);
      for (const id of Object.keys(errors)) attempts.set(id, (attempts.get(id) ?? 0) + 1);
    }
  }

  /** The form of this name on top, opened again where it is not; undefined where it no longer opens. */
  async #reopen(
    who: string,
    callbackId: string,
    path: readonly Step[],
  ): Promise<OpenView | undefined> {
    const top = await this.#desk.form(who);
    if (top?.callback_id === callbackId) return top;
    await this.#closeAll(who);
    for (const step of path) {
      try {
        await step();
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    }
    const opened = await this.#desk.form(who);
    return opened?.callback_id === callbackId ? opened : undefined;
  }

  /** Does one thing and judges what came of it; the form that opened or changed, where one did. */
  async #judged(
    place: Place,
    kind: string,
    step: Step,
    one?: Control,
  ): Promise<OpenView | undefined> {
    const { who, surface } = place;
    const hash = (await this.#desk.form(who))?.hash;
    if (!this.#heard.has(who)) this.#heard.set(who, (await this.#ephemeralsOf(who)).length);
    let answer: Interaction;
    try {
      answer = await step();
    } catch (error) {
      // somebody else's press took it away meanwhile
      if (isGone(error)) return undefined;
      throw new Error(`${who}, ${surface}: ${String(error)}`, { cause: error });
    }
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    if (one) this.pressed.add(one.actionId);
    const fault = (what: string) => this.faults.push(`${who}, ${surface}: ${what}`);
    if (answer.status !== "acked") fault(`${answer.status}: ${answer.error ?? ""}`);
    this.#heard.set(who, (this.#heard.get(who) ?? 0) + answer.ephemerals.length);
    const isNeedless = one?.isLink || one?.isStateful;
    const seen = isNeedless || isShown(answer, hash) ? [] : await this.#lookFor(who, hash);
    if (seen === undefined) fault("nothing came of it");
    const isNewView = answer.view && answer.view.hash !== hash;
    const words = [
      ...answer.ephemerals.flatMap(wordsOf),
      ...(seen ?? []),
      ...(isNewView ? wordsOf(answer.view!) : []),
      ...Object.values(answer.fieldErrors ?? {}),
    ].join("\n");
    const apology = apologies.exec(words);
    if (apology) fault(words.slice(Math.max(0, apology.index - 80), apology.index + 120));
    return isNewView ? answer.view : undefined;
  }

  /** What came late: words to this person alone, or another form. Undefined: nothing. */
  async #lookFor(who: string, hash: string | undefined): Promise<string[] | undefined> {
    const heard = this.#heard.get(who) ?? 0;
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      const own = await this.#ephemeralsOf(who);
      if (own.length > heard) {
        this.#heard.set(who, own.length);
        return own.slice(heard).flatMap(wordsOf);
      }
      if ((await this.#desk.form(who))?.hash !== hash) return [];
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    return undefined;
  }

  async #ephemeralsOf(who: string): Promise<SandboxMessage[]> {
    const { ephemerals } = await this.#bot.control.state();
    return ephemerals.filter((one) => one.onlyFor === this.#desk.id(who));
  }

  async #closeAll(who: string): Promise<void> {
    const userId = this.#desk.id(who);
    for (;;) {
      const view = await this.#desk.form(who);
      if (!view) return;
      await this.#bot.control.closeView({ userId, viewId: view.id });
    }
  }

  #isNew({ who, surface }: Place, one: Control): boolean {
    // what the further options of a menu draw is the same for everybody: one person tries them all
    const by = one.option === 0 ? who : "anybody";
    const name = `${by} ${surface} ${nameOf(one)}`;
    if (this.#done.has(name)) return false;
    this.#done.add(name);
    return true;
  }
}

/** Whether anything came of it: another form or none, words to this person alone, or Slack's own sentence. */
function isShown(
  { ephemerals, view, fieldErrors, status }: Interaction,
  hash: string | undefined,
): boolean {
  const isOtherView = view?.hash !== hash;
  return status !== "acked" || ephemerals.length > 0 || isOtherView || fieldErrors !== undefined;
}

function isGone(error: unknown): boolean {
  return /there is nothing with action_id|there is no message|no form to press in|There is no such choice|is not in /.test(
    String(error),
  );
}

function asInput({ blockId, actionId, value }: Control) {
  return { blockId, actionId, ...(value === undefined ? {} : { value }) };
}

/**
 * The control by what it is, not by which item it is about: the numbers of its block_id are left out,
 * and the whole where Slack made it up.
 */
function nameOf({ blockId, actionId, option }: Control): string {
  const [kind = "", about = ""] = blockId.split(":");
  const isOurs = /^[a-z]+(?:[-_][a-z]+)*$/.test(kind);
  const block = isOurs ? [kind, about.replaceAll(/\d+/g, "#")].join(":") : "";
  return `${block} ${actionId.replaceAll(/\d+/g, "#")}${option === 0 ? "" : ` option ${option}`}`;
}

function wordsOf({ blocks, text }: { blocks: unknown; text?: string }): string[] {
  return [...textsOf(blocks).map(plain), ...(text === undefined ? [] : [text])];
}
