/**
 * Goal: whatever the bot shows is drawn whole: no text of its payloads is missing, and every control is
 * named.
 * Method: each golden file is drawn by react-dom/server and compared with the texts in its JSON.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plainTextOf } from "#sandbox/page/kit/text.tsx";
import {
  danglingIds,
  drawnPayload,
  type GoldenPayload,
  shownText,
  unnamedControls,
} from "./kit-parts.ts";

const folder = new URL("../golden/views/", import.meta.url);
const files = readdirSync(folder);

test("there are golden files", () => {
  expect(files.length).toBeGreaterThan(100);
});

describe.each(files)("%s", (file) => {
  const payload = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as GoldenPayload;
  const html = drawnPayload(payload);

  test("shows every text", () => {
    const shown = shownText(html);
    for (const text of plainTexts(payload)) expect(shown).toContain(text);
    for (const word of mrkdwnWords(payload.blocks)) expect(shown).toContain(word);
  });

  test("draws every block, and names every control", () => {
    expect(html).not.toContain("bk-not-drawn");
    expect(unnamedControls(html)).toEqual([]);
    expect(danglingIds(html)).toEqual([]);
  });
});

/** What a placeholder says is an attribute. */
function plainTexts(value: unknown, field = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => plainTexts(item));
  if (typeof value !== "object" || value === null || field === "placeholder") return [];
  const { type, text } = value as Record<string, unknown>;
  if (type === "plain_text" && typeof text === "string") return [plainTextOf({ text })];
  return Object.entries(value).flatMap(([key, item]) => plainTexts(item, key));
}

/** Words outside of angle brackets, without what marks them. */
function mrkdwnWords(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnWords);
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as Record<string, unknown>;
  if (type === "mrkdwn" && typeof text === "string") {
    return text.replaceAll(/<[^>]*>|&\w+;/g, " ").match(/[a-z]{3,}/gi) ?? [];
  }
  return Object.values(value).flatMap(mrkdwnWords);
}
