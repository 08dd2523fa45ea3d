import type { VerdictClaim } from "#src/domain/attribution/claim.ts";
import { refusedWords } from "#src/domain/attribution/contribution-blameless.ts";
import { decideAddArms } from "#src/domain/add-arms.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import { decideAnswerSplit } from "#src/domain/answer-split.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import { readReplay, smallestRecovering } from "#src/domain/figures/replay.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isLayerId, type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { splitSuggestion } from "#src/domain/split.ts";
import type { ChangeState } from "#src/domain/vocabulary.ts";
import {
  after,
  answerInput,
  by,
  evidenceInput,
  incidentId,
  item,
  user,
  verdictInput,
} from "#test/domain/fixtures.ts";
import { clears, support } from "#test/domain/proof.ts";
import type { Claimed } from "./any-claim.ts";

/** Does what a rule asks for under this id, through the forms that people have for it. */
export function supply(claimed: Claimed, rule: string, id: string): Claimed {
  const { state, made } = claimed;
  const move = moves[id];
  if (move) return move(claimed);
  if (!isLayerId(id)) return { state: withRow(claimed, id), made };
  switch (rule) {
    case "R5":
      return { state: withItems(state, clearing(made.layer, id)), made };
    case "R2":
      return withNamed({ state: withAnswer(claimed, id, "no_change"), made }, [
        item(1, { kind: "E3", clears: [id] }),
      ]);
    case "R6":
      return { state: determined(claimed, id), made };
    default:
      return { state: withAnswer(claimed, id, "changed"), made };
  }
}

const moves: Record<string, (claimed: Claimed) => Claimed> = {
  split_answer: ({ state, made }) => ({ state: withSplitDeclined(state, made), made }),
  change_source_complete: (claimed) => ({
    ...claimed,
    state: withAnswer(claimed, claimed.made.layer, "no_change"),
  }),
  decisive_item: (claimed) => withSupport(claimed),
  positive_evidence: (claimed) => withSupport(claimed),
  two_way_demonstration: (claimed) => withSupport(claimed),
  same_mistake: (claimed) =>
    withNamed(claimed, [
      item(1, { kind: "E6", supports: [claimed.made.layer], data: { inputCount: 3 } }),
    ]),
  reverse_arm: ({ state, made }) => ({ state: withReverse(state, made), made }),
  approver: ({ state, made }) => ({ state, made: { ...made, approver: user("U-approver") } }),
  reason: ({ state, made }) => ({ state, made: { ...made, reason: "the logs are gone" } }),
  contribution: ({ state, made }) => ({
    state,
    made: { ...made, contribution: "it hid the date" },
  }),
  rewrite: ({ state, made }) => {
    const rewrite = refusedWords(made)?.rewrite;
    return { state, made: rewrite ? { ...made, [rewrite.field]: rewrite.text } : made };
  },
};

function withItems(state: IncidentState, items: readonly EvidenceItem[]): IncidentState {
  return items.reduce((one, { kind, supports, clears, data }) => {
    const said = evidenceInput({ kind, supports, clears, figures: data, strandNumbers: [1] });
    return after(one, decideAddEvidence(one, said, by));
  }, state);
}

/** New items, which a claim that names its items names as well. */
function withNamed({ state, made }: Claimed, items: readonly EvidenceItem[]): Claimed {
  const next = withItems(state, items);
  const added = next.evidence.slice(state.evidence.length).map(({ number }) => number);
  const evidenceNumbers =
    made.evidenceNumbers.length === 0 ? [] : [...made.evidenceNumbers, ...added];
  return { state: next, made: { ...made, evidenceNumbers } };
}

function withSupport(claimed: Claimed): Claimed {
  const { layer, confidence } = claimed.made;
  return withNamed(claimed, support(layer, { confidence: confidence ?? "probable" }));
}

function clearing(claimed: LayerId, cleared: LayerId): EvidenceItem[] {
  return clears(claimed).filter((one) => one.clears.includes(cleared));
}

function withAnswer({ state, made }: Claimed, layer: LayerId, change: ChangeState): IncidentState {
  const given = answerInput({ layer, change, strandNumbers: [made.strandNumber] });
  const input = { incidentId, answers: [given], author: by.userId };
  return after(state, decideAnswerLayers(state, input, by));
}

function withRow({ state, made }: Claimed, row: string): IncidentState {
  const claimedLayer = layerIds.find((id) => layers[id].opposing.some((one) => one.id === row));
  if (!claimedLayer) throw new Error(`nothing supplies ${row}`);
  const traced = withItems(state, [item(1, { kind: "E3" })]);
  const evidenceNumbers = [traced.evidence.length];
  const filled = { row, reading: "rules_out", pointsTo: null, sentence: "no", evidenceNumbers };
  const rows = [{ ...filled, reading: "rules_out" as const }];
  const input = { incidentId, strandNumber: made.strandNumber, claimedLayer, rows };
  return after(traced, decideAnswerRows(traced, { ...input, author: by.userId }, by));
}

/** R6: somebody has found out: its answer, the rows that ask about it, and what was said of it. */
function determined(claimed: Claimed, layer: LayerId): IncidentState {
  const { made } = claimed;
  let state = withAnswer(claimed, layer, "changed");
  for (const one of state.rowAnswers) {
    const asks = layers[one.claimedLayer].opposing.find(({ id }) => id === one.row)?.asks;
    if (one.reading !== "cannot_tell") continue;
    if ((asks === "claimed" ? one.claimedLayer : asks) !== layer) continue;
    state = withRow({ state, made }, one.row);
  }
  const given = state.verdicts.some(
    (one) => one.layer === layer && one.verdict === "undeterminable",
  );
  if (!given) return state;
  // no verdict is set while a split is open (R10)
  if (splitSuggestion(state, made.strandNumber)) state = withSplitDeclined(state, made);
  const input = verdictInput({ layer, verdict: "implicated", confidence: null });
  return after(state, decideSetVerdict(state, input, by));
}

function withSplitDeclined(state: IncidentState, { strandNumber }: VerdictClaim): IncidentState {
  const evidenceNumbers =
    splitSuggestion(state, strandNumber)?.items.map(({ number }) => number) ?? [];
  const answer = {
    incidentId,
    strandNumber,
    evidenceNumbers,
    isAccepted: false,
    strands: [],
    stays: null,
  };
  return after(state, decideAnswerSplit(state, { ...answer, why: "one failure" }, by));
}

/** The reverse of the arm that recovers, in every replay that the claim could rest on. */
function withReverse(state: IncidentState, { layer }: VerdictClaim): IncidentState {
  return state.evidence.reduce((one, { number, data, kind, supports }) => {
    if (!decisiveLayers({ kind, data, supports }).includes(layer)) return one;
    const recovering = smallestRecovering(readReplay(data.arms ?? []).arms).filter((arm) =>
      arm.layers.includes(layer),
    );
    const arms = recovering.map(({ layers: of }, at) => ({
      name: `put back ${at}`,
      role: "reverse" as const,
      layers: of,
      isLkg: true,
      n: 400,
      fails: 400,
    }));
    if (arms.length === 0) return one;
    return after(one, decideAddArms(one, { incidentId, evidenceNumber: number, arms }, by));
  }, state);
}
