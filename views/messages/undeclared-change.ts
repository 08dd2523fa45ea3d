import { grouped } from "#src/domain/figures/figure-words.ts";
import type { KnownBlock } from "@slack/types";
import { layers } from "#src/domain/layers/index.ts";
import type { LedgerChange } from "#src/domain/ledger/ledger.ts";
import { pinLabel } from "#src/domain/ledger/pins.ts";
import { listInWords } from "#src/domain/words.ts";
import { context, dateTime, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { content, type MessageContent } from "./message-content.ts";

/** How the service of a change is called. */
export interface ChangedService {
  /** By people. */
  service: string;
  /** By telemetry, under which a change of it is declared. */
  telemetryName: string;
  /** The command people type, for example "/incident". */
  botCommand: string;
}

/** A pin that was seen to change and that nobody declared, with what to send by whoever knows why. */
export function renderUndeclaredChange(change: LedgerChange, by: ChangedService): MessageContent {
  const { pin, fromValues, toValue, layer, at, seen } = change;
  const service = oneLine(by.service, 80);
  const what = `${service}: the ${pinLabel(pin ?? "")} changed, and nobody declared it.`;
  const values = `${valuesOf(fromValues)} → ${valueOf(toValue ?? "")}`;
  const counted = seen
    ? `, in ${grouped(seen.requests)} of ${grouped(seen.of)} requests received since`
    : "";
  const next = `If you know why, declare it, so that nobody has to look for it in an incident: send this to /v1/changes, with the reason as its summary. ${by.botCommand} versions ${service} shows what else changed.`;
  return content(mrkdwn`${what} ${values}, first seen ${dateTime(at)}${counted}. ${next}`, [
    section(what),
    section(values),
    context(mrkdwn`First seen ${dateTime(at)}${counted}. Layer: ${layers[layer].label}.`),
    section(next),
    codeBlock(declaration(change, by.telemetryName)),
  ]);
}

/** What to send: the sender fills in why. */
function declaration({ at, kind, layer, pin, toValue }: LedgerChange, service: string): string {
  const sets = pin === null || toValue === null ? {} : { [pin]: toValue };
  const body = { service, at: at.toISOString(), kind, layer, sets, summary: "WHY IT CHANGED" };
  return JSON.stringify(body, undefined, 1);
}

function codeBlock(text: string): KnownBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
  };
}

function valuesOf(values: readonly string[]): string {
  if (values.length === 0) return "(unknown)";
  const shown = values.slice(0, 3).map(valueOf);
  const more = values.length - shown.length;
  return listInWords(more > 0 ? [...shown, `${more} more`] : shown);
}

function valueOf(value: string): string {
  return oneLine(value, 120);
}
