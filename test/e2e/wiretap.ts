import { createHmac } from "node:crypto";
import { createServer, request, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { InputBlock } from "@slack/types";
import { afterAll } from "vitest";
import type { OpenView } from "#sandbox/protocol.ts";
import { readBody } from "#sandbox/http.ts";
import type { TestBot } from "#test/support/bot.ts";

/** One signed request as it went over the wire from Slack to the bot. */
export interface TappedRequest {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface TappedAnswer {
  status: number;
  /** Parsed; undefined where it is empty. */
  body:
    | { response_action?: string; errors?: Record<string, string>; view?: object; text?: string }
    | undefined;
}

/** Something between Slack and the bot that remembers every request, byte for byte. */
export interface Wiretap {
  /** The last request that a person caused (an event is none). */
  last(): TappedRequest;
  /** Sends a request again exactly as it was. */
  replay(tapped: TappedRequest): Promise<TappedAnswer>;
  /** Sends it with its payload changed, signed anew, as Slack would sign it. */
  resend(tapped: TappedRequest, change: (payload: Payload) => void): Promise<TappedAnswer>;
  /** Sends the form that this person has open, with whatever `fill` puts into each element. */
  submit(handle: string, view: OpenView, fill: FillElement): Promise<TappedAnswer>;
  /** While `work` runs, people's requests are remembered and do not reach the bot. */
  withheld(work: () => Promise<unknown>): Promise<TappedRequest>;
}

/** The state of an element of a form; Slack's own client checks nothing of it here. */
type FillElement = (element: { type: string; action_id?: string }) => Payload;

/** Slack's payload of an interaction, or the fields of a command. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests change any place of it
export type Payload = any;

/** Puts itself between the sandbox and the bot; gone after the last test of the file. */
export async function tapWire(bot: TestBot): Promise<Wiretap> {
  const { port } = bot.service;
  const tapped: TappedRequest[] = [];
  let isWithheld = false;

  const forward = ({
    headers,
    body,
  }: TappedRequest): Promise<{ status: number; text: string; type: string }> =>
    new Promise((resolve, reject) => {
      const call = request(
        { host: "127.0.0.1", port, path: "/slack/events", method: "POST", agent: false, headers },
        (response) => {
          readBody(response).then((text) => {
            const type = response.headers["content-type"] ?? "text/plain";
            resolve({ status: response.statusCode ?? 0, text, type });
          }, reject);
        },
      );
      call.on("error", reject);
      call.end(body);
    });

  const server = createServer((incoming, response) => {
    void readBody(incoming).then(async (body) => {
      const one = { headers: incoming.headers, body };
      const isEvent = incoming.headers["content-type"] === "application/json";
      if (!isEvent) tapped.push(one);
      if (!isEvent && isWithheld) return response.destroy();
      const { status, text, type } = await forward(one);
      response.writeHead(status, { "content-type": type }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = (server.address() as AddressInfo).port;
  await bot.control.connectBot({ requestUrl: `http://127.0.0.1:${own}/slack/events` });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const send = async (one: TappedRequest): Promise<TappedAnswer> => {
    const { status, text } = await forward(one);
    if (text === "") return { status, body: undefined };
    return { status, body: text.startsWith("{") ? JSON.parse(text) : { text } };
  };
  const last = (): TappedRequest => {
    const one = tapped.at(-1);
    if (!one) throw new Error("nobody has done anything yet");
    return one;
  };
  const { signingSecret } = bot.world.seed.bot;
  return {
    last,
    replay: send,
    resend: (one, change) => send(sign(changed(one, change), signingSecret)),
    submit(handle, { values: _, ...view }, fill) {
      const values: Payload = {};
      for (const { block_id: blockId, element } of inputsOf(view)) {
        values[blockId ?? ""] = { [element.action_id ?? ""]: fill(element) };
      }
      const payload = {
        type: "view_submission",
        team: bot.world.seed.team,
        user: { id: bot.world.userIds.get(handle), team_id: bot.world.seed.team.id },
        trigger_id: "1.2.submitted",
        view: { ...view, root_view_id: view.id, previous_view_id: null, state: { values } },
      };
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return send(sign({ headers, body }, signingSecret));
    },
    async withheld(work) {
      isWithheld = true;
      const before = tapped.length;
      await work().finally(() => (isWithheld = false));
      if (tapped.length !== before + 1) throw new Error("not exactly one request was withheld");
      return last();
    },
  };
}

/** The blocks of a form that are to be filled in. */
export function inputsOf({ blocks }: Pick<OpenView, "blocks">): InputBlock[] {
  return blocks.filter((block) => block.type === "input") as InputBlock[];
}

function changed(
  { headers, body }: TappedRequest,
  change: (payload: Payload) => void,
): TappedRequest {
  const fields = Object.fromEntries(new URLSearchParams(body));
  const json = fields["payload"];
  const payload: Payload = json === undefined ? fields : JSON.parse(json);
  change(payload);
  const sent = json === undefined ? payload : { payload: JSON.stringify(payload) };
  return { headers, body: new URLSearchParams(sent).toString() };
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function sign({ headers, body }: TappedRequest, secret: string): TappedRequest {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    body,
    headers: {
      ...headers,
      "content-length": String(Buffer.byteLength(body)),
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${digest}`,
    },
  };
}
