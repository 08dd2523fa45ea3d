import { expect } from "vitest";
import type { Person } from "./browser-person.ts";

const zeroWidth = "zero\u200Bwidth\u200D\uFEFF";
const family = "👩‍👩‍👧‍👦🏳️‍🌈";

/** Text that would do something if it were taken for more than text. */
export const hostile = {
  /** Fits into a title. */
  line: `<img src=x onerror=alert(1)> \u202Egnp.exe\u202C ${zeroWidth} ${family} “;--`,
  /** What must be found again as it was typed. */
  markup: "<script>alert(document.domain)</script>",
  lines: [
    "<script>alert(document.domain)</script>",
    "<img src=x onerror=alert(1)><svg onload=alert(2)><iframe src=javascript:alert(3)>",
    "[press](javascript:alert(4)) <javascript:alert(5)|press> javascript:alert(6)",
    `\u202Eright to left ${zeroWidth} ${family} ﷽`,
    "W".repeat(500),
    "{{constructor.constructor('alert(7)')()}} ${alert(8)} </textarea></p><style>*{display:none}</style>",
  ].join("\n"),
};

/** Holds that nothing in this tab was made of such text: no element, no link, no script, no wider page. */
export async function standsInPage({ page }: Person, where: string): Promise<void> {
  // the page has no such elements of its own
  const made = page.locator(
    "img[src='x'], svg[onload], iframe, main script, dialog script, body style",
  );
  expect(await made.count(), where).toBe(0);
  expect(await page.locator("a[href^='javascript' i]").count(), where).toBe(0);
  expect(await page.locator("[onerror], [onload]").count(), where).toBe(0);
  const wide = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const width of [390, wide.width]) {
    await page.setViewportSize({ ...wide, width });
    expect(
      await page.evaluate<number>("document.documentElement.scrollWidth"),
      where,
    ).toBeLessThanOrEqual(width);
  }
}
