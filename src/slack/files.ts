import type { WebClient } from "@slack/web-api";
import { PermanentError } from "#src/lib/errors.ts";
import { toTransferError } from "./errors.ts";
import type { SlackApi } from "./slack-api.ts";
import type { Call } from "./upkeep.ts";

/** What is needed to fetch a file: Slack's address, and what we sign in with. */
interface Access {
  token: string;
  /** Of the Web API. */
  apiUrl: string;
  timeoutMs: number;
}

/** Reads files that people give us, https://docs.slack.dev/reference/objects/file-object ("Authentication"). */
export function filesApi(web: WebClient, call: Call, access: Access): Pick<SlackApi, "readFile"> {
  return {
    async readFile(fileId, bytesAtMost) {
      const file = await findFile(web, call, fileId);
      if (!file) return undefined;
      const url = file.url_private_download ?? file.url_private;
      const size = file.size ?? 0;
      const userId = file.user ?? null;
      if (size > bytesAtMost) return { userId, size, text: null };
      if (url === undefined || !isSlacks(url, access.apiUrl)) {
        throw new PermanentError("bad_answer", "Slack gave no address of its own for the file");
      }
      const bytes = await call("file download", () => download(url, access));
      const isTooLarge = bytes.length > bytesAtMost;
      return { userId, size: bytes.length, text: isTooLarge ? null : textIn(bytes) };
    },
  };
}

async function findFile(web: WebClient, call: Call, fileId: string) {
  try {
    const { file } = await call("files.info", () => web.files.info({ file: fileId }));
    return file;
  } catch (error) {
    const isGone =
      error instanceof PermanentError && ["file_not_found", "file_deleted"].includes(error.code);
    if (isGone) return undefined;
    throw error;
  }
}

/** The bot's token goes to Slack alone: to its file server, or to where we call its Web API. */
function isSlacks(url: string, apiUrl: string): boolean {
  const { origin, protocol, hostname } = new URL(url);
  if (origin === new URL(apiUrl).origin) return true;
  return protocol === "https:" && hostname === "files.slack.com";
}

async function download(url: string, { token, timeoutMs }: Access): Promise<Buffer> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) {
    throw toTransferError(answer.status, answer.headers.get("retry-after"), "file download");
  }
  // whoever may not see the file is sent to Slack's page for signing in
  if (answer.headers.get("content-type")?.startsWith("text/html")) {
    throw new PermanentError("no_access", "the bot may not see the file (file download)");
  }
  return Buffer.from(await answer.arrayBuffer());
}

/** Null where the bytes are no text in UTF-8. */
function textIn(bytes: Buffer): string | null {
  const text = new TextDecoder().decode(bytes);
  return /[\0\uFFFD]/.test(text) ? null : text;
}
