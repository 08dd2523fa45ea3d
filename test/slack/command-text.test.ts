// Goal: what somebody typed after the slash command is stored as they wrote it.
// Method: Slack's escaped form in, the text out.

import { expect, test } from "vitest";
import { readCommandText } from "#src/slack/command-text.ts";

test.each([
  ["ask <@U012AB|owner_model> in <#C012AB|incidents>", "ask @owner_model in #incidents"],
  ["see <https://traces.example.com/a?b=1&amp;c=2>", "see https://traces.example.com/a?b=1&c=2"],
  ["see <https://a.example|a.example>", "see https://a.example"],
  ["p &lt; 0.05 &amp;amp; q &gt; 1", "p < 0.05 &amp; q > 1"],
  ["&lt;!channel&gt; &lt;@U012AB|x&gt;", "<!channel> <@U012AB|x>"],
  ["<@U012AB>", "<@U012AB>"],
])("%j reads %j", (escaped, text) => {
  expect(readCommandText(escaped)).toBe(text);
});
