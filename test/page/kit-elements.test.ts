/**
 * Goal: every element of Block Kit is a control that a person knows, named and described, with errors in
 * words; and hostile text in any of its fields stays text.
 * Method: one form with every element, drawn by react-dom/server, looked at as HTML.
 */
import type { AnyBlock } from "@slack/types";
import { createElement } from "react";
import { describe, expect, test } from "vitest";
import { Blocks } from "#sandbox/page/kit/blocks.tsx";
import { danglingIds, drawn, drawnForm, shownText, unnamedControls } from "./kit-parts.ts";
import { everyElement, plain, richTextBlock } from "./kit-sampler.ts";

const view = { title: plain("All"), submit: plain("Send"), blocks: everyElement };

function blocks(...list: object[]): string {
  return drawn(createElement(Blocks, { blocks: list as AnyBlock[] }));
}

describe("a form with every element", () => {
  const html = drawnForm(view, { name: "Please say a name.", layers: "Choose one." });

  test("draws and names all of them", () => {
    expect(html).not.toContain("bk-not-drawn");
    expect(unnamedControls(html)).toEqual([]);
    expect(danglingIds(html)).toEqual([]);
  });

  test.each([
    ["a line of text", /<input[^>]* type="text"[^>]* value="Old rule"/],
    ["a paragraph", /<textarea[^>]*>two\nlines<\/textarea>/],
    ["an email address", /<input[^>]* type="email"/],
    ["a web address", /<input[^>]* type="url"/],
    ["a number", /<input[^>]* inputMode="decimal"[^>]* value="12"/i],
    ["a date", /<input[^>]* type="date"[^>]* value="2026-03-09"/],
    ["a time", /<input[^>]* type="time"[^>]* value="14:30"/],
    [
      "a moment, in the person's zone",
      /<input[^>]* type="datetime-local"[^>]* value="2026-03-09T10:20"/,
    ],
    [
      "a select with its choice",
      /<select[^>]*>.*<optgroup label="Group">.*<option[^>]* selected=""[^>]*>Two/s,
    ],
    ["a person", /<option[^>]* selected=""[^>]*>@ana<\/option>/],
    ["a channel, and no direct message", /<option value="C0OPS"[^>]*>#ops<\/option><\/select>/],
    ["a file of some endings", /<input[^>]* type="file"[^>]* accept=".csv,.json"/],
    ["radio buttons, one chosen", /<input type="radio"[^>]* checked=""/],
    ["checkboxes in a group", /role="group"[^>]*><label class="bk-option"><input type="checkbox"/],
    ["what is chosen of several", /aria-expanded="false"[^>]*>.*<bdi>One<\/bdi>/s],
    ["a button", /<button type="button" class="bk-button bk-button-danger"/],
    ["a link that looks like one", /<a class="bk-button" href="https:\/\/example.com\/a"/],
    ["a menu", /aria-label="More actions" aria-expanded="false"/],
  ])("%s", (_, pattern) => {
    expect(html).toMatch(pattern);
  });

  test("an error stands at its field in words, and is said", () => {
    const field = fieldOf(html, "name");
    expect(field).toMatch(/<input[^>]* aria-invalid="true"/);
    const describedBy = / aria-describedby="([^"]*)"/.exec(field)?.[1]?.split(" ") ?? [];
    // the error, the hint, how much is written
    expect(describedBy).toHaveLength(3);
    expect(field).toContain(`id="${describedBy[0]}" role="alert"`);
    expect(shownText(field)).toContain("Please say a name.");
    expect(fieldOf(html, "layers")).toContain('role="alert"');
    expect(fieldOf(html, "story")).not.toContain("aria-invalid");
  });

  test("an error of no field stands above the buttons", () => {
    const foot = drawnForm(view, { gone: "It is closed." }).split('class="bk-modal-foot"')[1] ?? "";
    expect(shownText(foot)).toContain("It is closed.");
  });

  test("what is optional says so, what is not is required", () => {
    expect(shownText(fieldOf(html, "story"))).toContain("Story (optional)");
    expect(fieldOf(html, "story")).not.toContain("aria-required");
    expect(fieldOf(html, "name")).toContain('aria-required="true"');
  });

  test("how much may be written is said", () => {
    expect(shownText(fieldOf(html, "name"))).toContain("8 of 20 characters");
  });

  test("the title is a heading, headers are the next", () => {
    expect(html).toMatch(/<h2 class="bk-modal-title"/);
    expect(html).toMatch(/<h3 class="bk-header"/);
  });

  test("more than eight choices can be filtered", () => {
    expect(fieldOf(html, "many")).toContain('type="search"');
    expect(fieldOf(html, "layers")).not.toContain('type="search"');
  });
});

