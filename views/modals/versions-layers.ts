import type { SectionBlock } from "@slack/types";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { PinReport, PinState, VersionReport } from "#src/domain/ledger/ledger.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import { joinMrkdwn, type Mrkdwn, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { firstOf } from "#views/words.ts";
import { pinTitle } from "./versions-answer.ts";

/** So many pins of a layer are told one by one; the rest is counted. */
const changedAtMost = 8;
const unchangedAtMost = 12;

/** What ran in each layer that something is known of; the others together, in one line. */
export function layerBlocks(report: VersionReport): SectionBlock[] {
  const isKnown = (layer: LayerId) =>
    [...report.pins, ...report.marks].some((one) => one.layer === layer);
  const unknown = layerIds.filter((layer) => !isKnown(layer));
  const words =
    report.coverage.declared > 0 ? "only what is declared is known." : "not seen at all.";
  return [
    ...layerIds.filter(isKnown).map((layer) => layerBlock(report, layer)),
    ...(unknown.length > 0
      ? [section(mrkdwn`*${layersInWords(unknown)}*\nNo telemetry: ${words}`, "versions:unknown")]
      : []),
  ];
}

/**
 * What ran in one layer: pins whose value differs from before or from when it last worked, one a line; the
 * others short, in one line.
 */
function layerBlock(report: VersionReport, layer: LayerId): SectionBlock {
  const pins = report.pins.filter((pin) => pin.layer === layer);
  const isOneService = new Set(report.pins.map(({ service }) => service)).size < 2;
  const name = (pin: PinReport) =>
    isOneService ? pinTitle(pin.pin) : `${pinTitle(pin.pin)} (${oneLine(pin.service, 60)})`;
  const changed = pins.filter((pin) => differs(pin));
  const same = pins.filter((pin) => !differs(pin) && isSeen(pin.before));
  const incomparable = pins.filter((pin) => !differs(pin) && !isSeen(pin.before));
  const told = changed
    .slice(0, changedAtMost)
    .map((pin) => mrkdwn`• ${name(pin)}: ${statesWords(pin, report)}`);
  const more = changed.length - told.length;
  const lines = [
    mrkdwn`*${layers[layer].label}*`,
    ...told,
    ...(more > 0 ? [mrkdwn`• ${more} more changed`] : []),
    ...listed("The same", same, name),
    ...listed("Nothing from then to compare with", incomparable, name),
    ...(pins.length === 0 ? [emptyWords(report, layer)] : []),
  ];
  return section(joinMrkdwn(lines, "\n"), `versions:${layer}`);
}

/** Whether another value ran before, or when it last worked, than runs now. Where nothing was seen, nothing differs. */
function differs({ now, before, lastKnownGood }: PinReport): boolean {
  return [before, lastKnownGood].some(
    (state) => state !== null && isSeen(state) && isSeen(now) && valuesOf(state) !== valuesOf(now),
  );
}

function isSeen({ values }: PinState): boolean {
  return values.length > 0;
}

function valuesOf({ values }: PinState): string {
  return JSON.stringify(values.map(({ value }) => value).toSorted());
}

function statesWords({ now, before, lastKnownGood }: PinReport, report: VersionReport): Mrkdwn {
  return joinMrkdwn(
    [
      mrkdwn`now ${stateWords(now)}`,
      mrkdwn`before ${stateWords(before)}`,
      ...(report.at.lastKnownGood && lastKnownGood
        ? [mrkdwn`last known good ${stateWords(lastKnownGood)}`]
        : []),
    ],
    " · ",
  );
}

/** "v12", or where several ran at once "v12 (9,588 requests) and v13 (212 requests)". */
function stateWords({ values }: PinState): string {
  if (values.length === 0) return "not seen";
  const words = values.map(({ value, requests, isDerived }) => {
    const share = values.length > 1 ? ` (${grouped(requests)} requests)` : "";
    return `${oneLine(value, 100)}${isDerived ? " (our hash)" : ""}${share}`;
  });
  return listInWords(firstOf(words, 3));
}

function listed(
  words: string,
  pins: readonly PinReport[],
  name: (pin: PinReport) => string,
): Mrkdwn[] {
  if (pins.length === 0) return [];
  const each = pins.map((pin) => `${name(pin)} ${stateWords(pin.now)}`);
  return [mrkdwn`${words}: ${firstOf(each, unchangedAtMost).join("; ")}`];
}

function emptyWords({ marks }: VersionReport, layer: LayerId): Mrkdwn {
  const source = marks.find((one) => one.layer === layer)?.source ?? "";
  return mrkdwn`No telemetry of it. Its change record is marked complete: ${oneLine(source, 200)}`;
}
