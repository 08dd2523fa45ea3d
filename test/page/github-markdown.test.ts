// Goal: what people and the bot write to GitHub reads in the page as it does there, and does nothing.
// Method: the page's own Markdown, rendered to HTML by React, of the golden postmortem and of hostile texts.
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { FrontMatter, readYaml } from "#sandbox/page/github/front-matter.tsx";
import { Markdown } from "#sandbox/page/github/markdown.tsx";
import { postmortem } from "./golden-postmortem.ts";

function render(text: string, level = 4, keepsBreaks = false): string {
  return renderToStaticMarkup(createElement(Markdown, { text, level, keepsBreaks }));
}

/** The levels of the headings, in order, and how each looks. */
function headingsOf(html: string): string[] {
  return [...html.matchAll(/<h(\d)[^>]*class="(gh-h\d)"/g)].map(
    ([, level, look]) => `${level} ${look}`,
  );
}

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, "");

describe("the postmortem", () => {
  const html = render(postmortem, 3);

  test("has its headings below the page's, without a gap", () => {
    const headings = headingsOf(html);
    expect(headings.slice(0, 3)).toEqual(["3 gh-h1", "4 gh-h2", "4 gh-h2"]);
    expect(headings.filter((one) => one.endsWith("gh-h4")).every((one) => one === "6 gh-h4")).toBe(
      true,
    );
    expect(headings).toHaveLength(postmortem.match(/^#+ /gm)?.length ?? 0);
  });

  test("has its front matter as a table, its values in it", () => {
    const front = html.slice(0, html.indexOf("</details>"));
    const fields = postmortem.slice(0, postmortem.indexOf("\n---\n")).match(/^\w+:/gm);
    expect(front).toContain(`Front matter: ${fields?.length} fields`);
    expect(front).toContain('<th scope="row">severity</th><td><bdi>SEV3</bdi></td>');
    // a list of things of one kind has a row each
    expect(front).toContain('<th scope="col">confidence</th>');
    expect(textOf(html).includes("severity_unsure: false")).toBe(false);
  });

  test("has its tables, a head without words being none", () => {
    const rows = postmortem
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^[| -]+$/.test(line));
    const front = html.slice(0, html.indexOf("</details>"));
    const all = html.match(/<tr>/g)?.length ?? 0;
    expect(all - (front.match(/<tr>/g)?.length ?? 0)).toBe(rows.length + emptyHeads);
    expect(html).not.toMatch(/<th[^>]*><\/th>/);
  });

  test("has its diagram, with its source as text", () => {
    expect(html).toContain("The diagram as text");
    expect(textOf(html)).toContain("F1 --- F2");
  });

  test("leads to the web where it links to it", () => {
    expect(html).toContain(
      '<a href="https://traces.example.com/t/7f3a" target="_blank" rel="noopener noreferrer">',
    );
  });
});
const emptyHeads = postmortem.match(/^\|  \|  \|$/gm)?.length ?? 0;

describe("as on GitHub", () => {
  test.each([
    ["<!-- faultline effect:0198 -->", ""],
    ["before <!-- a -->after", "before after"],
    ["a\n\n<!-- never closed\n\n**b**", "a"],
  ])("comments are not seen: %s", (text, seen) => {
    expect(textOf(render(text))).toBe(seen);
  });

  test("a line break is one in an issue, and none in a file", () => {
    expect(render("a\nb", 4, true)).toContain("a<br/>");
    expect(render("a\nb", 4, false)).not.toContain("<br/>");
  });

  test("tasks are boxes that say what they are", () => {
    const html = render("- [x] one\n- [ ] two");
    expect(html).toMatch(/<input type="checkbox" disabled="" aria-label="done" checked=""\/> one/);
    expect(html).toMatch(/<input type="checkbox" disabled="" aria-label="to do"\/> two/);
  });

  test.each([
    ["# a\n\n### b\n\n## c", ["4 gh-h1", "5 gh-h3", "5 gh-h2"]],
    [
      "### a\n\n# b\n\n## c\n\n###### d\n\n# e",
      ["4 gh-h3", "4 gh-h1", "5 gh-h2", "6 gh-h6", "4 gh-h1"],
    ],
    ["# a\n\n## b\n\n### c\n\n#### d", ["4 gh-h1", "5 gh-h2", "6 gh-h3", "6 gh-h4"]],
  ])("headings keep their look and leave no level out: %s", (text, headings) => {
    expect(headingsOf(render(text))).toEqual(headings);
  });

  test("footnotes of two texts do not meet", () => {
    const text = "a[^1]\n\n[^1]: b";
    const two = renderToStaticMarkup(
      createElement(
        "div",
        null,
        [0, 1].map((key) => createElement(Markdown, { key, text, level: 4, keepsBreaks: true })),
      ),
    );
    const ids = [...two.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of two.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
  });
});

describe("hostile text", () => {
  test.each([
    "<script>alert(1)</script>",
    "a <img src=x onerror=alert(1)> b",
    '<iframe src="https://example.com"></iframe>',
    "<div\nonclick=alert(1)>x</div>",
    "> <style>body{display:none}</style>",
    "- <svg onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "| a |\n| --- |\n| <b onclick=alert(1)>x</b> |",
  ])("markup is text: %s", (text) => {
    const html = render(text);
    expect(html).not.toMatch(/<(?:script|img|iframe|style|svg|b)\b/);
    expect(html).not.toMatch(/<[^>]*\son\w+=/);
    expect(textOf(html)).toContain("&lt;");
  });

  test("markup that stands alone is a paragraph", () => {
    expect(render("<div>\nx\n</div>")).toMatch(
      /<p dir="auto">&lt;div&gt;\s*x\s*&lt;\/div&gt;<\/p>/,
    );
    expect(render("- <div>")).toContain('<li dir="auto">&lt;div&gt;</li>');
  });

  test.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,hi)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](&#106;avascript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "mail@example.com",
    "[x](docs/a.md)",
    "[x](//example.com)",
  ])("only the web is linked to: %s", (text) => {
    expect(render(text)).not.toContain("<a ");
  });

  test("a picture from elsewhere is not loaded", () => {
    const html = render("![a cat](https://example.com/cat.png)");
    expect(html).not.toContain("<img");
    expect(html).toContain('href="https://example.com/cat.png"');
    expect(textOf(html)).toContain("Image: a cat");
  });

  test.each([
    [">".repeat(60_000)],
    ["- ".repeat(30_000)],
    ["1. > ".repeat(2_000)],
    ["x".repeat(200_001)],
    [Array.from({ length: 90 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n")],
  ])("what would hold the page up is shown as it stands", (text) => {
    const html = render(text);
    expect(html).toContain("Its source:");
    expect(textOf(html).length).toBeGreaterThanOrEqual(text.trim().length);
  });

  test("a huge table is one", () => {
    const row = `|${" a |".repeat(40)}\n`;
    const html = render(`${row}|${"---|".repeat(40)}\n${row.repeat(60)}`);
    expect(html.match(/<td/g)).toHaveLength(2_400);
  });

  test("each paragraph, cell and heading has its own direction", () => {
    const html = render(
      "# \u05D0\u05D1\u05D2 (1)\n\nabc \u202Edef\n\n- \u0639\u0631\u0628\u064A\n\n| \u05D0 |\n| --- |\n| b |",
    );
    for (const name of ["h4", "p", "li", "th", "td"])
      expect(html).toMatch(new RegExp(`<${name} dir="auto"`));
  });
});

describe("front matter", () => {
  const show = (yaml: string) => renderToStaticMarkup(createElement(FrontMatter, { yaml }));

  test("that cannot be read stands as it was written", () => {
    const yaml = 'a: "one\nb: [2';
    expect(show(yaml)).toContain("no YAML that can be read");
    expect(textOf(show(yaml))).toContain("b: [2");
    expect(render(`---\n${yaml}\n---\n\n# Title`)).toContain("gh-h1");
  });

  test.each([
    ["a:", '<td><span class="gh-none">none</span></td>'],
    ["a: []", '<td><span class="gh-none">none</span></td>'],
    ["a: {}", '<td><span class="gh-none">none</span></td>'],
    ["a: [1, two]", "<td><ul><li><bdi>1</bdi></li><li><bdi>two</bdi></li></ul></td>"],
    ["a: {b: true}", '<th scope="row">b</th><td><bdi>true</bdi></td>'],
    ["a: <script>", "<bdi>&lt;script&gt;</bdi>"],
    ["a: 2026-03-09T09:20:00Z", "<bdi>2026-03-09T09:20:00Z</bdi>"],
    ["a: [{b: 1}, {c: 2}]", '<th scope="col">b</th><th scope="col">c</th>'],
  ])("%s", (yaml, html) => {
    expect(show(yaml)).toContain(html);
  });

  test.each([
    ["within itself", "a: &x [*x]"],
    ["deep", `a: ${"[".repeat(500)}${"]".repeat(500)}`],
    ["deeper than can be read", `a: ${"[".repeat(8_000)}`],
    [
      "many times over",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g", "h"].map((key, index) => `${key}: &${key} [${`*${"abcdefg"[index]},`.repeat(9)}]`).join("\n")}`,
    ],
  ])("a value %s ends", (_name, yaml) => {
    expect(show(yaml).length).toBeLessThan(500_000);
  });

  test("a document of one word is one field, an empty one nothing", () => {
    expect(show("word")).toContain("1 field");
    expect(show("# a comment")).toBe("");
    expect(readYaml("a: 1")).toEqual({ ok: true, value: { a: 1 } });
  });
});
