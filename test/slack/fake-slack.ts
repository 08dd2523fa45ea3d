import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** One call of the Web API, its arguments as they were sent. */
export interface Call {
  method: string;
  args: Record<string, string>;
  authorization: string | undefined;
}

/** What Slack answers: JSON with 200, or whatever is done with the response. */
export type Answer = Record<string, unknown> | ((response: ServerResponse) => void);

/** A Web API of the test's own on 127.0.0.1; methods it has no answer for say `{ok: true}`. */
export async function startFakeSlack(
  answers: Record<string, Answer | ((call: Call) => Answer)> = {},
): Promise<{ apiUrl: string; calls: Call[] }> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const method = (request.url ?? "").split("/").at(-1) ?? "";
    const args = Object.fromEntries(new URLSearchParams(await readText(request)));
    const call = { method, args, authorization: request.headers.authorization };
    calls.push(call);
    let answer = answers[method] ?? { ok: true };
    if (typeof answer === "function" && answer.length === 1 && answer.name !== "raw") {
      answer = (answer as (call: Call) => Answer)(call);
    }
    if (typeof answer === "function") (answer as (response: ServerResponse) => void)(response);
    else response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, calls };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
