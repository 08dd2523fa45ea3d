import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { layerLabels } from "#sandbox/play/step-words.ts";
import { userImpact } from "#sandbox/play/declare.ts";
import type { Scenario, ScenarioEvidence } from "#sandbox/scenario.ts";
import type { FormOnScreen } from "./browser-form.ts";
import type { Person } from "./browser-person.ts";

/** What is done here is done by keyboard alone: from the top of the page, without a mouse. */

/** Declares the scenario's incident, and returns the receipt. */
export async function declareByKeyboard(who: Person, scenario: Scenario): Promise<FormOnScreen> {
  const { keyboard } = who.page;
  await toMessageBox(who);
  await keyboard.type("/inc");
  await who.page.getByRole("option", { name: "/incident" }).waitFor();
  await keyboard.press("Enter");
  await expect.poll(() => who.messageBox.inputValue()).toBe("/incident ");
  await keyboard.type(`declare ${scenario.title}`);
  await keyboard.press("Enter");
  const form = await who.form("Declare an incident");
  await hasFocus(who, form.field("What is wrong?"));
  await tabTo(who, form.field("How bad is it?"));
  // a letter or two are enough for a list
  await keyboard.type("SEV2");
  await tabTo(who, form.field("What do users see?"));
  await keyboard.insertText(userImpact(scenario));
  await tabTo(who, form.field("What kind of incident is it?"));
  await keyboard.type("Corr");
  await tabTo(who, form.field("When did it begin, as far as you know?"));
  await typeMoment(who, scenario.detection.onset_held ?? "");
  await tabTo(who, form.field("When was it noticed?"));
  await typeMoment(who, scenario.detection.detected);
  await pickByKeyboard(who, form, "What noticed it?", ["Support"]);
  expect(await form.field("How bad is it?").inputValue()).toBe("SEV2");
  await tabTo(who, form.dialog.getByRole("button", { name: "Declare" }));
  await keyboard.press("Enter");
  return who.form("Saved");
}

/** Records an item of evidence. */
export async function recordEvidenceByKeyboard(
  who: Person,
  { what, contradicts, clears }: ScenarioEvidence,
): Promise<void> {
  const { keyboard } = who.page;
  await toMessageBox(who);
  await keyboard.type("/incident ev");
  await who.page.getByRole("option", { name: "evidence" }).waitFor();
  await keyboard.press("Tab");
  await expect.poll(() => who.messageBox.inputValue()).toBe("/incident evidence ");
  await keyboard.press("Enter");
  const form = await who.form("Add evidence");
  await hasFocus(who, form.field("What kind of evidence is it?"));
  await keyboard.press("ArrowDown");
  await tabTo(who, form.field("What does it show?"));
  await keyboard.type(what);
  const names = (layers: readonly string[]) => layers.map((id) => layerLabels[id] ?? id);
  await pickByKeyboard(who, form, "It speaks against these layers", names(contradicts));
  await pickByKeyboard(who, form, "It rules these layers out", names(clears));
  await tabTo(who, form.dialog.getByRole("button", { name: "Save" }));
  await keyboard.press("Enter");
  await form.isGone();
  await hasFocus(who, who.messageBox);
}

/** By the link that leads past everything else. */
async function toMessageBox(who: Person): Promise<void> {
  await tabTo(who, who.page.getByRole("link", { name: "To the message box" }));
  await who.page.keyboard.press("Enter");
  await hasFocus(who, who.messageBox);
}

/** Opens a list, ticks these, and closes it with Escape, which leaves the form open. */
async function pickByKeyboard(
  who: Person,
  form: FormOnScreen,
  label: string,
  options: readonly string[],
): Promise<void> {
  const { keyboard } = who.page;
  const button = form.field(label);
  await tabTo(who, button);
  await keyboard.press("Enter");
  const panel = form.dialog.locator(`[id="${await button.getAttribute("aria-controls")}"]`);
  for (const option of options) {
    const box = panel.getByLabel(option, { exact: true });
    await tabTo(who, box);
    await keyboard.press("Space");
    expect(await box.isChecked(), option).toBe(true);
  }
  await keyboard.press("Escape");
  await hasFocus(who, button);
  expect(await form.dialog.isVisible()).toBe(true);
}

const stopsAtMost = 120;

/** Tab, until this has the focus. */
async function tabTo(who: Person, target: Locator): Promise<void> {
  for (let stop = 0; stop < stopsAtMost; stop += 1) {
    await who.page.keyboard.press("Tab");
    if (await isFocused(who, target)) return;
  }
  throw new Error(`Tab does not come to ${String(target)}.`);
}

/** Waits until this has the focus. */
export async function hasFocus(who: Person, target: Locator): Promise<void> {
  await expect.poll(() => isFocused(who, target)).toBe(true);
}

async function isFocused({ page }: Person, target: Locator): Promise<boolean> {
  return (await target.and(page.locator(":focus")).count()) === 1;
}

/** A moment in UTC, into the parts of the browser's own field, whose order is that of its language. */
async function typeMoment({ page }: Person, iso: string): Promise<void> {
  const [, year, month, day, hours = "", minutes] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(iso) ?? [];
  const wanted = `${year}-${month}-${day}T${hours}:${minutes}`;
  const field = page.locator(":focus");
  for (const date of [`${month}${day}${year}`, `${day}${month}${year}`, `${year}${month}${day}`]) {
    for (let part = 0; part < 6; part += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(date);
    // a year might have more digits
    if (date.endsWith(`${year}`)) await page.keyboard.press("ArrowRight");
    // where the clock has twelve hours; elsewhere nothing takes the letters
    await page.keyboard.type(`${hours}${minutes}${Number(hours) < 12 ? "AM" : "PM"}`);
    if ((await field.inputValue()) === wanted) return;
  }
  throw new Error(`${wanted} cannot be typed: ${await field.inputValue()}`);
}
