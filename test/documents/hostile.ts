/** Text as people should not write it, and what must not stay alive of it in GitHub Markdown. */
import fc from "fast-check";

const fragments = [
  "@octocat",
  "@acme/security",
  "a@example.com",
  "fixes #12",
  "Closes acme/repo#3",
  "resolves GH-7",
  "fixes https://github.com/acme/repo/issues/3",
  "https://github.com/acme/repo/pull/4#issuecomment-1",
  "https://example.com/a_b?x=1&y=2#3",
  "<!-- faultline effect:3f1c2a9e-0000-4000-8000-000000000001 -->",
  "<!--",
  "-->",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "![x](https://evil.example/pixel.png)",
  "[click](javascript:alert(1))",
  "[ref]: https://evil.example",
  "| a | b |",
  "|",
  "\\|",
  "\\",
  "```",
  "`code`",
  "~~~",
  "# heading",
  "\n# heading\n",
  "\n---\n",
  "\n===\n",
  "\n> quote",
  "\n- [ ] task",
  "\n1. one",
  "***bold***",
  "__init__",
  "user_id",
  "$5 and $6",
  "&lt;b&gt;",
  "&#64;octocat",
  "[skip ci]",
  "\u202Eevil",
  "<!channel>",
  "<@U123|actor>",
  "שלום",
  "👩‍👩‍👧",
  "\u2028",
  "\u0007",
  "\uD800",
  "no",
  "2026-03-09",
  "x",
  " ",
];

/** Up to 3,000 UTF-16 units, the limit of a form; never blank. */
export const hostileText = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc
        .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 12 })
        .map((parts) => parts.join("")),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 6 })
        .map((parts) => parts.join(" ")),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 60 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...fragments).map((part) => part.repeat(3000).slice(0, 3000)),
    },
  )
  .map((text) => (text.trim() === "" ? "x" : text));

/** What of a Markdown text would act on GitHub: mentions, references, HTML, images, active links. Code spans do not. */
export function liveParts(markdown: string): string[] {
  const text = markdown
    // what a backslash escapes is only itself
    .replaceAll(/\\[!-/:-@[-`{-~]/g, "\u0000")
    // in a code span and in an address nothing is read
    .replaceAll(/`[^`\n]+`/g, "")
    .replaceAll(/<https?:\/\/[^\s<>]*>/g, "");
  const patterns = [
    /(?<![a-z0-9])@[a-z0-9]\S{0,20}/gi,
    /#\d+/g,
    /\bgh-\d+/gi,
    /<[a-z/!?].{0,20}/gi,
    /!\[/g,
    /`/g,
    /\]\([^)\n]{1,20}/g,
    /\/(?:issues|pull|discussions)\/\w+/gi,
  ];
  const shown = text.replaceAll("&#8203;", "\u200B");
  return [...patterns.flatMap((pattern) => shown.match(pattern) ?? []), ...underlines(shown)];
}

/** A line of "=" right under another one would make that a heading. */
function underlines(text: string): string[] {
  const lines = text.split("\n");
  return lines.filter(
    (line, index) => /^>? ?=+$/.test(line) && !/^>?\s*$/.test(lines[index - 1] ?? ""),
  );
}
