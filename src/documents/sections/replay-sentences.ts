import type { EvidenceItem } from "#src/domain/evidence.ts";
import {
  type ArmReading,
  level,
  pooled,
  recoveredReference,
} from "#src/domain/figures/arm-readings.ts";
import { countsInWords, pInWords } from "#src/domain/figures/figure-words.ts";
import type { Counts } from "#src/domain/figures/figures.ts";
import { readReplay, smallestRecovering } from "#src/domain/figures/replay.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { layersInWords } from "#src/domain/words.ts";
import { inline } from "#src/documents/github-markdown.ts";

/**
 * What a replay shows of the layer that broke first, as sentences of Markdown: what only setting it back
 * does, then, where that was run, everything set back but it (R5a). Empty where no arm of it recovers.
 */
export function replayFor({ kind, data }: EvidenceItem, layer: LayerId): string[] {
  const arms = data.arms ?? [];
  const baseline = pooled(arms, "baseline");
  if (kind !== "E4" || !baseline) return [];
  const { arms: read } = readReplay(arms);
  const recovering = smallestRecovering(read).filter(({ layers }) => layers.includes(layer));
  if (recovering.length === 0) return [];
  const named = (arm: ArmReading, of: readonly ArmReading[]) =>
    of.length > 1 ? ` (${inline(arm.name)})` : "";
  const reference = recoveredReference(arms);
  const again = read.filter(
    ({ verdict, layers }) => verdict === "fails_again" && layers.includes(layer),
  );
  return [
    ...recovering.map(
      (arm) =>
        `With only ${layersInWords(arm.layers)} set back${named(arm, recovering)}, ${countsInWords(arm)} fail instead of ${besides(arm, baseline)} (${pInWords(arm.p ?? 1)}${adjustedWords(arm)}).`,
    ),
    ...(reference
      ? again.map(
          (arm) =>
            `With everything set back but ${arm.layers.length > 1 ? "those" : "that"}${named(arm, again)}, ${countsInWords(arm)} fail again, against ${countsInWords(reference)} (${pInWords(arm.p ?? 1)}).`,
        )
      : []),
  ];
}

/**
 * What a replay shows of a layer that is not named: that setting it back alone does not help, and that a
 * workaround in it does, which shows nothing of where it began (R8). `isNews`: that another layer broke first is named, and not told of this one yet.
 */
export function replayAgainst(
  { kind, data, number }: EvidenceItem,
  layer: LayerId,
  isNews: boolean,
): string[] {
  const arms = data.arms ?? [];
  const baseline = pooled(arms, "baseline");
  if (kind !== "E4" || !baseline) return [];
  const own = readReplay(arms).arms.filter(
    ({ layers }) => layers.length === 1 && layers[0] === layer,
  );
  const start = isNews ? "It did not break first: set back" : "Set back";
  return [
    ...own
      .filter(({ role, verdict }) => role === "override" && verdict === "no_difference")
      .map(
        (arm) =>
          `${start} (${inline(arm.name)}), it still fails ${countsInWords(arm)}, against ${besides(arm, baseline)} (evidence ${number}).`,
      ),
    ...own
      .filter(({ role, p }) => role === "mitigation" && p !== null && p < level)
      .map(
        (arm) =>
          `A workaround here (${inline(arm.name)}) lowered it to ${countsInWords(arm)}, from ${besides(arm, baseline)} (evidence ${number}). That softens a failure; it does not show where it began.`,
      ),
  ];
}

/** "15" beside "8 of 20" where as many were run; "15 of 30" else. */
function besides({ n }: Counts, other: Counts): string {
  return other.n === n ? String(other.fails) : countsInWords(other);
}

function adjustedWords({ adjusted }: ArmReading): string {
  return adjusted === null ? "" : `, adjusted ${pInWords(adjusted).replace(/^p /, "")}`;
}
