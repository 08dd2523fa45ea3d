// Goal: a change that nobody declared is told so that whoever knows of it can declare it at once.
// Method: golden files; hostile values by hand.

import { expect, test } from "vitest";
import type { LedgerChange } from "#src/domain/ledger/ledger.ts";
import { parseChange } from "#src/domain/ledger/declared-change.ts";
import { renderUndeclaredChange } from "#views/messages/undeclared-change.ts";
import { messageFaults } from "#test/support/block-kit-limits.ts";
import { at } from "#test/support/factories.ts";
import { expectGolden } from "#test/support/golden.ts";

const change = (facts: Partial<LedgerChange> = {}): LedgerChange => ({
  key: "pin:12",
  at: at("17:05"),
  until: null,
  kind: "model_rollout",
  layer: "model",
  summary: "gpt-4o-03-27 → gpt-4o-04-25",
  link: null,
  isDeclared: false,
  source: "telemetry",
  declaredBy: null,
  pin: "model.served",
  fromValues: ["gpt-4o-03-27"],
  toValue: "gpt-4o-04-25",
  seen: { requests: 12, of: 9_800 },
  ...facts,
});
const by = { service: "assistant", telemetryName: "assistant-api", botCommand: "/incident" };

test("it says what changed, from what to what, since when, and what to send", () => {
  expectGolden("views/message-undeclared-change", renderUndeclaredChange(change(), by));
});

test("many values before, none known, and values full of markup are told within the limits", async () => {
  const hostile = "<!channel> *x* ".repeat(13);
  const messages = [
    change({ fromValues: Array.from({ length: 9 }, (_, nth) => `v${nth}`), seen: null }),
    change({ fromValues: [], pin: "app.index.version", layer: "retrieval_data" }),
    change({ fromValues: [hostile], toValue: hostile }),
  ].map((one) => renderUndeclaredChange(one, { ...by, service: hostile, telemetryName: hostile }));
  expect(messages.flatMap(messageFaults)).toEqual([]);
  expect(messages.map(({ text }) => text).filter((text) => text.includes("<!channel>"))).toEqual(
    [],
  );
  expect(messages[0]?.text).toContain("v0, v1, v2 and 6 more → gpt-4o-04-25");
});

test("what it says to send is taken as a declared change", () => {
  const { blocks } = renderUndeclaredChange(change(), by);
  const code = JSON.stringify(blocks.at(-1)).match(/"text":"(\{.*\})"/)?.[1] ?? "";
  const body = JSON.parse(JSON.parse(`"${code}"`) as string) as unknown;
  expect(parseChange(body, at("18:00"))).toMatchObject({
    ok: true,
    value: { service: "assistant-api", layer: "model", sets: { "model.served": "gpt-4o-04-25" } },
  });
});
