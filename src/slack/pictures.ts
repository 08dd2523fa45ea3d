import type { WebClient } from "@slack/web-api";
import { PermanentError } from "#src/lib/errors.ts";
import { toTransferError } from "./errors.ts";
import type { SlackApi } from "./slack-api.ts";
import type { Call } from "./upkeep.ts";

/**
 * Uploads an image in the three steps of https://docs.slack.dev/messaging/working-with-files. Not by the
 * SDK's filesUploadV2: it sends the alternative text as `alt_text`, and the method reads `alt_txt`
 * (https://docs.slack.dev/reference/methods/files.getUploadURLExternal).
 */
export function picturesApi(
  web: WebClient,
  call: Call,
  { timeoutMs }: { timeoutMs: number },
): Pick<SlackApi, "uploadPicture"> {
  return {
    async uploadPicture(channelId, { filename, title, bytes, altText, comment }) {
      const upload = await call("files.getUploadURLExternal", () =>
        web.apiCall("files.getUploadURLExternal", {
          filename,
          length: bytes.length,
          alt_txt: altText,
        }),
      );
      const { upload_url: url, file_id: id } = upload as {
        upload_url?: unknown;
        file_id?: unknown;
      };
      if (typeof url !== "string" || typeof id !== "string") {
        throw new PermanentError("bad_answer", "Slack gave no address for the upload");
      }
      await call("file upload", () => send(url, bytes, timeoutMs));
      await call("files.completeUploadExternal", () =>
        web.files.completeUploadExternal({
          files: [{ id, title }],
          channel_id: channelId,
          initial_comment: comment,
        }),
      );
    },
  };
}

/** The address itself lets us in: no token goes with the bytes. */
async function send(url: string, bytes: Uint8Array, timeoutMs: number): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: Buffer.from(bytes),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) {
    throw toTransferError(answer.status, answer.headers.get("retry-after"), "file upload");
  }
}
