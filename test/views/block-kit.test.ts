// Goal: nothing a person typed can format, link, mention or break what we send.
// Method: examples at the edges, then any text at all.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  dateTime,
  escapeMrkdwn,
  linkTo,
  mention,
  mentionChannel,
  mentionGroup,
  mrkdwn,
  oneLine,
  plain,
  section,
  truncate,
  truncateMrkdwn,
} from "#views/block-kit.ts";

test("what is put into markup is escaped once, and markup stays markup", () => {
  const text = mrkdwn`${mention("U1")} says ${"a < b && <!channel>"}`;
  expect(text.mrkdwn).toBe("<@U1> says a &lt; b &amp;&amp; &lt;!channel&gt;");
  expect(mrkdwn`${text}`.mrkdwn).toBe(text.mrkdwn);
});

test("what is no id of Slack's is never made a mention of", () => {
  const hostile = "platform> <!channel";
  expect([mention(hostile), mentionGroup(hostile), mentionChannel(hostile)]).toEqual(
    Array.from({ length: 3 }, () => ({ mrkdwn: "platform&gt; &lt;!channel" })),
  );
  expect(mention("W012A3CDE").mrkdwn).toBe("<@W012A3CDE>");
  expect(mentionGroup("S012A3CDE").mrkdwn).toBe("<!subteam^S012A3CDE>");
  expect(mentionChannel("C012A3CDE").mrkdwn).toBe("<#C012A3CDE>");
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(mention(text).mrkdwn).toMatch(/^(?:<@[A-Z0-9]+>|[^<>]*)$/);
    }),
  );
});

test("a text of ours is markup that is verbatim, a text of people's is plain", () => {
  expect(section(mrkdwn`*Next*`).text).toEqual({ type: "mrkdwn", text: "*Next*", verbatim: true });
  expect(section("*Next*").text).toEqual({ type: "plain_text", text: "*Next*" });
});

test("a blank text becomes one that Slack takes", () => {
  expect(plain(" ").text).toBe("(blank)");
});

test("a link keeps its own address, whatever is in it", () => {
  expect(linkTo("https://x.example/a|b>c?d=<e>&f=1", "issue | 1").mrkdwn).toBe(
    "<https://x.example/a%7Cb%3Ec?d=%3Ce%3E&amp;f=1|issue / 1>",
  );
});

test("a cut never splits a pair of surrogates, an escape, a mention or a date", () => {
  expect(truncate("ab😀cd", 4)).toBe("ab…");
  expect(truncateMrkdwn(mrkdwn`ab${"<"}cd`, 5).mrkdwn).toBe("ab…");
  expect(truncateMrkdwn(mrkdwn`ab${mention("U12345")}cd`, 8).mrkdwn).toBe("ab…");
  expect(truncateMrkdwn(mrkdwn`${dateTime(new Date(0))}, and more`, 20).mrkdwn).toBe("…");
});

test("right-to-left words keep to themselves inside a sentence", () => {
  expect(oneLine("الإجابة\nخاطئة")).toBe("\u2068الإجابة خاطئة\u2069");
  expect(oneLine("plain\n words")).toBe("plain words");
});

test("any text, cut at any length, stays within it and holds only whole characters and escapes", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.integer({ min: 2, max: 40 }),
      (text, max) => {
        const cut = truncate(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        expect(text === cut || cut.endsWith("…")).toBe(true);
        const escaped = truncateMrkdwn(mrkdwn`${text}`, max).mrkdwn;
        expect(escaped.length).toBeLessThanOrEqual(max);
        expect(escaped.replaceAll(/&(?:amp|lt|gt);/g, "")).not.toMatch(/[&<>]/);
      },
    ),
  );
});

test("an escaped text, read back as Slack reads it, is the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const read = escapeMrkdwn(text)
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&");
      expect(read).toBe(text);
    }),
  );
});
