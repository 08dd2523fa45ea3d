import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Drawing } from "#sandbox/page/drawing.ts";
import { builtPage } from "#sandbox/page-server/build.ts";
import { launchChromium } from "./chromium.ts";

/** A browser in which payloads are drawn as the page draws them; nothing is fetched from a network. */
export interface Studio {
  /** A page for drawings of this width. */
  sheet(width: number): Promise<Sheet>;
  close(): Promise<void>;
}

/** Draws one payload after the other. */
export interface Sheet {
  page: Page;
  /** One below the other, in the scheme of the first. What cannot be drawn, in words; empty is right. */
  draw(...drawings: readonly Drawing[]): Promise<string[]>;
  png(): Promise<Buffer>;
  /** The first that is drawn, as HTML without scripts. */
  still(): Promise<string>;
  /** The styles it is drawn with. */
  styles(): Promise<string>;
  close(): Promise<void>;
}

/** Opens the studio. Throws a PermanentError where there is no Chromium. */
export async function openStudio(): Promise<Studio> {
  // the browser is asked for first: where there is none, nothing need be built
  const browser = await launchChromium();
  try {
    const folder = await builtPage();
    return {
      sheet: (width) => openSheet(browser, folder, width),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Never resolved: what is asked of it is answered from the folder. */
const origin = "http://studio.invalid";
const lowest = 80;

async function openSheet(browser: Browser, folder: string, width: number): Promise<Sheet> {
  const context = await browser.newContext({ viewport: { width, height: lowest } });
  await serve(context, folder);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // a picture of elsewhere that is not fetched is shown by its words
    if (message.type() === "error" && !message.text().includes("net::ERR_")) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${origin}/render.html`);
  return {
    page,
    async draw(...drawings) {
      complaints.length = 0;
      await page.evaluate((given) => (globalThis as unknown as Drawer).draw(given), drawings);
      return [...complaints];
    },
    png: () => page.screenshot({ fullPage: true, animations: "disabled", caret: "hide" }),
    still: () => page.evaluate(() => (globalThis as unknown as Drawer).snapshot()),
    styles: () => page.evaluate<string>(stylesOfPage),
    close: () => context.close(),
  };
}

/** What render.html has for a script. */
interface Drawer {
  draw(drawings: readonly Drawing[]): Promise<void>;
  snapshot(): string;
}

const stylesOfPage = `Promise.all(
  [...document.querySelectorAll("link[rel=stylesheet]")].map((link) =>
    fetch(link.href).then((response) => response.text()),
  ),
).then((sheets) => sheets.join("\\n"))`;

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

async function serve(context: BrowserContext, folder: string): Promise<void> {
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== origin) return route.abort();
    // URL has taken every ".." out of it
    const body = await readFile(join(folder, url.pathname)).catch(() => undefined);
    if (body === undefined) return route.fulfill({ status: 404, body: "" });
    const contentType = contentTypes[extname(url.pathname)] ?? "application/octet-stream";
    return route.fulfill({ body, contentType });
  });
}
