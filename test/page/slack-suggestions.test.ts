/**
 * Goal: what the message box offers is what can be written there, and picking it leaves the rest as it is.
 * Method: texts with a cursor in them, against a small workspace; the hint is that of manifest.yml's form.
 */
import { describe, expect, test } from "vitest";
import {
  commandOf,
  type Known,
  longestMessage,
  subcommandsOf,
  suggest,
  tooLong,
  unknownCommand,
} from "#sandbox/page/slack/suggestions.ts";

const known: Known = {
  commands: [
    {
      command: "/incident",
      description: "Declare an incident",
      usageHint: "declare | status | details [id] | action | actions | <text> | help",
    },
    { command: "/inventory", description: "Something else", usageHint: "" },
  ],
  people: [
    { name: "owner_model", realName: "owner_model" },
    { name: "owner_data", realName: "Dana Data" },
  ],
  channels: [{ name: "general" }, { name: "inc-1-old-rule" }],
};
const offered = (text: string, cursor = text.length) =>
  suggest(text, cursor, known)?.items.map(({ label }) => label);

describe("the command word", () => {
  test("is offered from the first slash on", () => {
    expect(offered("/")).toEqual(["/incident", "/inventory"]);
    expect(offered("/INC")).toEqual(["/incident"]);
    expect(offered("/nothing")).toBeUndefined();
  });
  test("is offered at the beginning only", () => {
    expect(offered("and /inc")).toBeUndefined();
  });
  test("replaces the whole word, wherever the cursor is in it", () => {
    expect(suggest("/incxyz rest", 4, known)).toMatchObject({ from: 0, to: 7, isEager: true });
  });
  test("is told from a message, and a wrong one gets Slack's sentence", () => {
    expect(commandOf("/incident status")).toBe("/incident");
    expect(commandOf("either/or")).toBeUndefined();
    expect(unknownCommand("/incident", known)).toBeUndefined();
    expect(unknownCommand("/incidnt", known)).toBe(
      "/incidnt is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.",
    );
  });
});

describe("what follows the command word", () => {
  test("is read off the usage hint", () => {
    expect(subcommandsOf(known.commands[0]?.usageHint ?? "")).toEqual([
      "declare",
      "status",
      "details",
      "action",
      "actions",
      "help",
    ]);
    expect(subcommandsOf("")).toEqual([]);
  });
  test("is offered all at once, and by its beginning", () => {
    expect(offered("/incident ")).toHaveLength(6);
    expect(offered("/incident de")).toEqual(["declare", "details"]);
    expect(offered("/incident DE")).toEqual(["declare", "details"]);
  });
  test("is not offered once it is written, nor behind it: Enter sends", () => {
    expect(offered("/incident action")).toBeUndefined();
    expect(offered("/incident declare Old rule")).toBeUndefined();
    expect(suggest("/incident de", 12, known)?.isEager).toBe(false);
  });
  test("is offered for this command alone", () => {
    expect(offered("/inventory ")).toBeUndefined();
    expect(offered("/other ")).toBeUndefined();
  });
});

describe("people and channels", () => {
  test("are offered behind their sign, by handle or by name", () => {
    expect(offered("ask @own")).toEqual(["@owner_model", "@owner_data"]);
    expect(offered("ask @dana")).toEqual(["@owner_data"]);
    expect(offered("see #inc")).toEqual(["#inc-1-old-rule"]);
    expect(offered("/incident role driver @owner_m")).toEqual(["@owner_model"]);
  });
  test("replace what was typed of them", () => {
    expect(suggest("ask @own now", 8, known)).toMatchObject({ kind: "person", from: 4, to: 8 });
  });
  test("are not offered within a word: that is an address", () => {
    expect(offered("me@own")).toBeUndefined();
    expect(offered("a#gen")).toBeUndefined();
  });
});

describe("a huge text", () => {
  const huge = "a @b ".repeat(200_000);
  test("is told to be too long, with what can be done", () => {
    expect(tooLong("a".repeat(longestMessage))).toBeUndefined();
    expect(tooLong(huge)).toBe(
      "This has 1,000,000 characters; a message takes 40,000. Shorten it, or send it as a text file.",
    );
  });
  test("is not searched through at every key", () => {
    const begin = performance.now();
    for (let n = 0; n < 1_000; n += 1) suggest(huge, huge.length, known);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});
