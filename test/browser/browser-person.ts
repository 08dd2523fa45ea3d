import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type FormOnScreen, formIn } from "./browser-form.ts";

/** Somebody at the page, who finds things by their names. */
export interface Person {
  page: Page;
  /** Whom this tab acts as now. */
  readonly handle: string;
  /** Acts as somebody else from now on, by the list at the left. */
  actAs(handle: string): Promise<void>;
  /** Goes to a channel ("#general"), to a direct message ("faultline") or to "Home of faultline". */
  goTo(name: string): Promise<void>;
  /** The same, and comes in where they are not in it yet. */
  comeInto(name: string): Promise<void>;
  /** Types into the message box and sends it. */
  send(text: string): Promise<void>;
  /** Types a command, which opens a form of this title. */
  open(command: string, title: string): Promise<FormOnScreen>;
  /** The form of this title, as soon as it is there. */
  form(title: string): Promise<FormOnScreen>;
  /** Presses a button of the last message that has these words, and gets a form of this title. */
  openFrom(words: string, button: string, title: string): Promise<FormOnScreen>;
  /** The last message here with these words. */
  message(words: string): Locator;
  /** Waits for a message here with these words. */
  sees(words: string): Promise<Locator>;
  /** The entry of a channel or a direct message in the list at the left. */
  entry(name: string): Locator;
  messageBox: Locator;
}

/** Slack itself waits 3 s. */
const formMs = 5_000;
const triesAtMost = 4;

/** The person before this page, who acts as `handle` at first. */
export function personAt(page: Page, handle: string): Person {
  let current = handle;
  const rail = page.getByRole("navigation", { name: "Channels" });
  const main = page.getByRole("main");
  const messageBox = main.getByRole("textbox", { name: /^Message / });
  const dialog = (title: string) => page.getByRole("dialog", { name: title, exact: true });

  /** A form that did not open is asked for again, as people do. */
  async function untilForm(title: string, ask: () => Promise<void>) {
    const form = dialog(title);
    for (let tries = 1; ; tries += 1) {
      await ask();
      try {
        await form.waitFor({ timeout: formMs });
        return formIn(form);
      } catch (error) {
        if (tries === triesAtMost) throw error;
      }
    }
  }

  const person: Person = {
    page,
    messageBox,
    get handle() {
      return current;
    },
    async actAs(other) {
      await rail.getByLabel("Act as").selectOption({ label: `@${other}` });
      await page.getByText(`You are @${other}`).waitFor();
      current = other;
    },
    entry: (name) => rail.getByRole("link", { name: beginsWith(name) }),
    async goTo(name) {
      await person.entry(name).click();
      await page.getByRole("main", { name: beginsWith(name) }).waitFor();
    },
    async comeInto(name) {
      await person
        .entry(name)
        .or(rail.getByRole("link", { name: "Browse channels" }))
        .first()
        .waitFor();
      if (!(await person.entry(name).isVisible())) {
        await rail.getByRole("link", { name: "Browse channels" }).click();
        await main.getByRole("link", { name: beginsWith(name) }).click();
        await main.getByRole("button", { name: beginsWith(`Join ${name}`) }).click();
        await messageBox.waitFor();
      }
      await person.goTo(name);
    },
    async send(text) {
      await messageBox.fill(text);
      await messageBox.press("Enter");
      await expect.poll(() => messageBox.inputValue()).toBe("");
    },
    open: (command, title) =>
      untilForm(title, async () => {
        await messageBox.fill(command);
        await messageBox.press("Enter");
      }),
    async form(title) {
      await dialog(title).waitFor();
      return formIn(dialog(title));
    },
    openFrom: (words, button, title) =>
      untilForm(title, () =>
        person.message(words).getByRole("button", { name: button, exact: true }).click(),
      ),
    message: (words) =>
      main
        .getByRole("list", { name: "Messages" })
        .getByRole("listitem")
        .filter({ hasText: words })
        .last(),
    async sees(words) {
      const seen = person.message(words);
      await seen.waitFor();
      return seen;
    },
  };
  return person;
}

/** A name, before which “private” may be said. */
function beginsWith(name: string): RegExp {
  return new RegExp(`^(?:private )?${RegExp.escape(name)}`);
}

/** Escape, form by form. */
export async function closeAll(who: Person, ...titles: string[]): Promise<void> {
  for (const title of titles) {
    const form = await who.form(title);
    await who.page.keyboard.press("Escape");
    await form.isGone();
  }
}

/** Waits until the pinned panel in the channel that is open says this. */
export async function panelSays(who: Person, words: string): Promise<void> {
  await who.page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ hasText: "Pinned" })
    .filter({ hasText: words })
    .waitFor();
}
