/**
 * Goal: mrkdwn reads as in Slack, and nothing that people type gets lost or becomes anything but text.
 * Method: tables of what is written and what is shown, drawn by react-dom/server; properties over any text,
 * escaped as Slack escapes it and raw.
 */
import fc from "fast-check";
import { createElement } from "react";
import { describe, expect, test } from "vitest";
import { type Inline, parseMrkdwn, type Part } from "#sandbox/page/kit/mrkdwn.ts";
import { Mrkdwn, Plain, TextBlock } from "#sandbox/page/kit/text.tsx";
import { drawn, shownText } from "./kit-parts.ts";

function html(text: string, verbatim = false): string {
  return drawn(createElement(Mrkdwn, { text, verbatim }));
}

/** Marks what is formatted: b(…), i(…), s(…), c(…), q[…], p[…]. */
function outline(text: string, linksBare = true): string {
  return parseMrkdwn(text, { linksBare }).map(partOutline).join("");
}

function partOutline(part: Part): string {
  if (part.is === "quote") return `q[${part.children.map(partOutline).join("")}]`;
  const inside = part.children.map(inlineOutline).join("");
  return part.is === "pre" ? `p[${inside}]` : inside;
}

function inlineOutline(inline: Inline): string {
  const inside = () => ("children" in inline ? inline.children.map(inlineOutline).join("") : "");
  switch (inline.is) {
    case "text":
      return inline.text;
    case "emoji":
      return inline.character;
    case "bold":
    case "italic":
    case "strike":
    case "code":
      return `${inline.is.charAt(0)}(${inside()})`;
    case "link":
      return `link(${inline.url}|${inline.label})`;
    case "broadcast":
      return `@${inline.range}`;
    case "date":
      return `date(${inline.timestamp}|${inline.format})`;
    default:
      return `${inline.is}(${inline.id})`;
  }
}

describe("formatting is read as Slack reads it", () => {
  test.each([
    ["plain", "plain"],
    ["*bold*", "b(bold)"],
    ["_italic_ ~strike~", "i(italic) s(strike)"],
    ["`code`", "c(code)"],
    ["*_both_*", "b(i(both))"],
    ["a *b c* d", "a b(b c) d"],
    ["(*b*).", "(b(b))."],
    // only at a word's border
    ["2*3*4", "2*3*4"],
    ["snake_case_name", "snake_case_name"],
    ["a*b*", "a*b*"],
    ["*b*c", "*b*c"],
    ["* b*", "* b*"],
    ["*b *", "*b *"],
    ["**", "**"],
    ["**b**", "**b**"],
    ["*b", "*b"],
    // not over lines
    ["*a\nb*", "*a\nb*"],
    // nothing in code
    ["`*a* _b_ :tada:`", "c(*a* _b_ :tada:)"],
    ["*a `b* c`*", "b(a c(b* c))"],
    ["a`b`", "a`b`"],
    ["``", "``"],
    ["```*a*\n b```", "p[*a*\n b]"],
    ["before\n```\ncode\n```\nafter", "beforep[code]after"],
    ["``` no end", "``` no end"],
    ["``````", "``````"],
    ["&gt; said", "q[said]"],
    ["> said\n> twice\nanswer", "q[said\ntwice]answer"],
    ["&gt;&gt;&gt; all\nof *it*", "q[all\nof b(it)]"],
    ["a > b", "a > b"],
    ["• one\n• two", "• one\n• two"],
    [":tada: :no_such_emoji:", "🎉 :no_such_emoji:"],
    [":wave::skin-tone-3:", "👋🏼"],
    ["at 10:30:45", "at 10:30:45"],
  ])("%j", (written, shown) => {
    expect(outline(written)).toBe(shown);
  });
});

