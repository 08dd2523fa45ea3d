import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Call {
  /** `POST /repos/acme/app/issues` */
  route: string;
  query: URLSearchParams;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever JSON was sent
  body: any;
  authorization: string | undefined;
}

/** Status and JSON; or nothing, where it did something else with the response. */
export type Answer = (
  call: Call,
  response: ServerResponse,
) => [status: number, body: unknown, headers?: Record<string, string>] | void;

/** A GitHub of the test's own on 127.0.0.1: routes to answers, 404 for the rest. */
export async function startFakeGitHub(
  answers: Record<string, Answer>,
): Promise<{ apiUrl: string; calls: Call[] }> {
  const calls: Call[] = [];
  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://github");
    const text = await readText(request);
    const call = {
      route: `${request.method} ${decodeURIComponent(url.pathname)}`,
      query: url.searchParams,
      body: text === "" ? undefined : JSON.parse(text),
      authorization: request.headers.authorization,
    };
    calls.push(call);
    const answer = answers[call.route];
    const given = answer ? answer(call, response) : ([404, { message: "Not Found" }] as const);
    if (!given) return;
    const [status, body, headers = {}] = given;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  };
  const server = createServer((request, response) => void answerCall(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
