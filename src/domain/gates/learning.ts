import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds, type LayerId, layers } from "#src/domain/layers/index.ts";
import type { Rule } from "#src/domain/rule.ts";
import { listInWords } from "#src/domain/words.ts";

/** B5, Q4: every proximate and contributing layer has an action, weak ones count, or a signed accepted risk. */
export const layersHaveActions: Rule<IncidentState, unknown> = (state) => {
  const [first, ...rest] = layerIds.filter(
    (layer) => broke(state, layer) && !isAnswered(state, layer),
  );
  if (!first) return undefined;
  return {
    rule: "B5",
    alsoRules: ["Q4"],
    missing: [first, ...rest],
    sentence: `Record a corrective action for ${layers[first].label}, with one owner, a day, and how somebody else can tell that it is done; or have somebody sign that the risk is accepted.`,
  };
};

/** Q4: detection gaps that nothing answers, no action and no signed risk. Shown at close, not refused. */
export const gapsAnswered: Rule<IncidentState, unknown> = (state) => {
  const open = state.gaps.filter(({ number }) => !isAddressed(state, `G${number}`));
  const [first] = open;
  if (!first) return undefined;
  const which =
    open.length === 1
      ? `Nothing is planned yet for gap ${first.number}`
      : `Nothing is planned yet for gaps ${listInWords(open.map(({ number }) => String(number)))}`;
  return {
    rule: "Q4",
    missing: open.map(({ number }) => `G${number}`),
    sentence: `${which}: record an action that answers it, link one that does, or have the risk signed.`,
  };
};

/** Q6: at least one regression test was made of the reproduction. Flagged at close, not refused. */
export const goldenMade: Rule<IncidentState, unknown> = (state) => {
  if (state.goldens.some((golden) => golden.fromEvidence !== null)) return undefined;
  return {
    rule: "Q6",
    missing: ["golden"],
    sentence:
      "No golden prompt or test was made of a recorded failure yet, so nothing would catch this the next time.",
  };
};

function broke(state: IncidentState, layer: LayerId): boolean {
  return state.verdicts.some(
    (one) => one.layer === layer && (one.verdict === "proximate" || one.verdict === "contributing"),
  );
}

function isAnswered(state: IncidentState, layer: LayerId): boolean {
  return state.actions.some((action) => action.layer === layer) || isSigned(state, layer);
}

function isAddressed(state: IncidentState, id: string): boolean {
  return state.actions.some((action) => action.addresses.includes(id)) || isSigned(state, id);
}

function isSigned(state: IncidentState, id: string): boolean {
  return state.risks.some((risk) => risk.addresses.includes(id));
}
