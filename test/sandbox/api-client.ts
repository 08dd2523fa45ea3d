import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Sandbox } from "#sandbox/start.ts";
import { quiet } from "./bot.ts";
import { seed } from "./seed.ts";

/** Slack's own client at a sandbox, without retries. */
export function clientOf(
  sandbox: Sandbox,
  token = seed.bot.token,
  more: WebClientOptions = {},
): WebClient {
  return new WebClient(token, {
    slackApiUrl: sandbox.addresses.slackApiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
    ...more,
  });
}

/** Slack's refusal of a call; `error: "none"` where it was not refused. */
export async function refusalOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  return call.then(
    () => ({ error: "none" }),
    (thrown: unknown) => (thrown as { data: Record<string, unknown> }).data,
  );
}

/** Slack's word for why it refused. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return (await refusalOf(call))["error"];
}
