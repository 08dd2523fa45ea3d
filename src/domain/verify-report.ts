import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { Mark } from "./decision.ts";
import type { IncidentId } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { splitMarks } from "./split-marks.ts";

export interface VerifyReportInput {
  incidentId: IncidentId;
  evidenceNumber: number;
  /** False: somebody looked, and it is not so; or, of other kinds than reports, it was recorded wrongly. */
  isVerified: boolean;
}

/**
 * R11: somebody looked at a report and says whether it is real. Any other item counts until somebody takes
 * it out, because a count or a layer is wrong: it stays in the record and counts for nothing, and can be
 * taken in again. Who and when are kept; nothing recorded is ever changed.
 */
export const decideVerifyReport: Decider<VerifyReportInput> = (state, input, by) => {
  const { incident, evidence } = state;
  const { evidenceNumber, isVerified } = input;
  const over = refuseIfOver(incident, "Say in its channel what you found.");
  if (over) return err(over);
  const item = evidence.find(({ number }) => number === evidenceNumber);
  if (!item) {
    const message =
      "There is no such evidence in this incident. Use the buttons under its message.";
    return err({ code: "not_found", message });
  }
  const isReport = item.kind === "E10";
  const words = isReport ? wordsOfReport : wordsOfOthers;
  if (item.isVerified === isVerified || (!isReport && isVerified && item.isVerified === null)) {
    const stands = isVerified ? words.isIn : words.isOut;
    return err({
      code: "stale",
      message: `Evidence ${evidenceNumber} ${stands} already. Press the other button if that is wrong.`,
    });
  }
  const changed = { ...item, isVerified, verifiedBy: by.userId, verifiedAt: by.now };
  return ok({
    changes: { changedEvidence: [changed] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "report_verified",
        happenedAt: by.now,
        actor: by.userId,
        data: { evidence: evidenceNumber, isVerified, isReport },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "evidence", evidenceNumber }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Evidence ${evidenceNumber} ${isVerified ? words.nowIn : words.nowOut}`,
      incidentId: incident.id,
      marks: isVerified ? splitMarks(state, changed) : [outMark(evidenceNumber, isReport)],
    },
  });
};

const wordsOfReport = {
  isIn: "is verified",
  isOut: "is marked as not real",
  nowIn: "is verified: it counts from now on.",
  nowOut: "is marked as not real: it counts for nothing.",
};
const wordsOfOthers = {
  isIn: "counts",
  isOut: "is taken out",
  nowIn: "counts again.",
  nowOut: "is taken out: it counts for nothing.",
};

function outMark(evidenceNumber: number, isReport: boolean): Mark {
  return {
    id: `flag:R11:EV${evidenceNumber}`,
    sentence: isReport
      ? "It enters no count, and carries no claim."
      : "It stays in the record. Record it anew with what is right; “Count it again” takes this back.",
  };
}
