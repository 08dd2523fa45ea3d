import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "#sandbox/http.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { seed } from "./seed.ts";

/** One delivery of an event. */
export interface Heard {
  retry: string | undefined;
  reason: string | undefined;
  isSigned: boolean;
  body: { event_id: string; event: Record<string, unknown> } & Record<string, unknown>;
}

/**
 * Connects an HTTP listener as the bot. It answers the nth delivery as it is told to (undefined: not
 * at all), every further one with 200.
 */
export async function listenRaw(
  control: SandboxControl,
  answers: (number | undefined)[] = [],
): Promise<{ heard: Heard[]; close(): void }> {
  const heard: Heard[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void readBody(request).then((text) => {
      const { headers } = request;
      const signed = `v0:${String(headers["x-slack-request-timestamp"])}:${text}`;
      const hmac = createHmac("sha256", seed.bot.signingSecret).update(signed).digest("hex");
      const status = answers[heard.length] ?? (heard.length in answers ? undefined : 200);
      heard.push({
        retry: headers["x-slack-retry-num"] as string | undefined,
        reason: headers["x-slack-retry-reason"] as string | undefined,
        isSigned: headers["x-slack-signature"] === `v0=${hmac}`,
        body: JSON.parse(text),
      });
      if (status !== undefined) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await control.connectBot({ requestUrl: `http://127.0.0.1:${port}/slack/events` });
  return {
    heard,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
