import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, answerCall, type EdgeCall } from "#sandbox/edge.ts";
import { readBody, readBytes, sendJson } from "#sandbox/http.ts";
import { parseJson } from "#sandbox/json.ts";
import { type Args, flagArg, jsonArg, readArguments, stringArg } from "./arguments.ts";
import { typesArg } from "./methods/conversations.ts";
import { readDownload, takeUpload } from "./methods/files.ts";
import { appMethods, botMethods } from "./methods/index.ts";
import { findVisibleChannel, refuse, type Reply } from "./methods/method.ts";
import { handleResponseUrl } from "./response-urls.ts";
import { type BotMethod, type ConversationKind, missingScope } from "./scopes.ts";
import type { Slack } from "./slack.ts";

/** Serves `/api/<method>`, the response_urls and the upload_urls, through the fault rules. */
export async function handleSlackRequest(
  slack: Slack,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", slack.url);
  if (url.pathname.startsWith("/upload/")) {
    const bytes = await uploadedBytes(request);
    const call = slackCall("file upload", { bytes: bytes.length });
    await answerCall(slack.edge, call, response, () => {
      const length = takeUpload(slack, url, bytes);
      if (length === undefined) return { status: 400, body: "expired url" };
      return { status: 200, body: `OK - ${length}` };
    });
    return;
  }
  if (url.pathname.startsWith("/files-pri/")) {
    const call = slackCall("file download", { path: url.pathname }, true);
    const token = request.headers.authorization?.replace(/^Bearer /i, "");
    await answerCall(slack.edge, call, response, () => toDownload(slack, url, token));
    return;
  }
  const body = await readBody(request);
  if (url.pathname.startsWith("/respond/")) {
    const given = parseJson(body);
    await answerCall(slack.edge, slackCall("response_url", given ?? body), response, () =>
      handleResponseUrl(slack, url.pathname, given),
    );
    return;
  }
  if (!url.pathname.startsWith("/api/")) {
    sendJson(response, 404, { ok: false, error: "not_found" });
    return;
  }
  const method = url.pathname.slice("/api/".length);
  const args = readArguments(request.headers, url.searchParams, body);
  const call = slackCall(method, asShown(args), readsOnly.has(method));
  await answerCall(slack.edge, call, response, () => {
    const seconds = slack.rateWindows.retryAfter(method, stringArg(args, "channel") ?? "");
    if (seconds !== undefined) return tooMany(seconds);
    const bearer = request.headers.authorization?.replace(/^Bearer /i, "");
    return toAnswer(slack, callMethod(slack, method, bearer ?? stringArg(args, "token"), args));
  });
}

/** Methods that change nothing anybody could see. */
const readsOnly: ReadonlySet<string> = new Set<BotMethod | keyof typeof appMethods>([
  "apps.connections.open",
  "auth.test",
  "bookmarks.list",
  "chat.getPermalink",
  "conversations.history",
  "conversations.info",
  "conversations.list",
  "conversations.members",
  "conversations.replies",
  "files.info",
  "pins.list",
  "reactions.get",
  "usergroups.list",
  "usergroups.users.list",
  "users.conversations",
  "users.info",
  "users.list",
  "users.lookupByEmail",
]);

function slackCall(method: string, request: unknown, isRead = false): EdgeCall {
  return { side: "slack", method, request, isRead };
}

/** Arguments without the token; what a form carries as JSON text, as what it stands for. */
function asShown({ token: _, ...args }: Args): Args {
  const parts = Object.keys(args).map((name) => {
    const value = jsonArg(args, name);
    return [name, typeof value === "object" && value !== null ? value : args[name]];
  });
  return Object.fromEntries(parts);
}

/** https://docs.slack.dev/apis/web-api/rate-limits */
function tooMany(seconds: number): Answer {
  const error = "ratelimited";
  const headers = { "retry-after": String(seconds) };
  return { status: 429, body: { ok: false, error }, headers, error };
}

/** Bytes are posted as they are, or as the only file of a form, as Slack's own client does. */
async function uploadedBytes(request: IncomingMessage): Promise<Buffer> {
  const bytes = await readBytes(request);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return bytes;
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const [file] = [...form.values()];
  if (file === undefined) return Buffer.alloc(0);
  return typeof file === "string" ? Buffer.from(file) : Buffer.from(await file.arrayBuffer());
}

function callMethod(slack: Slack, name: string, token: string | undefined, args: Args): Reply {
  const { bot } = slack.workspace;
  const isBotMethod = Object.hasOwn(botMethods, name);
  const isAppMethod = Object.hasOwn(appMethods, name);
  if (!isBotMethod && !isAppMethod) return refuse("unknown_method", { req_method: name });
  if (token === undefined || token === "") return refuse("not_authed");
  if (token !== bot.token && token !== bot.appToken) return refuse("invalid_auth");
  if ((token === bot.appToken) !== isAppMethod) return refuse("not_allowed_token_type");
  if (isAppMethod) return appMethods[name as keyof typeof appMethods](slack, args);
  const method = name as BotMethod;
  const needed = missingScope(method, bot.scopes, kindsOf(slack, method, args));
  if (needed !== undefined) {
    return refuse("missing_scope", { needed, provided: bot.scopes.join(",") });
  }
  return botMethods[method](slack, args);
}

/** What the call is about, which decides the scope it needs. */
function kindsOf(slack: Slack, method: BotMethod, args: Args): ConversationKind[] | undefined {
  if (method === "conversations.create")
    return [flagArg(args, "is_private") ? "private" : "public"];
  if (method === "conversations.open") return ["direct"];
  if (method === "conversations.list" || method === "users.conversations") {
    return [...typesArg(args)].flatMap((type) => kindOfType[type] ?? []);
  }
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return undefined;
  if (channel.isDirect) return ["direct"];
  return [channel.isPrivate ? "private" : "public"];
}

const kindOfType: Readonly<Record<string, ConversationKind>> = {
  public_channel: "public",
  private_channel: "private",
  im: "direct",
};

function toDownload(slack: Slack, url: URL, token: string | undefined): Answer {
  const file = readDownload(slack, url, token);
  const signIn = "<!DOCTYPE html><title>Sign in to the workspace</title>";
  return file
    ? { status: 200, body: file.bytes, headers: { "content-type": file.mimetype } }
    : { status: 200, body: signIn, headers: { "content-type": "text/html; charset=utf-8" } };
}

function toAnswer(slack: Slack, reply: Reply): Answer {
  const headers = { "x-oauth-scopes": slack.workspace.bot.scopes.join(",") };
  return { status: 200, body: reply, headers, error: reply.error };
}
