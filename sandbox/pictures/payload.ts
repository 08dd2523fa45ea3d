import { isJson, type Json, objectsOf, textOf } from "#sandbox/json.ts";
import type { Drawing, DrawnPayload } from "#sandbox/page/drawing.ts";
import { checkHome, checkMessage, checkView, type Verdict } from "#sandbox/validator/check.ts";

/** A payload as it can be drawn, and what Slack would say against it. */
export interface ReadPayload {
  payload: DrawnPayload;
  /** "<JSON pointer>: <what is wrong>"; empty where Slack takes it. */
  problems: string[];
}

/** Reads a view, a Home, a message (`{text, blocks}`) or a bare list of blocks; undefined: none of them. */
export function readPayload(given: unknown): ReadPayload | undefined {
  if (Array.isArray(given)) {
    const { problems } = checkMessage({ text: "blocks alone", blocks: given });
    return { payload: message("", given), problems };
  }
  if (!isJson(given)) return undefined;
  if (given["type"] === "modal") {
    return { payload: modal(given), problems: inWords(checkView(given)) };
  }
  if (given["type"] === "home") {
    const blocks = blocksOf(given["blocks"]);
    return { payload: { kind: "home", blocks }, problems: inWords(checkHome(given)) };
  }
  if (textOf(given["text"]) === undefined && !Array.isArray(given["blocks"])) return undefined;
  return {
    payload: message(textOf(given["text"]) ?? "", given["blocks"]),
    problems: inWords(checkMessage(given)),
  };
}

/** For whom and when a payload is drawn where nothing else is said: the same each time. */
export function drawingOf(payload: DrawnPayload, changes: Partial<Drawing> = {}): Drawing {
  const ids = [...JSON.stringify(payload).matchAll(/["@#^]([UWCGS]0?[A-Z0-9]{3,})(?=["|>])/g)];
  const named = (letters: string, usual: readonly string[]) =>
    Object.fromEntries(
      [...usual, ...ids.map(([, id = ""]) => id).filter((id) => letters.includes(id.charAt(0)))]
        .toSorted()
        .map((id) => [id, id.replace(/^[A-Z]0?/, "").toLowerCase()]),
    );
  return {
    payload,
    scheme: "light",
    appName: "Faultline",
    zone: "UTC",
    now: "2026-03-09T15:00:00.000Z",
    people: named("UW", ["U0COORDINATOR", "U0DECLARER", "U0MODEL", "U0RETRIEVAL"]),
    channels: named("CG", ["C0INCIDENTS", "C0GENERAL"]),
    groups: named("S", []),
    ...changes,
  };
}

/** Slack's own width of such a thing, in pixels. */
export function usualWidth({ kind }: DrawnPayload): number {
  return { modal: 520, message: 560, home: 720 }[kind];
}

function inWords({ error, problems }: Verdict): string[] {
  return error !== undefined && problems.length === 0 ? [`Slack answers ${error}`] : problems;
}

function message(text: string, blocks: unknown): DrawnPayload {
  return { kind: "message", message: { text, blocks: blocksOf(blocks) } };
}

/** A title that is none is drawn as none. */
function modal(view: Json): DrawnPayload {
  const texts = Object.fromEntries(
    ["submit", "close"].flatMap((field) => {
      const text = plainText(view[field]);
      return text ? [[field, text]] : [];
    }),
  );
  const title = plainText(view["title"]) ?? { type: "plain_text", text: "(no title)" };
  return { kind: "modal", view: { ...texts, title, blocks: blocksOf(view["blocks"]) } };
}

function plainText(value: unknown): { type: "plain_text"; text: string } | undefined {
  const text = isJson(value) ? textOf(value["text"]) : undefined;
  return text === undefined ? undefined : { ...(value as Json), type: "plain_text", text };
}

function blocksOf(value: unknown): never[] {
  // what Slack would refuse is drawn as far as it goes
  return objectsOf(value) as never[];
}
