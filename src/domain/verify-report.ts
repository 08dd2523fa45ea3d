import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { IncidentId } from "./incident.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { splitMarks } from "./split-marks.ts";

export interface VerifyReportInput {
  incidentId: IncidentId;
  evidenceNumber: number;
  /** False: somebody looked, and it did not happen as reported. */
  isVerified: boolean;
}

/** R11: somebody looked at a report and says whether it is real; who and when are kept, and it can be changed either way. */
export const decideVerifyReport: Decider<VerifyReportInput> = (state, input, by) => {
  const { incident, evidence } = state;
  const { evidenceNumber, isVerified } = input;
  const over = refuseIfOver(incident, "Say in its channel what you found.");
  if (over) return err(over);
  const item = evidence.find(({ number }) => number === evidenceNumber);
  if (item?.kind !== "E10") {
    const message = "There is no such report in this incident. Use the buttons under its message.";
    return err({ code: "not_found", message });
  }
  if (item.isVerified === isVerified) {
    const stands = isVerified ? "is verified" : "is marked as not real";
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
        data: { evidence: evidenceNumber, isVerified },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "evidence", evidenceNumber }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: isVerified
        ? `Evidence ${evidenceNumber} is verified: it counts from now on.`
        : `Evidence ${evidenceNumber} is marked as not real: it counts for nothing.`,
      incidentId: incident.id,
      marks: isVerified
        ? splitMarks(state, changed)
        : [
            {
              id: `flag:R11:EV${evidenceNumber}`,
              sentence: "It enters no count, and carries no claim.",
            },
          ],
    },
  });
};
