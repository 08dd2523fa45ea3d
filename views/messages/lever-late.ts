import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { authorizationsOf, isInForce, lacksAuthorizer } from "#src/domain/lever-use.ts";
import {
  actions,
  button,
  joinMrkdwn,
  mention,
  mrkdwn,
  type Mrkdwn,
  section,
} from "#views/block-kit.ts";
import { leverOf } from "#views/find.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentReference, leverLine } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** To the coordinator, in the channel: a lever is in force that nobody has confirmed; with what can be done. */
export function renderLeverLate(state: IncidentState, leverNumber: number): MessageContent {
  const { incident } = state;
  const use = leverOf(state, leverNumber);
  const subject = incidentReference(incident);
  const blockId = `lever-late:LV${use.number}`;
  const over = noLongerLate(state, use);
  if (over !== undefined) return content(mrkdwn`${subject}: ${over}`, [section(over, blockId)]);
  const isToBeNamed = lacksAuthorizer(state, use);
  const said = mrkdwn`${mention(incident.coordinator)}, lever ${use.number}, “${leverLine(use)}”, is in force, and ${whoIsMissing(use, isToBeNamed)}`;
  const hint = encodeHint({ incidentId: incident.id, leverNumber });
  return content(mrkdwn`${subject}: ${said}`, [
    section(said, blockId),
    section(
      isToBeNamed
        ? `At ${incident.severity} somebody else has to: name them, or take the lever back.`
        : "Ask them in another way, or take the lever back.",
    ),
    actions(`lever-late-buttons:LV${use.number}`, [
      ...(isToBeNamed ? [button("complete-lever", "Name who authorized it", hint)] : []),
      button("end-lever", "Take it back or keep it", hint),
    ]),
  ]);
}

/** Who has not said yet whether they authorized it; or that it is its recorder, who may not. */
function whoIsMissing(use: LeverUse, isToBeNamed: boolean): Mrkdwn {
  if (isToBeNamed) {
    return mrkdwn`${mention(use.recorder)}, who recorded it, is named as having authorized it.`;
  }
  const missing = authorizationsOf(use).filter(({ state }) => state === "claimed");
  const names = joinMrkdwn(
    missing.map(({ userId }) => mention(userId)),
    " and ",
  );
  return missing.length > 1
    ? mrkdwn`${names} have not said yet whether they authorized it.`
    : mrkdwn`${names} has not said yet whether they authorized it.`;
}

function noLongerLate({ incident }: IncidentState, use: LeverUse): Mrkdwn | undefined {
  const lever = mrkdwn`lever ${use.number}, “${leverLine(use)}”`;
  if (incident.status !== "open") {
    return mrkdwn`The response has ended; nobody is asked about ${lever} any more.`;
  }
  if (!isInForce(use)) return mrkdwn`Nobody is asked about ${lever} any more: it has ended.`;
  return authorizationsOf(use).some(({ state }) => state === "claimed")
    ? undefined
    : mrkdwn`Everybody who was asked about ${lever} has answered now. Thank you.`;
}
