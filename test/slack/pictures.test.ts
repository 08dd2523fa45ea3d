/**
 * Goal: an image reaches Slack in its three steps, with the text that stands for it under the name that Slack
 * reads, and without the bot's token where it is not asked for.
 * Method: the client against a Web API of the test's own, which also takes the upload.
 */
import { expect, test } from "vitest";
import { createSlackApi } from "#src/slack/client.ts";
import { type Answer, refuse, startFakeSlack } from "./fake-slack.ts";

const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1]);

/** A Slack that takes uploads; `taken` answers for the bytes. */
async function slackThatTakes(taken: Answer, first?: Answer) {
  const at = { base: "" };
  const fake = await startFakeSlack({
    "files.getUploadURLExternal":
      first ?? (() => ({ ok: true, file_id: "F1", upload_url: `${at.base}/upload/F1` })),
    F1: taken,
    "files.completeUploadExternal": () => ({ ok: true, files: [{ id: "F1" }] }),
  });
  at.base = new URL(fake.apiUrl).origin;
  const api = createSlackApi({ token: "xoxb-1", apiUrl: fake.apiUrl, timeoutMs: 2_000 });
  const upload = () =>
    api.uploadPicture("C1", {
      filename: "inc-12-changes.png",
      title: "Changes of incident 12",
      bytes,
      altText: "No change is known.",
      comment: "As it stands",
    });
  return { upload, calls: fake.calls };
}

const ok: Answer = (_, response) => void response.writeHead(200).end("OK - 6");

test("an image goes up in three calls, with its alternative text", async () => {
  const { upload, calls } = await slackThatTakes(ok);
  await upload();
  expect(calls).toHaveLength(3);
  const [first, sent, last] = calls;
  expect(first).toMatchObject({
    method: "files.getUploadURLExternal",
    args: { filename: "inc-12-changes.png", length: "6", alt_txt: "No change is known." },
  });
  expect(sent?.authorization).toBeUndefined();
  expect(last).toMatchObject({
    method: "files.completeUploadExternal",
    args: { channel_id: "C1", initial_comment: "As it stands" },
  });
});

test("a refusal and a broken upload come out as our kinds", async () => {
  const refused = await slackThatTakes(ok, refuse("alt_txt_too_large"));
  await expect(refused.upload()).rejects.toMatchObject({ code: "alt_txt_too_large" });
  const broken = await slackThatTakes((_, response) => void response.writeHead(500).end());
  await expect(broken.upload()).rejects.toMatchObject({
    name: "TransientError",
    code: "http_500",
    message: "file upload was answered with HTTP 500",
  });
});
