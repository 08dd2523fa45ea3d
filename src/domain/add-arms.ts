import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { EvidenceItem } from "./evidence.ts";
import { setBackWords } from "./figures/figure-words.ts";
import { readAddedArms } from "./figures/replay.ts";
import { readingMark } from "./figures/reading-mark.ts";
import type { Arm } from "./figures/figures.ts";
import { supportFromCounts } from "./figures/shown-layers.ts";
import type { AddArmsInput } from "./inputs.ts";
import { refuseIfOver } from "./lifecycle.ts";
import type { Rejection } from "./rejection.ts";

/** Adds arms to a replay that is recorded already, for example its reverse arm (B3.1, R5a). What was counted stays. */
export const decideAddArms: Decider<AddArmsInput> = (state, input, by) => {
  const { incident } = state;
  const item = state.evidence.find(({ number }) => number === input.evidenceNumber);
  const rejection = refuseIfOver(incident) ?? wrongArms(item, input.arms);
  if (rejection || !item) return err(rejection ?? noReplay);
  const before = item.data.arms ?? [];
  const data = { ...item.data, arms: [...before, ...input.arms] };
  const shown =
    item.supports.length > 0
      ? { layers: item.supports, sentence: "" }
      : supportFromCounts(item.kind, data, [...item.contradicts, ...item.clears]);
  const changed: EvidenceItem = { ...item, data, supports: shown.layers };
  const reading = readAddedArms(before, input.arms);
  return ok({
    changes: { changedEvidence: [changed] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "arms_added",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          evidence: item.number,
          arms: input.arms.map(({ name, n, fails }) => `${name}: ${fails} of ${n}`),
          reading: reading.id,
        },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "evidence", evidenceNumber: item.number }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: [
        `Added ${input.arms.length === 1 ? "1 arm" : `${input.arms.length} arms`} to evidence ${item.number}.`,
        shown.sentence,
        setBackWords(input.arms),
      ]
        .filter((sentence) => sentence !== "")
        .join(" "),
      incidentId: incident.id,
      isShown: true,
      marks: [readingMark(reading, item.number)],
    },
  });
};

const noReplay: Rejection = {
  code: "not_found",
  message: "There is no such replay in this incident. Open the form again and choose one.",
};

function wrongArms(item: EvidenceItem | undefined, arms: readonly Arm[]): Rejection | undefined {
  if (item?.kind !== "E4") return noReplay;
  const before = item.data.arms ?? [];
  const twice = arms.find(({ name }) => before.some((one) => one.name === name));
  if (twice) {
    const message = `“${twice.name}” is counted already. Give the new arm another name, or record a new replay.`;
    return { code: "bad_field", field: "arms", message };
  }
  const second = arms.find(
    ({ role }) =>
      (role === "baseline" || role === "all_lkg") && before.some((one) => one.role === role),
  );
  if (second) {
    const message = `This replay has a ${second.role === "baseline" ? "baseline" : "run with everything set back"} already. Record a new replay.`;
    return { code: "bad_field", field: "arms", message };
  }
  return undefined;
}