describe("references are read as Slack reads them", () => {
  test.each([
    ["<@U0ANA> <@U0ANA|a>", "user(U0ANA) user(U0ANA)"],
    ["<#C0OPS|ops>", "channel(C0OPS)"],
    ["<!subteam^S0DATA>", "group(S0DATA)"],
    ["<!here> <!channel|x>", "@here @channel"],
    [
      "<https://example.com/a?b=1&amp;c=2|see &lt;it&gt;>",
      "link(https://example.com/a?b=1&c=2|see <it>)",
    ],
    ["<https://example.com>", "link(https://example.com|https://example.com)"],
    ["<mailto:a@example.com>", "link(mailto:a@example.com|a@example.com)"],
    ["*<https://example.com|b>*", "b(link(https://example.com|b))"],
    ["<!date^1773048000^{date} at {time}|x>", "date(1773048000|{date} at {time})"],
    // nothing of the kind: text
    ["<javascript:alert(1)|press>", "<javascript:alert(1)|press>"],
    ["<data:text/html,x>", "<data:text/html,x>"],
    ["<b>", "<b>"],
    ["<!date^soon^{date}|x>", "<!date^soon^{date}|x>"],
    ["<>", "<>"],
    [
      "see https://example.com/a_b_c.",
      "see link(https://example.com/a_b_c|https://example.com/a_b_c).",
    ],
    ["(https://example.com/a)", "(link(https://example.com/a|https://example.com/a))"],
    ["xhttps://example.com", "xhttps://example.com"],
  ])("%j", (written, shown) => {
    expect(outline(written)).toBe(shown);
  });

  test("a verbatim text has no links but those that are written as such", () => {
    expect(outline("https://example.com <https://example.com|a>", false)).toBe(
      "https://example.com link(https://example.com|a)",
    );
  });

  test.each([
    ["<@U0ANA>", "@ana"],
    ["<@U0GONE>", "@U0GONE"],
    ["<@U0GONE|eve>", "@eve"],
    ["<#C0OPS>", "#ops"],
    ["<!subteam^S0DATA>", "@data-team"],
    ["<!date^1773048000^{date_short_pretty} at {time}|x>", "Today at 10:20"],
    ["<!date^1773048000^Due {date_num}|x>", "Due 2026-03-09"],
  ])("%j is shown as %j", (written, shown) => {
    expect(shownText(html(written))).toBe(shown);
  });

  test("only an address that a person may be sent to is a link, and it leads nowhere else", () => {
    expect(html("<https://example.com|a>")).toContain(
      '<a class="bk-link" href="https://example.com" target="_blank" rel="noopener noreferrer">',
    );
    expect(html("<javascript:alert(1)|a> <https://x|javascript:a>")).not.toMatch(/href="j/);
  });
});

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc
    .array(
      fc.constantFrom(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<javascript:alert(1)|x>",
        "<@U0ANA|",
        "<https://example.com|",
        "```",
        "`",
        "*",
        "_",
        "~",
        "> ",
        "\n",
        " ",
        "a",
        "\u202E",
        "\u200B",
        "&lt;",
        "&amp;amp;",
        ":tada:",
        "\u0000",
        "\uD800",
      ),
      { maxLength: 30 },
    )
    .map((pieces) => pieces.join("")),
);
const tags = /^<\/?(?:div|strong|em|s|code|pre|blockquote|a|span|time|bdi|p)[ >]/;

describe("any text survives", () => {
  test("no letter of an escaped text gets lost, and none is added", () => {
    fc.assert(
      fc.property(hostile, (typed) => {
        const escaped = typed
          .replaceAll("&", "&amp;")
          .replaceAll("<", "&lt;")
          .replaceAll(">", "&gt;");
        expect(letters(shownText(html(escaped)))).toBe(letters(typed));
      }),
      { numRuns: 500 },
    );
  });

  test("a hostile text makes no element but those of formatting, and no attribute of its own", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const written = html(text);
        for (const tag of written.match(/<[^>]*>/g) ?? []) expect(tag).toMatch(tags);
        expect(written).not.toMatch(/<[^>]*\s(?:on\w+|src|srcdoc)=/i);
        expect(written).not.toMatch(/href="(?!https?:|mailto:)/i);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["marks without an end", "*a _b ~c ".repeat(5_000)],
    ["marks with an end", "*a* _b_ ~c~ ".repeat(3_500)],
    ["fences", "``` ".repeat(10_001)],
    ["brackets", "<".repeat(40_000)],
    ["references without an end", "<https://example.com|".repeat(2_000)],
    ["dots behind an address", `https://example.com/${".".repeat(40_000)}b`],
    ["colons", ":a".repeat(20_000)],
  ])("a huge paste is read at once: %s", (_, text) => {
    const before = performance.now();
    parseMrkdwn(text);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test("a huge text scrolls in a box that has the focus in its turn", () => {
    const block = (text: string) =>
      drawn(createElement(TextBlock, { text: { type: "plain_text", text } }));
    expect(block("a".repeat(4_001))).toContain('tabindex="0"');
    expect(block("a".repeat(4_000))).not.toContain("tabindex");
  });
});

describe("plain text is not read", () => {
  test.each([
    [
      "*a* <@U0ANA> &amp; <https://example.com|b>",
      undefined,
      "*a* <@U0ANA> &amp; <https://example.com|b>",
    ],
    [":tada: done", undefined, "🎉 done"],
    [":tada: done", true, "🎉 done"],
    [":tada: done", false, ":tada: done"],
    ["<b>\u202Edetcerid</b>", undefined, "<b>\u202Edetcerid</b>"],
  ])("%j, emoji %s", (text, emoji, shown) => {
    const given = emoji === undefined ? { text } : { text, emoji };
    const written = drawn(createElement(Plain, { text: given }));
    expect(shownText(written)).toBe(shown);
    // what turns the direction of text ends with it
    expect(written).toMatch(/^<bdi/);
  });
});

/** What is no markup: marks may go, and emoji are other letters than their names. */
function letters(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(":tada:", "🎉")
    .replaceAll("\u0000", "\uFFFD")
    .replaceAll(/[*_~`>\s\uFFFD]/g, "");
}
