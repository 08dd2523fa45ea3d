import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** One call of the Web API, its arguments as they were sent. */
export interface Call {
  method: string;
  args: Record<string, string>;
  authorization: string | undefined;
}

/** The JSON that Slack answers; or nothing, where it did something else with the response. */
export type Answer = (call: Call, response: ServerResponse) => object | void;

export interface FakeSlack {
  apiUrl: string;
  calls: Call[];
}

/** A Web API of the test's own on 127.0.0.1. What it has no answer for succeeds. */
export async function startFakeSlack(answers: Record<string, Answer> = {}): Promise<FakeSlack> {
  const calls: Call[] = [];
  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = (request.url ?? "").split("/").at(-1) ?? "";
    const text = await readText(request);
    const call = {
      method,
      args: text.startsWith("{") ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text)),
      authorization: request.headers.authorization,
    };
    calls.push(call);
    const answer = answers[method] ? answers[method](call, response) : { ok: true };
    if (answer) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    }
  };
  const server = createServer((request, response) => void answerCall(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, calls };
}

/** Slack's no, with its word for why. */
export function refuse(error: string, more: object = {}): Answer {
  return () => ({ ok: false, error, ...more });
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
