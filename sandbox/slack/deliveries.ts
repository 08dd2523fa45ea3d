import { isJson, type Json, objectsOf, textOf } from "#sandbox/json.ts";
import type { Delivery } from "#sandbox/screen.ts";
import { asWireText, type WireLog } from "#sandbox/wire-log.ts";
import type { Delivered, Envelope } from "./bot-link.ts";

/** Sends it, and has the log say what was told to the bot and how that ended. */
export async function sendLogged(
  wire: WireLog,
  envelope: Envelope,
  send: (envelope: Envelope) => Promise<Delivered>,
): Promise<Delivered> {
  const { payload, retry } = envelope;
  const userId = userOf(payload);
  const start = performance.now();
  const end = wire.addDelivery({
    at: new Date().toISOString(),
    ...nameOf(envelope),
    ...(userId === undefined ? {} : { userId }),
    ...(retry === undefined ? {} : { retry: retry.number }),
    payload: asWireText(payload),
  });
  const delivered = await send(envelope);
  const isAnswered = delivered.kind === "answered";
  end({
    outcome: delivered.kind,
    ms: Math.round(performance.now() - start),
    ...(isAnswered ? { status: delivered.status } : {}),
    ...(isAnswered && delivered.body !== undefined ? { answer: asWireText(delivered.body) } : {}),
  });
  return delivered;
}

/** What it is, in words of Slack. */
function nameOf({ type, payload }: Envelope): Pick<Delivery, "kind" | "what"> {
  if (type === "slash_commands") {
    const [word = ""] = (textOf(payload["text"]) ?? "").split(/\s/, 1);
    return { kind: "command", what: `${String(payload["command"])} ${word}`.trim() };
  }
  if (type === "events_api") {
    const event = isJson(payload["event"]) ? payload["event"] : {};
    return { kind: "event", what: `event ${String(event["type"])}` };
  }
  const [action] = objectsOf(payload["actions"]);
  const view = isJson(payload["view"]) ? payload["view"] : {};
  const name = [
    action?.["action_id"],
    payload["action_id"],
    payload["callback_id"],
    view["callback_id"],
  ]
    .map(textOf)
    .find((one) => one !== undefined && one !== "");
  return { kind: "interaction", what: [String(payload["type"]), name].join(" ").trim() };
}

function userOf(payload: Json): string | undefined {
  const event = isJson(payload["event"]) ? payload["event"] : {};
  for (const user of [payload["user_id"], payload["user"], event["user"]]) {
    const id = textOf(isJson(user) ? user["id"] : user);
    if (id !== undefined) return id;
  }
  return undefined;
}
