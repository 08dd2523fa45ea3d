import type { Locator } from "playwright-core";
import { expect } from "vitest";

/** The form that is before somebody, by the words that stand in it. */
export interface FormOnScreen {
  dialog: Locator;
  /** Types into a field. */
  write(label: string, text: string): Promise<void>;
  /** Chooses one of a list. */
  choose(label: string, option: string | RegExp): Promise<void>;
  /** Ticks boxes, or one of several. */
  tick(label: string, ...options: string[]): Promise<void>;
  /** Chooses several of a list that opens, each by how it begins or by a part of it. */
  pick(label: string, ...options: (string | RegExp)[]): Promise<void>;
  press(button: string): Promise<void>;
  /** The field itself. */
  field(label: string): Locator;
  /** What is said to be wrong with a field. */
  errorOf(label: string): Promise<string>;
  /** Where fields are repeated, one set under the other: those of the nth set, from 0. */
  set(nth: number): FormOnScreen;
  /** Waits until it is gone. */
  isGone(): Promise<void>;
}

/** The form in this dialog. */
export function formIn(dialog: Locator, nth = 0): FormOnScreen {
  const field = (label: string) => dialog.getByLabel(named(label)).nth(nth);
  const group = (label: string) =>
    dialog
      .getByRole("radiogroup", { name: named(label) })
      .or(dialog.getByRole("group", { name: named(label) }))
      .nth(nth);
  return {
    dialog,
    field,
    write: (label, text) => field(label).fill(text),
    async choose(label, option) {
      const list = field(label);
      const found = list.getByRole("option", { name: option, exact: true });
      await list.selectOption(await found.getAttribute("value"));
    },
    async tick(label, ...options) {
      for (const option of options) await group(label).getByLabel(option, { exact: true }).check();
    },
    async pick(label, ...options) {
      const button = field(label);
      await button.click();
      const panel = dialog.locator(`[id="${await button.getAttribute("aria-controls")}"]`);
      for (const option of options) {
        await panel.getByLabel(typeof option === "string" ? startsWith(option) : option).check();
      }
      await panel.getByRole("button", { name: "Done" }).click();
    },
    press: (button) => dialog.getByRole("button", { name: button, exact: true }).click(),
    async errorOf(label) {
      const shown = field(label);
      await expect.poll(() => shown.getAttribute("aria-invalid")).toBe("true");
      const ids = (await shown.getAttribute("aria-describedby"))?.split(" ") ?? [];
      const said = await Promise.all(
        ids.map((id) => dialog.locator(`[id="${id}"]`).textContent({ timeout: 1_000 })),
      );
      return said.join(" ");
    },
    set: (other) => formIn(dialog, other),
    isGone: () => dialog.waitFor({ state: "hidden" }),
  };
}

/** A label, as it stands or with what the page adds to it. */
function named(label: string): RegExp {
  return new RegExp(`^${RegExp.escape(label)}(?: \\(optional\\))?$`);
}

function startsWith(text: string): RegExp {
  return new RegExp(`^${RegExp.escape(text)}`);
}
