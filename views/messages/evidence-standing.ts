import type { KnownBlock } from "@slack/types";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { Incident } from "#src/domain/incident.ts";
import {
  actions,
  button,
  context,
  dateTime,
  mention,
  type Mrkdwn,
  mrkdwn,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";

/**
 * Whether an item counts, who said so, and the buttons that change it while the incident is open: a report
 * is verified or not real (R11); anything else that was recorded wrongly is taken out, and in again.
 */
export function standingBlocks(incident: Incident, item: EvidenceItem): KnownBlock[] {
  const hint = encodeHint({ incidentId: incident.id, itemNumber: item.number });
  const buttons = item.kind === "E10" ? reportButtons(item, hint) : otherButtons(item, hint);
  return [
    ...(item.verifiedBy === null ? [] : [context(standingWords(item, item.verifiedBy))]),
    ...(incident.status === "open" ? [actions(`report:EV${item.number}`, buttons)] : []),
  ];
}

function reportButtons({ number, isVerified }: EvidenceItem, hint: string) {
  return [
    ...(isVerified === true
      ? []
      : [
          button("verify-report", "Verified", hint, {
            style: isVerified === null ? ("primary" as const) : undefined,
            spoken: `Evidence ${number} is verified`,
          }),
        ]),
    ...(isVerified === false
      ? []
      : [button("refute-report", "Not real", hint, { spoken: `Evidence ${number} is not real` })]),
  ];
}

function otherButtons({ number, isVerified }: EvidenceItem, hint: string) {
  return isVerified === false
    ? [
        button("verify-report", "Count it again", hint, {
          spoken: `Count it again: evidence ${number}`,
        }),
      ]
    : [button("refute-report", "Take it out", hint, { spoken: `Take it out: evidence ${number}` })];
}

function standingWords({ kind, isVerified, verifiedAt }: EvidenceItem, by: string): Mrkdwn {
  const when = verifiedAt === null ? mrkdwn`` : mrkdwn`, ${dateTime(verifiedAt)}`;
  if (kind === "E10") {
    return isVerified
      ? mrkdwn`Verified by ${mention(by)}${when}. It counts.`
      : mrkdwn`Not real, says ${mention(by)}${when}. It counts for nothing.`;
  }
  return isVerified
    ? mrkdwn`Taken in again by ${mention(by)}${when}. It counts.`
    : mrkdwn`Taken out by ${mention(by)}${when}. It counts for nothing; record it anew with what is right.`;
}
