import { createHmac } from "node:crypto";
import { request } from "node:http";

export const signingSecret = "a-signing-secret";
export const form = "application/x-www-form-urlencoded";

export interface Answered {
  status: number;
  text: string;
  /** Where it is JSON. */
  body: Record<string, unknown>;
}

export interface Envelope {
  body: string | Buffer;
  contentType?: string;
  /** Seconds from now; negative: in the past. */
  ageSeconds?: number;
  signature?: string;
  method?: string;
  headers?: Record<string, string>;
}

/** Posts to `/slack/events` as Slack does, signed with the time in seconds. */
export async function post(url: string, envelope: Envelope): Promise<Answered> {
  const timestamp = String(Math.floor(Date.now() / 1_000) + (envelope.ageSeconds ?? 0));
  const hmac = createHmac("sha256", signingSecret);
  hmac.update(`v0:${timestamp}:`).update(envelope.body);
  return send(`${url}/slack/events`, envelope, {
    "content-type": envelope.contentType ?? form,
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": envelope.signature ?? `v0=${hmac.digest("hex")}`,
    ...envelope.headers,
  });
}

/** Sends it as it is. */
export function send(
  url: string,
  { body, method = "POST" }: Envelope,
  headers: Record<string, string>,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, agent: false, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const json = text.startsWith("{") ? JSON.parse(text) : {};
        resolve({ status: response.statusCode ?? 0, text, body: json });
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}

/** An interactive payload in its form field. */
export function interaction(payload: object): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