test("an open form over another says so", () => {
  expect(shownText(drawnForm(view, {}, 2))).toContain("opened over another form");
  expect(shownText(drawnForm(view, {}, 1))).not.toContain("opened over another form");
});

describe("buttons", () => {
  const button = (more: object) =>
    blocks({ type: "actions", block_id: "b", elements: [{ ...buttonOf("Answer"), ...more }] });

  test("say what their label for screen readers says, and what is seen", () => {
    expect(button({ accessibility_label: "Answer in incident 1" })).toContain(
      'aria-label="Answer in incident 1"',
    );
    expect(button({ accessibility_label: "In incident 1" })).toContain(
      'aria-label="Answer: In incident 1"',
    );
  });

  test("lead nowhere but to the web", () => {
    expect(button({ url: "javascript:alert(1)" })).not.toContain("<a");
    expect(button({ url: "https://example.com" })).toContain('href="https://example.com"');
  });

  test("that were pressed say that they wait", () => {
    const html = drawn(
      createElement(Blocks, {
        blocks: [{ type: "actions", block_id: "b", elements: [buttonOf("Answer")] }] as AnyBlock[],
      }),
      { busy: "b answer" },
    );
    expect(html).toMatch(/<button[^>]* aria-disabled="true" aria-busy="true"/);
    expect(shownText(html)).toContain("Waiting for the app");
  });
});

describe("rich text", () => {
  test("is drawn with its lists, quotes and references", () => {
    const html = blocks(richTextBlock);
    expect(shownText(html)).toBe(
      "Bold *not read*@ana#ops@data-team@here👍Today 10:20a link#ff0000onetwoquotedcode <b>",
    );
    expect(html).toContain("<strong><bdi>Bold</bdi></strong>");
    expect(html).toMatch(/<ol class="bk-list" start="3" style="margin-inline-start:24px">/);
    expect(html).toContain("<blockquote");
    expect(html).toContain("<pre");
  });
});

describe("what is not drawn is named", () => {
  test.each(["video", "file", "table", "markdown", "carousel"])("%s", (type) => {
    expect(shownText(blocks({ type, text: "**as it is**" }))).toContain(`“${type}”`);
  });
});

describe("hostile text is text", () => {
  const evil = '<img src=x onerror="alert(1)">\u202Ecba\u200B</div>';
  const swapped = JSON.parse(
    JSON.stringify(everyElement, (key, value: unknown) =>
      key === "text" && typeof value === "string" ? evil : value,
    ),
  ) as typeof everyElement;

  test("in every text of a form", () => {
    const html = drawnForm(
      { title: plain(evil), submit: plain(evil), blocks: swapped },
      { name: evil },
    );
    expect(html).not.toContain("<img src=x");
    expect(html).toContain("&lt;img src=x onerror=");
    // zero width stays as it is, and the direction ends with the text
    expect(shownText(html)).toContain("\u202Ecba\u200B</div>");
    for (const [, around] of html.matchAll(/<([a-z]+)(?: [^>]*)?>[^<]*\u202E/g)) {
      expect(["bdi", "div", "option", "textarea"]).toContain(around);
    }
  });
});

function buttonOf(text: string) {
  return { type: "button", action_id: text.toLowerCase(), text: plain(text) };
}

function fieldOf(html: string, blockId: string): string {
  const begin = html.indexOf(`data-block="${blockId}"`);
  const end = html.indexOf('class="bk-field"', begin);
  return html.slice(begin, end < 0 ? undefined : end);
}
