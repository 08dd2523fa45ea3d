import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import { isLayerId } from "./layers/index.ts";
import type { AcceptedRisk } from "./learning.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { unknownLink } from "./links.ts";
import { nextNumber } from "./next-number.ts";
import type { Rejection } from "./rejection.ts";
import { capacities, type Capacity } from "./vocabulary.ts";
import { listInWords } from "./words.ts";

export interface AcceptRiskInput {
  incidentId: IncidentId;
  /** Layer ids and gaps: `model`, `G1`; never empty. */
  addresses: string[];
  statement: string;
  capacity: Capacity;
}

/**
 * Q4: somebody with authority signs, in their own name, that nothing will be done about a layer or a
 * gap. `known` are the capacities in which they may authorize; where none are known, any is taken.
 */
export function decideAcceptRisk(
  state: IncidentState,
  { addresses, statement, capacity }: AcceptRiskInput,
  by: By,
  known: readonly Capacity[],
): Result<Decision, Rejection> {
  const { incident } = state;
  const rejection =
    refuseIfOver(incident) ??
    unknownLink(state, { addresses: addresses.filter((id) => !isLayerId(id)) }) ??
    strangeAddress(addresses) ??
    otherCapacity(capacity, known) ??
    refuseWording({ statement });
  if (rejection) return err(rejection);

  const risk: AcceptedRisk = {
    number: nextNumber(state.risks),
    addresses,
    statement,
    signedBy: by.userId,
    capacity,
    recordedAt: by.now,
  };
  return ok({
    changes: { risks: [risk] },
    timeline: [
      {
        lane: "learning",
        kind: "risk_accepted",
        happenedAt: by.now,
        actor: by.userId,
        data: { risk: risk.number, addresses, statement, capacity },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "learning", item: "risk", number: risk.number }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `You signed accepted risk ${risk.number}. It is in the record with your name.`,
      incidentId: incident.id,
    },
  });
}

/** A risk is accepted for a layer or a gap; strands and factors are answered by actions. */
function strangeAddress(addresses: readonly string[]): Rejection | undefined {
  if (addresses.length > 0 && addresses.every((id) => isLayerId(id) || id.startsWith("G"))) {
    return undefined;
  }
  const message = "Choose the layers or gaps that nothing will be done about.";
  return { code: "bad_field", field: "addresses", message };
}

function otherCapacity(capacity: Capacity, known: readonly Capacity[]): Rejection | undefined {
  if (known.length === 0 || known.includes(capacity)) return undefined;
  const words = listInWords(known.map((one) => capacities[one].toLowerCase()));
  return {
    code: "bad_field",
    field: "capacity",
    message: `You are named for ${words}. Choose that, or ask somebody of this capacity to sign.`,
  };
}
