/** What tests of the kit share: payloads drawn to HTML, and what can be read off the HTML. */
import type { AnyBlock } from "@slack/types";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { HomeBlocks } from "#sandbox/page/kit/home-blocks.tsx";
import { MessageBody } from "#sandbox/page/kit/message-body.tsx";
import { ModalForm } from "#sandbox/page/kit/modal-form.tsx";
import { type Surface, SurfaceContext } from "#sandbox/page/kit/surface.ts";
import { initialValues } from "#sandbox/page/kit/values.ts";
import type { OpenView } from "#sandbox/protocol.ts";

const surface: Surface = {
  people: new Map([
    ["U0ANA", "ana"],
    ["U0BEN", "ben"],
  ]),
  groups: new Map([["S0DATA", { id: "S0DATA", handle: "data-team", name: "Data", userIds: [] }]]),
  channels: new Map([
    ["C0OPS", "ops"],
    ["D0ANA", ""],
  ]),
  zone: "Europe/Berlin",
  now: new Date("2026-03-09T15:00:00Z"),
};

/** Drawn where a person of `surface` looks. */
export function drawn(what: ReactNode, changes: Partial<Surface> = {}): string {
  const value = { ...surface, ...changes };
  return renderToStaticMarkup(createElement(SurfaceContext, { value }, what));
}

/** A form of these blocks, with what is wrong by block_id. */
export function drawnForm(
  view: Pick<OpenView, "title" | "submit" | "close" | "blocks">,
  errors: Record<string, string> = {},
  depth = 1,
): string {
  const open = { ...view, type: "modal", id: "V1", hash: "1", values: initialValues(view.blocks) };
  return drawn(
    createElement(ModalForm, {
      view: open as OpenView,
      depth,
      errors,
      isBusy: false,
      onSubmit: () => {},
      onClose: () => {},
      onAct: () => {},
    }),
  );
}

/** A modal, a Home or a message as its golden file has it. */
export function drawnPayload(payload: GoldenPayload): string {
  if (payload.type === "modal") return drawnForm(payload as unknown as OpenView);
  if (payload.type === "home") {
    return drawn(createElement(HomeBlocks, { home: { blocks: payload.blocks } }));
  }
  return drawn(createElement(MessageBody, { text: payload.text ?? "", blocks: payload.blocks }));
}

export interface GoldenPayload {
  type?: string;
  text?: string;
  blocks: AnyBlock[];
}

/** The text of drawn HTML, as it is read. */
export function shownText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}

/** Controls that nothing names: neither a label around or for them, nor an attribute. */
export function unnamedControls(html: string): string[] {
  const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  const labelled = new Set([...html.matchAll(/<label[^>]* for="([^"]*)"/g)].map(([, id]) => id));
  const outsideLabels = html.replaceAll(/<label class="bk-option">.*?<\/label>/gs, "");
  return [...outsideLabels.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => {
      const labelledBy = / aria-labelledby="([^"]*)"/.exec(tag)?.[1]?.split(" ") ?? [];
      const isNamed =
        / aria-label="[^"]+"/.test(tag) ||
        (labelledBy.length > 0 && labelledBy.every((id) => ids.has(id))) ||
        labelled.has(/ id="([^"]*)"/.exec(tag)?.[1]);
      return !isNamed;
    });
}

/** Ids that an attribute names and no element has. */
export function danglingIds(html: string): string[] {
  const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  return [...html.matchAll(/ (?:for|aria-(?:labelledby|describedby|controls))="([^"]*)"/g)]
    .flatMap(([, named = ""]) => named.split(" "))
    .filter((id) => !ids.has(id));
}
