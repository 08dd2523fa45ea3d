// These tests need a Chromium; where there is none, one sentence says so, and no test begins.

import { pageFolder } from "#sandbox/page-server/page.ts";
import { launchChromium } from "#sandbox/pictures/chromium.ts";

export default async function setup(): Promise<void> {
  try {
    await (await launchChromium()).close();
    // once, before several files want it
    await pageFolder();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
