/**
 * `npm run images`: the pictures of the README, made by running the sandbox, letting the script go on to
 * the right step and looking as the right person.
 */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { AppError, PermanentError } from "#src/lib/errors.ts";
import { launchChromium } from "./chromium.ts";
import { startWholeSandbox, type WholeSandbox } from "./whole-sandbox.ts";

const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const screen = { width: 1280, height: 800 };
/** The whole page, in less than 200 kB. */
const smaller = { width: 1200, height: 700 };
/** Of what stands around a form or a part of the page, in pixels. */
const line = 2;
const channel = /^#inc-1/;
const directMessage = /^faultline/;

process.exit(await main());

async function main(): Promise<number> {
  let browser;
  let sandbox: WholeSandbox | undefined;
  try {
    browser = await launchChromium();
    say("starting the sandbox and the bot");
    sandbox = await startWholeSandbox();
    const page = await browser.newPage({
      viewport: screen,
      locale: "en-GB",
      colorScheme: "light",
      reducedMotion: "reduce",
    });
    await mkdir(folder, { recursive: true });
    await takeAll(sandbox, page);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(error.message);
    return 2;
  } finally {
    await sandbox?.close();
    await browser?.close();
  }
}

/** In the order of the incident: each picture shows how it stands after so many steps. */
async function takeAll(sandbox: WholeSandbox, page: Page): Promise<void> {
  const { playUntil } = sandbox;
  await playUntil(3);
  await lookAs(sandbox, page, "declarer", channel);
  await take("checklist-refusal", await refusal(page));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await playUntil(5);
  await lookAs(sandbox, page, "authorizer_business", directMessage);
  await take("authorizer-request", lastMessage(page, "authorize"));

  await playUntil(12);
  await lookAs(sandbox, page, "coordinator", channel);
  await page.setViewportSize(smaller);
  await lastMessage(page, "Open, diagnosing").evaluate((panel) => panel.scrollIntoView());
  await takePage("workspace", page);
  // the whole panel is on the screen at once
  await page.setViewportSize({ ...screen, height: 1_800 });
  await take("panel", lastMessage(page, "Open, diagnosing"));
  await page.setViewportSize(screen);

  await lookAs(sandbox, page, "owner_retrieval_data", directMessage);
  await lastMessage(page, "Please answer")
    .getByRole("button", { name: /^Answer/ })
    .click();
  await take("evidence-form", await form(page));
  await page.keyboard.press("Escape");
  await lookAs(sandbox, page, "owner_retrieval_data", "Home of faultline");
  const home = page.getByRole("main");
  await home.getByRole("button").first().waitFor();
  // what is below stays empty
  await page.setViewportSize({ ...screen, height: 470 });
  await take("home", home);
  await page.setViewportSize(screen);

  say("letting the script play to the end");
  await playUntil(29);
  await lookAs(sandbox, page, "coordinator", channel);
  await page.getByRole("link", { name: "GitHub" }).click();
  await page.getByRole("tab", { name: /Pull requests/ }).click();
  await page
    .getByRole("link", { name: /Postmortem/i })
    .first()
    .click();
  await page
    .getByRole("button", { name: /Read in full/ })
    .first()
    .click();
  const postmortem = await form(page);
  await take("postmortem", postmortem);
}

/** Acts as somebody, and goes to one place in the list at the left. */
async function lookAs(
  { url, world }: WholeSandbox,
  page: Page,
  handle: string,
  place: string | RegExp,
): Promise<void> {
  await page.goto(`${url}/?as=${world.userIds.get(handle)}`);
  await page
    .getByRole("navigation", { name: "Channels" })
    .getByRole("link", { name: place })
    .first()
    .click();
  await page.getByRole("main", { name: place }).waitFor();
  // nothing is pointed at
  await page.mouse.move(0, 0);
}

/** Claims that Model broke first, as the newcomer of the tour does. */
async function refusal(page: Page): Promise<Locator> {
  const box = page.getByRole("textbox", { name: /^Message / });
  await box.fill("/incident checklist");
  await box.press("Enter");
  await (await form(page)).getByRole("button", { name: "Set a verdict for Model" }).click();
  const claim = page.getByRole("dialog", { name: "Set a verdict" });
  await claim.waitFor();
  const verdict = claim.getByLabel("What do you decide?");
  const first = verdict.getByRole("option", { name: /^Broke first/ });
  await verdict.selectOption(await first.getAttribute("value"));
  await claim.getByLabel(/^Suspected/).check();
  await claim.getByRole("button", { name: "Set verdict" }).click();
  await claim.getByText("cannot be named yet").first().waitFor();
  return claim;
}

async function form(page: Page): Promise<Locator> {
  const dialog = page.getByRole("dialog").last();
  await dialog.waitFor();
  return dialog;
}

function lastMessage(page: Page, words: string): Locator {
  return page
    .getByRole("list", { name: "Messages" })
    .getByRole("listitem")
    .filter({ hasText: words })
    .last();
}

/** One thing on the page, without the line around it. */
async function take(name: string, what: Locator): Promise<void> {
  await what.waitFor();
  await what.scrollIntoViewIfNeeded();
  const box = await what.boundingBox();
  if (!box) throw new PermanentError("nothing_to_see", `There is nothing to see of ${name}.`);
  const clip = {
    x: Math.ceil(box.x) + line,
    y: Math.ceil(box.y) + line,
    width: Math.floor(box.width) - 2 * line,
    height: Math.floor(box.height) - 2 * line,
  };
  await what.page().screenshot({ path: `${folder}${name}.png`, clip });
  say(`docs/images/${name}.png`);
}

async function takePage(name: string, page: Page): Promise<void> {
  // what has just come into sight is drawn in the frame after
  await page.evaluate(
    "new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 100)))",
  );
  await page.screenshot({ path: `${folder}${name}.png` });
  say(`docs/images/${name}.png`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
