import type { SectionBlock } from "@slack/types";
import { changeKindLabel } from "#src/domain/ledger/change-kinds.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { LedgerChange, PinReport } from "#src/domain/ledger/ledger.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import {
  dateTime,
  joinMrkdwn,
  linkTo,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { whoever } from "#views/words.ts";
import { type Anchor, pinTitle, valuesWords, whenWords } from "./versions-answer.ts";

/** Against what a change is told, and what telemetry could have shown it. */
interface ChangeSetting {
  anchor: Anchor | null;
  now: Date;
  pins: readonly Pick<PinReport, "layer" | "firstSeenAt" | "lastSeenAt">[];
}

/**
 * One change in one block, `change:<key>`: what and of which layer, from what to what, when, in how many
 * requests, and who declared it, or that nobody did.
 */
export function changeBlock(change: LedgerChange, setting: ChangeSetting): SectionBlock {
  const lines = [
    headOf(change),
    ...(change.isDeclared ? [mrkdwn`${oneLine(change.summary, 500)}`] : []),
    ...(change.isDeclared && change.toValue === null ? [] : [mrkdwn`${valuesWords(change)}`]),
    timeOf(change, setting),
    joinMrkdwn([...seenWords(change, setting), ...declaredWords(change)], " · "),
  ].filter(({ mrkdwn: text }) => text !== "");
  return section(joinMrkdwn(lines, "\n"), `change:${change.key}`);
}

function headOf({ pin, kind, layer, isDeclared }: LedgerChange): Mrkdwn {
  const what = isDeclared || pin === null ? changeKindLabel(kind) : pinTitle(pin);
  const undeclared = isDeclared ? mrkdwn`` : mrkdwn` · *Nobody declared this*`;
  return mrkdwn`*${oneLine(what, 100)}* · ${layers[layer].label}${undeclared}`;
}

function timeOf({ at, until }: LedgerChange, { anchor, now }: ChangeSetting): Mrkdwn {
  const words = whenWords(at, anchor, now);
  const end = until ? mrkdwn`, until ${dateTime(until)}` : mrkdwn``;
  return mrkdwn`${words.charAt(0).toUpperCase()}${words.slice(1)}, ${dateTime(at)}${end}`;
}

/** In how many of the requests that came since; said too where telemetry could have shown it and does not. */
function seenWords({ seen, isDeclared, layer, at }: LedgerChange, { pins }: ChangeSetting) {
  if (seen) {
    return [mrkdwn`Seen in ${grouped(seen.requests)} of ${grouped(seen.of)} requests`];
  }
  const couldShow = pins.some(
    (pin) => pin.layer === layer && pin.firstSeenAt <= at && pin.lastSeenAt >= at,
  );
  return isDeclared && couldShow ? [mrkdwn`Telemetry shows nothing of it`] : [];
}

function declaredWords({ isDeclared, declaredBy, source, link }: LedgerChange): Mrkdwn[] {
  if (!isDeclared) return [];
  const where = source === "github" ? " on GitHub" : "";
  const who =
    declaredBy === null
      ? mrkdwn`Declared${where}`
      : mrkdwn`Declared by ${whoever(declaredBy)}${where}`;
  return [who, ...(link !== null && /^https?:\/\//.test(link) ? [linkTo(link, "link")] : [])];
}
