/**
 * Goal: links of the sandbox's own lead to a place in the page, and every other one leaves it.
 * Method: addresses as Slack and GitHub write them, and some that only look like them.
 */
import { describe, expect, test } from "vitest";
import { permalink, placeOf } from "#sandbox/page/slack/links.ts";

const known = {
  teamName: "Example & Sons",
  gitHubUrls: ["http://127.0.0.1:4001/example/incidents/issues/1"],
};
const message = { channel: "C1", ts: "1795286016.130000" };

describe("the address of a message", () => {
  test("is Slack's, and leads back to it", () => {
    const link = permalink("Example & Sons", message);
    expect(link).toBe("https://example-sons.slack.com/archives/C1/p1795286016130000");
    expect(placeOf(link, known)).toEqual({ at: "C1", message: message.ts });
  });
  test("names its thread, where it is an answer", () => {
    const link = permalink("Example & Sons", { ...message, threadTs: "1795286000.000100" });
    expect(placeOf(link, known)).toEqual({
      at: "C1",
      message: message.ts,
      thread: "1795286000.000100",
    });
    expect(permalink("Example", { ...message, threadTs: message.ts })).not.toContain("thread_ts");
  });
});

describe("a link", () => {
  test("to a channel opens it", () => {
    expect(placeOf("https://example-sons.slack.com/archives/C1", known)).toEqual({ at: "C1" });
    expect(placeOf("slack://channel?team=T1&id=C1", known)).toEqual({ at: "C1" });
    expect(placeOf("https://app.slack.com/client/T0000000001/C1", known)).toEqual({ at: "C1" });
  });
  test("to an issue of the sandbox opens it beside", () => {
    const [url = ""] = known.gitHubUrls;
    expect(placeOf(url, known)).toEqual({ pane: "github", open: url });
    expect(placeOf(`${url}#issuecomment-1`, known)).toEqual({ pane: "github", open: url });
  });
  test("to anywhere else is not the page's", () => {
    for (const url of [
      "http://127.0.0.1:4001/example/incidents/issues/10",
      "https://other.slack.com/archives/C1",
      "https://example-sons.slack.com/home",
      "https://example-sons.slack.com.evil.example/archives/C1",
      "slack://user?id=U1",
      "https://app.slack.com/client/T1/U1",
      "javascript:alert(1)",
      "no address",
    ]) {
      expect(placeOf(url, known), url).toBeUndefined();
    }
  });
});
