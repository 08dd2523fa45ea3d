import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import type { SandboxAddresses } from "#sandbox/protocol.ts";
import { seed } from "./seed.ts";

/** Refusals are what these tests provoke: the SDK need not print them. */
export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A small Bolt app that stands for the bot, over signed HTTP. */
export async function startHttpBot(
  addresses: SandboxAddresses,
  listen: (app: App) => void,
): Promise<{ requestUrl: string; stop(): Promise<unknown> }> {
  const receiver = new HTTPReceiver({
    signingSecret: seed.bot.signingSecret,
    logger: quiet,
    processBeforeResponse: true,
  });
  const app = new App({ ...common(addresses), receiver, processBeforeResponse: true });
  listen(app);
  const server = await receiver.start(0);
  const { port } = server.address() as AddressInfo;
  return {
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
    async stop() {
      server.closeAllConnections();
      await receiver.stop();
    },
  };
}

/** The same over Socket Mode. */
export async function startSocketBot(
  addresses: SandboxAddresses,
  listen: (app: App) => void,
): Promise<{ stop(): Promise<unknown> }> {
  const receiver = new SocketModeReceiver({
    appToken: seed.bot.appToken,
    logger: quiet,
    installerOptions: { clientOptions: { slackApiUrl: addresses.slackApiUrl } },
  });
  const app = new App({ ...common(addresses), receiver });
  listen(app);
  await app.start();
  return { stop: () => app.stop() };
}

function common(addresses: SandboxAddresses) {
  return {
    token: seed.bot.token,
    botId: seed.bot.botId,
    botUserId: seed.bot.userId,
    logger: quiet,
    convoStore: false as const,
    clientOptions: { slackApiUrl: addresses.slackApiUrl, retryConfig: { retries: 0 } },
  };
}
