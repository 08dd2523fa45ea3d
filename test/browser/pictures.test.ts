/**
 * Goal: any payload becomes a picture of the asked size; what is drawn is open to everybody; and what is
 * drawn can be pressed, chosen, typed and sent by keyboard.
 * Method: the built page in a real Chromium; axe over every golden file; a form with every element, driven.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Drawing } from "#sandbox/page/drawing.ts";
import { findChromium, type Machine } from "#sandbox/pictures/chromium.ts";
import { drawingOf, readPayload } from "#sandbox/pictures/payload.ts";
import { closeRenderer, renderPng } from "#sandbox/pictures/render-png.ts";
import { openStudio, type Sheet, type Studio } from "#sandbox/pictures/studio.ts";
import { everyElement, plain } from "#test/page/kit-sampler.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = new URL("../golden/views/", import.meta.url);
const goldens = readdirSync(folder).map((file) => golden(file));
const everything = {
  type: "modal",
  title: plain("All"),
  submit: plain("Send"),
  blocks: everyElement,
};

let studio: Studio;
let sheet: Sheet;

beforeAll(async () => {
  studio = await openStudio();
  sheet = await studio.sheet(560);
});
afterAll(async () => {
  await studio.close();
  await closeRenderer();
});

describe("a picture", () => {
  test.each([
    ["modal-add-evidence.json", 520],
    ["message-panel-busy.json", 560],
    ["home-busy.json", 720],
  ])("of %s is as wide as in Slack", async (file, width) => {
    const picture = sizeOf(await renderPng(golden(file)));
    expect(picture.width).toBe(width);
    expect(picture.height).toBeGreaterThan(300);
  });

  test("is as wide as asked, and higher where there is less room", async () => {
    const text = "one word after the other ".repeat(40);
    const wide = sizeOf(await renderPng({ text }, { width: 800 }));
    const phone = sizeOf(await renderPng({ text }, { width: 360 }));
    expect([wide.width, phone.width]).toEqual([800, 360]);
    expect(phone.height).toBeGreaterThan(wide.height);
  });

  test("is another one in the dark, and the same each time", async () => {
    const payload = [{ type: "section", text: plain("Look") }];
    const light = await renderPng(payload);
    expect(light.equals(await renderPng(payload))).toBe(true);
    expect(light.equals(await renderPng(payload, { scheme: "dark" }))).toBe(false);
  });

  test("of what Slack would refuse goes as far as it can", async () => {
    const payload = [
      { type: "section" },
      { type: "actions" },
      { type: "section", text: plain("Still") },
    ];
    expect(readPayload(payload)?.problems).not.toEqual([]);
    const troubles = await sheet.draw(drawn(payload));
    expect(troubles.length).toBeGreaterThan(0);
    expect(await sheet.page.getByText("Still").isVisible()).toBe(true);
    await expect(renderPng({ no: "payload" })).rejects.toThrow("nor a list of blocks");
  });
});

describe("axe finds nothing", () => {
  const axe = () => new AxeBuilder({ page: sheet.page }).setLegacyMode(true);

  test.each(["light", "dark"] as const)("in any golden file, %s", async (scheme) => {
    expect(await sheet.draw(...goldens.map((one) => drawn(one, { scheme })))).toEqual([]);
    // what is not a matter of colour is the same in either scheme
    const builder = scheme === "light" ? axe() : axe().withRules("color-contrast");
    expect(violations(await builder.analyze())).toEqual([]);
  });

  test.each(["light", "dark"] as const)(
    "in a form with every element, opened, %s",
    async (scheme) => {
      const errors = {
        name: "Too long.",
        layers: "Choose one.",
        radio: "Choose one.",
        boxes: "Tick.",
      };
      const trouble = "We had some trouble connecting. Try again?";
      await sheet.draw(drawn(everything, { scheme, errors, trouble, isOpen: true }));
      await sheet.page.evaluate(
        "document.querySelectorAll('[aria-expanded=false]').forEach((button) => button.click())",
      );
      expect(violations(await axe().analyze())).toEqual([]);
    },
  );
});

describe("a form can be used", () => {
  const open = async () => {
    await sheet.draw(drawn(everything, { zone: "Europe/Berlin", isOpen: true }));
    return sheet.page;
  };

  test("its first field has the focus, and Escape closes it", async () => {
    const page = await open();
    expect(await page.evaluate("document.activeElement.value")).toBe("Old rule");
    await page.keyboard.press("Escape");
    expect(await heard()).toEqual([{ close: true }]);
    // it goes when Slack says so, however often it is asked
    for (let more = 0; more < 3; more += 1) await page.keyboard.press("Escape");
    await expect.poll(heard).toEqual(Array.from({ length: 4 }, () => ({ close: true })));
    expect(await page.getByRole("dialog", { name: "All" }).isVisible()).toBe(true);
  });

  test("what is filled in is sent", async () => {
    const page = await open();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("New <b>rule</b>");
    await page.getByLabel("Story").fill("long");
    await page.getByLabel("Number", { exact: true }).fill("many");
    await page.getByLabel("Date", { exact: true }).last().fill("2026-03-29");
    await page.getByLabel("Moment").fill("2026-03-29T02:30");
    await page.getByLabel("Person").selectOption("@ben");
    await page.getByLabel("Select", { exact: true }).selectOption("One");
    await page.getByLabel("Two With more to say").uncheck();
    await page.getByLabel("Three").check();
    await page.getByRole("radiogroup", { name: "Radio" }).getByLabel("Two").check();
    await page.getByRole("button", { name: "Send" }).click();
    const [last] = await heard();
    expect(last).toMatchObject({
      submit: {
        name: "New <b>rule</b>",
        story: "long",
        number: "many",
        date: "2026-03-29",
        // that hour is skipped in Berlin: half past three
        moment: String(Date.parse("2026-03-29T01:30:00Z") / 1_000),
        person: "U0BEN",
        select: "one",
        boxes: ["three"],
        radio: "two",
        layers: ["one"],
      },
    });
  });

  test("several are chosen of many by keyboard, and Escape closes only the list", async () => {
    const page = await open();
    const toggle = page.getByRole("button", { name: /^Many/ });
    await toggle.focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Show only").fill("7");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    expect(await heard()).toEqual([]);
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Number 7");
    await page.keyboard.press("Escape");
    expect(await heard()).toEqual([{ close: true }]);
  });

  test("what the app offers can be searched and chosen", async () => {
    const page = await open();
    await page.getByRole("button", { name: /^Search Choose|^Search One/ }).click();
    await page.getByRole("searchbox", { name: "Search" }).first().fill("Jira");
    await page.getByLabel("Jira B").check();
    await page.getByRole("button", { name: "Send" }).click();
    expect(await heard()).toMatchObject([{ submit: { external: "Jira-B" } }]);
  });

  test("a choice in a row is told at once, with what is typed so far", async () => {
    const page = await open();
    await page.getByLabel("Name").fill("Typed");
    await page.getByLabel("Who?").selectOption("@ana");
    expect(await heard()).toMatchObject([
      { act: { blockId: "row", actionId: "who", value: "U0ANA", values: { name: "Typed" } } },
    ]);
  });

  test("what cannot be undone is asked about first", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Drop it" }).click();
    const question = page.getByRole("dialog", { name: "Sure?" });
    expect(await question.textContent()).toContain("It cannot be undone.");
    await page.keyboard.press("Escape");
    expect(await heard()).toEqual([]);
    await page.getByRole("button", { name: "Drop it" }).click();
    await question.getByRole("button", { name: "Do it" }).click();
    expect(await heard()).toMatchObject([{ act: { blockId: "row", actionId: "drop" } }]);
  });

  test("a menu opens, and is left by a press elsewhere", async () => {
    const page = await open();
    const dots = page.getByRole("button", { name: "More actions" });
    await dots.click();
    expect(await page.getByRole("button", { name: "One", exact: true }).isVisible()).toBe(true);
    await page.getByLabel("Name").click();
    expect(await dots.getAttribute("aria-expanded")).toBe("false");
  });

  test("what stands in hostile letters runs no script and keeps to its place", async () => {
    const evil = "\u202E<img src=x onerror=\"document.title='taken'\">\u200B";
    const payload = JSON.parse(
      JSON.stringify(everything, (key, value: unknown) =>
        key === "text" ? textOr(value, evil) : value,
      ),
    ) as unknown;
    await sheet.draw(drawn(payload));
    expect(await sheet.page.locator("img[src=x]").count()).toBe(0);
    expect(await sheet.page.title()).not.toBe("taken");
    // nothing sticks out of the picture
    expect(await sheet.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
      560,
    );
  });
});

const ofPages = [
  "document-title",
  "duplicate-id-aria",
  "heading-order",
  "html-has-lang",
  "landmark-unique",
  "page-has-heading-one",
  "region",
];

describe("by command", () => {
  const run = (script: string, args: string[], env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [`sandbox/pictures/${script}.ts`, ...args],
      { cwd: root, encoding: "utf8", env: { ...process.env, ...env } },
    );
    return { status, stdout, stderr };
  };
  let out: string;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), "faultline-pictures-"));
  });
  afterAll(() => rm(out, { recursive: true, force: true }));

  test("a file becomes a picture, and what Slack would refuse is said", async () => {
    const file = join(out, "blocks.json");
    await writeFile(file, JSON.stringify([{ type: "section", text: { type: "plain_text" } }]));
    const { status, stderr } = run("render", [file, "--out", join(out, "a.png"), "--width", "360"]);
    expect(sizeOf(readFileSync(join(out, "a.png"))).width).toBe(360);
    expect(stderr).toContain("Slack would refuse it:\n  /blocks/0/text/text: missing");
    expect(status).toBe(1);
  });

  test.each([
    ["no JSON", "{", /is not JSON/],
    ["no payload", '{"a":1}', /nor a list of blocks/],
  ])("%s is said", async (_, text, says) => {
    const file = join(out, "bad.json");
    await writeFile(file, text);
    const { status, stderr } = run("render", [file]);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
  });

  test("without a Chromium, one sentence says so", () => {
    const nowhere = { CHROME_PATH: join(out, "no-chromium") };
    for (const [script, args] of [
      ["render", ["test/golden/views/modal-more.json"]],
      ["gallery", []],
    ] as const) {
      const { status, stderr } = run(script, [...args], nowhere);
      expect(stderr).toMatch(/^CHROME_PATH is [^\n]*\n$/);
      expect(status).toBe(2);
    }
  });

  test("the gallery has every golden file, works without scripts, and is open to everybody", async () => {
    const file = join(out, "gallery.html");
    const { status, stdout, stderr } = run("gallery", ["--out", file]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`${goldens.length} drawn`);
    const html = readFileSync(file, "utf8");
    for (const name of readdirSync(folder)) expect(html).toContain(`id="${name.slice(0, -5)}"`);
    expect(html).not.toMatch(/<script|<link| src=/);
    await sheet.page.setContent(html);
    // each drawing was looked at above: here it is about all of them on one page
    const builder = new AxeBuilder({ page: sheet.page }).setLegacyMode(true).withRules(ofPages);
    expect(violations(await builder.analyze())).toEqual([]);
  });
});

describe("without a Chromium", () => {
  const machine: Machine = { platform: "linux", env: { PATH: "/a" }, isProgram: async () => false };

  test("one sentence says what is needed", async () => {
    await expect(findChromium(machine)).rejects.toThrow(/^Pictures need a Chromium, [^.]*\.$/);
    await expect(findChromium({ ...machine, env: { CHROME_PATH: "/x/chrome" } })).rejects.toThrow(
      /^CHROME_PATH is \/x\/chrome, [^.]*\.$/,
    );
  });

  test.each([
    ["linux", { PATH: "/a:/b" }, "/b/google-chrome"],
    ["linux", {}, "/usr/bin/chromium"],
    ["linux", { PATH: "/a", CHROME_PATH: "/x/chrome" }, "/x/chrome"],
    ["darwin", {}, "/Applications/Chromium.app/Contents/MacOS/Chromium"],
    ["win32", { PROGRAMFILES: "P:" }, "P:\\Google\\Chrome\\Application\\chrome.exe"],
  ] as const)("on %s with %j, it is found at %s", async (platform, env, path) => {
    const isProgram = async (asked: string) => asked === path;
    expect(await findChromium({ platform, env, isProgram })).toBe(path);
  });
});

function golden(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8"));
}

function drawn(payload: unknown, changes: Partial<Drawing> = {}): Drawing {
  const read = readPayload(payload);
  if (!read) throw new Error("this is no payload");
  return drawingOf(read.payload, {
    people: { U0ANA: "ana", U0BEN: "ben" },
    channels: { C0OPS: "ops" },
    ...changes,
  });
}

function heard(): Promise<unknown[]> {
  return sheet.page.evaluate<unknown[]>("window.heard");
}

function textOr(value: unknown, text: string): unknown {
  return typeof value === "string" ? text : value;
}

/** Width and height stand in the first chunk of a PNG. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function violations(found: Awaited<ReturnType<AxeBuilder["analyze"]>>): string[] {
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n")}`,
  );
}
