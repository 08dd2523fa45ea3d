/**
 * Goal: text of people's stands in GitHub Markdown as it was typed, and nothing of it acts.
 * Method: a table of what each kind of text becomes, then hostile text from a generator, searched for
 * whatever would be alive on GitHub.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, inline, link, plainLine, quote, table } from "#src/documents/github-markdown.ts";
import { effectMarker, readMarker } from "#src/documents/marker.ts";
import { hostileText, liveParts } from "./hostile.ts";

const escaped: [typed: string, markdown: string][] = [
  [
    "plain words stay as they are, with (brackets) & a 5 %",
    "plain words stay as they are, with (brackets) & a 5 %",
  ],
  ["p < 0.05 and 60 a day", "p < 0.05 and 60 a day"],
  ["user_id of __init__", "user_id of \\_\\_init\\_\\_"],
  ["thanks @octocat", "thanks @&#8203;octocat"],
  ["mail a@example.com", "mail a@example.com"],
  ["Fixes #12, acme/repo#3 and GH-7", "Fixes #&#8203;12, acme/repo#&#8203;3 and GH-&#8203;7"],
  [
    "closes https://github.com/acme/repo/issues/3.",
    "closes `https://github.com/acme/repo/issues/3`.",
  ],
  ["see https://example.com/a_b?c=1, then", "see <https://example.com/a_b?c=1>, then"],
  ["closes github.com/acme/repo/pull/3", "closes github.com/acme/repo/pull/&#8203;3"],
  ["<b>bold</b>", "&lt;b>bold&lt;/b>"],
  ["<!-- faultline effect:1 -->", "&lt;!-- faultline effect:1 --&gt;"],
  ["![x](y) and [z](w)", "!\\[x\\](y) and \\[z\\](w)"],
  ["`code` and ```", "\\`code\\` and \\`\\`\\`"],
  ["$5 and $6", "\\$5 and \\$6"],
  ["&lt; AT&T", "&amp;lt; AT&T"],
  ["# head", "\\# head"],
  ["> quoted", "\\> quoted"],
  ["- item", "\\- item"],
  ["-5 % of all", "-5 % of all"],
  ["1. first", "1\\. first"],
  ["~60 a day, not ~~80~~", "~60 a day, not \\~\\~80\\~\\~"],
  ["two\nlines\r\nand\u2028three", "two lines and three"],
  ["\u202Eturned\u0007", "turned"],
  ["שלום 👩‍👩‍👧", "שלום 👩‍👩‍👧"],
];

test.each(escaped)("%j is written as %j", (typed, markdown) => {
  expect(inline(typed)).toBe(markdown);
});

test("A quote keeps the lines of a text, each a paragraph of its own", () => {
  expect(quote("first\n===\n\n# second\n")).toBe("> first\n>\n> ===\n>\n> \\# second");
  expect(quote(" \n ")).toBe("> (nothing)");
});

test("A pipe ends no cell, not behind a backslash either", () => {
  expect(table(["a"], [[inline("x | y")], [inline("x \\| y")]])).toBe(
    "| a |\n| --- |\n| x \\| y |\n| x \\\\\\| y |",
  );
});

test("A title mentions nobody, refers to nothing, skips no checks, and is cut at its limit", () => {
  expect(plainLine("fixes #1 for @octocat [skip ci]\nx", 256)).toBe(
    "fixes #\u200B1 for @\u200Boctocat [\u200Bskip ci] x",
  );
  expect(plainLine("a".repeat(300), 256)).toBe(`${"a".repeat(255)}…`);
  expect(cut("ab👩c", 4)).toBe("ab…");
});

test("Only http and https addresses become links, and nothing in them ends the link", () => {
  expect(link("open", "https://example.com/a b)>c")).toBe(
    "[open](<https://example.com/a%20b)%3Ec>)",
  );
  expect(link("open", "javascript:alert(1)")).toBeUndefined();
  expect(link("open", "not an address")).toBeUndefined();
});

test("A body is recognised by the marker it ends with, and by no other", () => {
  expect(readMarker(`text\n\n${effectMarker("id-1")}\n`)).toBe("id-1");
  expect(readMarker(`${effectMarker("id-1")}\nmore text`)).toBeUndefined();
  expect(readMarker(`say ${effectMarker("id-1")}`)).toBeUndefined();
});

test("Whatever is typed, one line of it is one line, and nothing in it is alive", () => {
  fc.assert(
    fc.property(hostileText, (typed) => {
      const line = inline(typed);
      expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
      expect(liveParts(line)).toEqual([]);
      expect(liveParts(quote(typed))).toEqual([]);
      expect(line).not.toContain("<!--");
      expect(line).not.toMatch(/^(?:#{1,6}|>|[-+*]|\d+[.)])(?:\s|$)/);
      // escapes make it longer within bounds, so that bodies stay under GitHub's limit
      expect(line.length).toBeLessThanOrEqual(typed.length * 4.5 + 16);
    }),
    { numRuns: 500 },
  );
});

test("Words without a sign in them are never changed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[\p{L}\p{N}]+$/u), { minLength: 1, maxLength: 8 }),
      (words) => {
        fc.pre(!words.some((word) => /^gh/i.test(word)));
        const text = words.join(" ");
        expect(inline(text)).toBe(text);
      },
    ),
  );
});
