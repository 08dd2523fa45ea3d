import { err, ok, type Result } from "#src/lib/result.ts";
import { announce, postMessage, requestAnswers, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { IncidentState } from "./incident.ts";
import type { CloseInput } from "./inputs.ts";
import { isAttributed } from "./layer-state.ts";
import { allLeverMessages } from "./lever-messages.ts";
import { checkClose, refuseIfOver } from "./lifecycle.ts";
import type { Person } from "./person.ts";
import { mustApproveAlone } from "./policy.ts";
import type { Rejection } from "./rejection.ts";

/** What is known of the approver beyond the form. */
interface CloseBasis {
  /** Undefined where none is named, or we do not know them yet: then they are looked up first. */
  approver: Person | undefined;
}

/** Ends the response and has the postmortem proposed; refused while a gate finds something missing (B5, R14). */
export function decideCloseIncident(
  state: IncidentState,
  input: CloseInput,
  by: By,
  basis: CloseBasis = { approver: undefined },
): Result<Decision, Rejection> {
  const { incident } = state;
  const { closeAs, approver } = input;
  const rejection =
    refuseIfOver(incident) ??
    wrongField(state, input, by) ??
    (approver === null ? undefined : mustApproveAlone(basis.approver, "approver"));
  if (rejection) return err(rejection);

  const refusal = checkClose(state, { closeAs, approver, closedBy: by.userId });
  if (refusal) return err({ code: "refused", message: refusal.sentence, refusal });

  return ok({
    changes: {
      incident: {
        status: "closed",
        phase: "learning",
        closedAt: by.now,
        closedBy: by.userId,
        closedAs: closeAs,
        closeApprover: approver,
      },
    },
    timeline: [
      {
        lane: "learning",
        kind: "incident_closed",
        happenedAt: by.now,
        actor: by.userId,
        data: { closedAs: closeAs, approver },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "closed" }),
      // closed once before: its message stands far above, so the channel is told anew
      ...(incident.endedWhy === null
        ? []
        : [postMessage(incident.id, { kind: "entry", sequence: state.lastSequence + 1 })]),
      updatePanel(incident.id),
      { name: "set-topic", incidentId: incident.id },
      ...announce(incident),
      postMessage(incident.id, { kind: "update-reminder" }),
      ...requestAnswers(state),
      ...allLeverMessages(state),
      { name: "propose-postmortem", incidentId: incident.id },
    ],
    outcome: {
      sentence: `Closed incident ${incident.number}. Its postmortem is being written; the link follows in the channel.`,
      incidentId: incident.id,
    },
  });
}

function wrongField(
  state: IncidentState,
  { closeAs, approver }: CloseInput,
  by: By,
): Rejection | undefined {
  if (closeAs === "attributed") return undefined;
  if (state.strands.every((strand) => isAttributed(state, strand.number))) {
    return badField("close_as", "What broke first is named. Choose to close with it.");
  }
  if (approver === null) {
    return badField(
      "approver",
      "Name the person who approves closing without knowing what broke first.",
    );
  }
  if (approver === by.userId) {
    return badField("approver", "Somebody other than you has to approve this. Name them.");
  }
  return undefined;
}

function badField(field: string, message: string): Rejection {
  return { code: "bad_field", field, message };
}
