/** Somebody whom only hostile text mentions. */
const mentioned = "U0MENTIONED";

/** What is typed into a field of so many characters: everything that could act somewhere, and exactly as long as it may be. */
export function hostileText(field: string, max: number): string {
  if (field.endsWith(".link")) return "https://example.com/?q=<!channel>|`x`&#64;octocat";
  const lines = max >= 3000 ? "\n# heading\n---\n> quote\n\n- [ ] task\n" : " ";
  const nasty = `😀👩‍👩‍👧 \u202Eright to left שלום <!channel> <!here> <@${mentioned}> <https://evil.example|click> @channel @octocat #12 fixes #12 \`code\` \`\`\`fence\`\`\` a|b *b* _i_ ~s~ &amp; &#64;x <!-- x --> <script>alert(1)</script> ![x](https://evil.example/p.png) $& {{x}} \\ "quoted" '$1'${lines}`;
  const start = "Start: the nightly index job fails when a document is skipped. ";
  const text = (start + nasty.repeat(Math.ceil(max / nasty.length))).slice(0, max - 1);
  return `${text.replace(/[\uD800-\uDBFF]$/, "x")}.`.replace(/\s\.$/, "x.");
}

/** What of messages' markup would act in Slack and is not the bot's own: notifications to all, mentions of whom the bot never mentions, links. */
export function liveMrkdwn(messages: readonly { text: string; blocks: unknown }[]): string[] {
  const texts: string[] = [];
  const collect = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(collect);
    if (typeof node !== "object" || node === null) return;
    const { type, text } = node as { type?: string; text?: unknown };
    if (type === "mrkdwn") texts.push(String(text));
    Object.values(node).forEach(collect);
  };
  for (const { text, blocks } of messages) {
    texts.push(text);
    collect(blocks);
  }
  const own = /^<(@U|#C|!date\^\d+\^|!subteam\^|http:\/\/127\.0\.0\.1)/;
  return texts.flatMap((text) =>
    (text.match(/<[^>]*>?/g) ?? []).filter(
      (token) => !own.test(token) || token.includes(mentioned),
    ),
  );
}

/** A document without its front matter, the bot's own marker and its links to the issues that it filed. */
export function withoutOurs(document: string): string {
  return (
    document
      .replace(/^---\n[^]*?\n---\n/, "")
      // the fences of our diagrams; what stands in them is looked at
      .replaceAll(/^```mermaid\n([^]*?)^```$/gm, "$1")
      .replaceAll(/<!-- faultline[^>]*-->/g, "")
      .replaceAll(/http:\/\/127\.0\.0\.1:\d+\/[\w/-]+/g, "https://ours")
  );
}

/** The YAML that a postmortem opens with. */
export function frontMatterOf(postmortem: string): string {
  return /^---\n([^]*?\n)---\n/.exec(postmortem)?.[1] ?? "";
}
