import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, expect } from "vitest";
import { launchChromium } from "#sandbox/pictures/chromium.ts";
import type { World } from "#sandbox/play/world.ts";
import { type Person, personAt } from "./browser-person.ts";

/** A browser at the page of one sandbox. */
export interface Tabs {
  /**
   * A tab in which somebody acts as `handle`, in a window of its own, or beside another tab. `place`:
   * what stands behind # in the address.
   */
  open(handle: string, at?: { place?: string; beside?: Person }): Promise<Person>;
  /** A tab at this address, in a window of its own. */
  visit(url: string, options?: BrowserContextOptions): Promise<Page>;
}

/** A person looks for something so long. */
const patienceMs = 15_000;

/**
 * Opens a browser for the tests of this file. After a test that fails there is a picture of each tab;
 * at the end it is closed, and no tab may have complained in its console, or have shown a dialog.
 */
export async function openTabs(url: string, world: Pick<World, "userIds">): Promise<Tabs> {
  const browser = await launchChromium();
  const complaints: string[] = [];
  // a tab behind another one is drawn seldom: everybody has a window to themselves
  const newWindow = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-GB",
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(patienceMs);
    context.on("page", (page) => listen(page, complaints));
    return context;
  };
  afterEach(async ({ task }) => {
    const pages = browser.contexts().flatMap((context) => context.pages());
    if (task.result?.state === "fail") await takePictures(pages, task.name);
  });
  afterAll(async () => {
    await browser.close();
    expect(complaints, "what the tabs complained of").toEqual([]);
  });
  const visitIn = async (context: BrowserContext, address: string) => {
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };
  return {
    visit: async (address, options) => visitIn(await newWindow(options), address),
    async open(handle, { place = "/C0GENERAL", beside } = {}) {
      const context = beside?.page.context() ?? (await newWindow());
      const address = `${url}/?as=${world.userIds.get(handle) ?? ""}#${place}`;
      const page = await visitIn(context, address);
      await page.getByText(`You are @${handle}`).waitFor();
      return personAt(page, handle);
    },
  };
}

function listen(page: Page, complaints: string[]): void {
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("dialog", (dialog) => {
    complaints.push(`A dialog of the browser: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    // a request that is refused in a sentence is shown to the person, and noted here by the browser
    const isRefusal = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
}

async function takePictures(pages: readonly Page[], test: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "faultline-browser-"));
  for (const [index, page] of pages.entries()) {
    // a tab that has crashed has no picture
    await page
      .screenshot({ path: join(folder, `tab-${index + 1}.png`), timeout: 5_000 })
      .catch(() => undefined);
  }
  console.error(`How the tabs looked when “${test}” failed: ${folder}`);
}
