import type { IncidentState, LeverUse } from "./incident.ts";
import { askedPeople } from "./owners/owner.ts";
import type { Actor, Person, UserId } from "./person.ts";
import type { Rejection } from "./rejection.ts";

/**
 * Who may answer, add evidence, claim, record and take back a lever, file an action and close: full
 * members of the incident's workspace who are in its channel or are named by it. Undefined where
 * they may, else `not_allowed` with one sentence that says what to do.
 */
export function mayTakePart(
  person: Person | undefined,
  actor: Actor,
  state: IncidentState,
): Rejection | undefined {
  const { incident } = state;
  if (actor.teamId !== incident.teamId) return no(anotherWorkspace);
  const outsider = mustBeFullMember(person);
  if (outsider) return outsider;
  if (isInChannel(state, actor.userId) || isNamed(state, actor.userId)) return undefined;
  if (incident.channelId === null) {
    return no("The incident's channel is still being opened. Try again in a few seconds.");
  }
  return no(joinFirst(state));
}

/**
 * Who may see what an incident holds: any full member of the workspace; a private incident is for those
 * who take part. Whom we do not know yet may be a guest: they are looked up first.
 */
export function mayRead(
  person: Person | undefined,
  actor: Actor,
  state: IncidentState,
): Rejection | undefined {
  if (actor.teamId !== state.incident.teamId) return no(anotherWorkspace);
  if (state.incident.isPrivate) {
    const takesPart = isInChannel(state, actor.userId) || isNamed(state, actor.userId);
    // says nothing of the incident, not even its channel's name
    return takesPart
      ? mustBeFullMember(person)
      : no("This incident is private. Ask its coordinator to invite you.");
  }
  return mustBeFullMember(person);
}

/**
 * Who may open a form that is filled in from scratch: as `mayRead`; and somebody whom we do not know
 * yet, where the incident is not private: they are looked up while they fill it in.
 */
export function mayOpenForm(
  person: Person | undefined,
  actor: Actor,
  state: IncidentState,
): Rejection | undefined {
  const { teamId, isPrivate } = state.incident;
  if (person === undefined && actor.teamId === teamId && !isPrivate) return undefined;
  return mayRead(person, actor, state);
}

/** Who may declare: any full member of the workspace. */
export function mayDeclare(person: Person | undefined): Rejection | undefined {
  return mustBeFullMember(person);
}

/** Who may name services and their owners: any full member; the service remembers who did last. */
export function mayEditServices(person: Person | undefined): Rejection | undefined {
  return mustBeFullMember(person);
}

/** B6: who is named as having authorized a lever, and nobody else, confirms or declines it. */
export function mayAnswerLever(lever: LeverUse, userId: UserId): Rejection | undefined {
  if (lever.authorizer === userId || lever.secondAuthorizer === userId) return undefined;
  return no(
    "Only the person who is named as having authorized this lever can confirm or decline it. Ask them to press the button.",
  );
}

/** Whoever recorded something puts it right, and the coordinator and the postmortem driver do; `what` begins the sentence. */
export function mayCorrect(
  { incident }: IncidentState,
  recorder: UserId,
  userId: UserId,
  what: string,
): Rejection | undefined {
  if ([recorder, incident.coordinator, incident.postmortemDriver].includes(userId))
    return undefined;
  return no(
    `${what} is corrected by who recorded it, the coordinator or the postmortem driver. Tell one of them what is wrong.`,
  );
}

/**
 * Whether somebody can be named for a thing that only a full member can do, as far as we know them: a
 * bot, a guest, a deactivated person and somebody of another workspace are refused at the form's
 * `field`. Whom we do not know yet is taken at the word of who names them: they have to act themselves
 * (confirm, answer), which nobody but a full member can. `task` ends the sentence: "could not …". Who
 * says something (an author) may be anybody.
 */
export function mustBeAbleTo(
  task: string,
  person: Person | undefined,
  field: string,
): Rejection | undefined {
  const what = whyNoFullMember(person);
  if (what === undefined) return undefined;
  return {
    code: "bad_field",
    field,
    message: `${what} and could not ${task}. Name a full member.`,
  };
}

/**
 * As `mustBeAbleTo`, for somebody whose name alone counts because nothing is asked of them (R14: who
 * approves): whom we do not know yet is looked up first (`src/usecases/named-people.ts` has it done).
 */
export function mustApproveAlone(person: Person | undefined, field: string): Rejection | undefined {
  if (person) return mustBeAbleTo("approve it", person, field);
  return {
    code: "bad_field",
    field,
    message: "I am looking this person up in Slack. Send the form again in a few seconds.",
  };
}

function whyNoFullMember(person: Person | undefined): string | undefined {
  if (person?.isBot) return "This is a bot";
  if (person?.isDeactivated) return "This person is deactivated here";
  if (person?.isGuest) return "This person is a guest here or of another workspace";
  return undefined;
}

const anotherWorkspace =
  "This incident belongs to another workspace. Ask somebody there to record it for you.";

function mustBeFullMember(person: Person | undefined): Rejection | undefined {
  if (!person) return no("I am looking you up in Slack. Try again in a few seconds.");
  if (person.isBot) return no("Only people take part in an incident. Ask a person to do this.");
  if (person.isDeactivated) {
    return no("Your Slack account is deactivated here. Ask an admin of the workspace.");
  }
  if (person.isGuest) {
    return no(
      "Guests cannot take part in incidents here. Ask a full member of the channel to record it in your name.",
    );
  }
  return undefined;
}

function isInChannel(state: IncidentState, userId: UserId): boolean {
  return state.memberIds.includes(userId);
}

function isNamed(state: IncidentState, userId: UserId): boolean {
  const { incident, owners, levers } = state;
  return (
    rolesOf(incident).includes(userId) ||
    owners.some((owner) => askedPeople(state, owner).includes(userId)) ||
    levers.some((lever) => lever.authorizer === userId || lever.secondAuthorizer === userId)
  );
}

function rolesOf(incident: IncidentState["incident"]): (UserId | null)[] {
  const { declaredBy, coordinator, postmortemDriver, communications, scribe } = incident;
  return [declaredBy, coordinator, postmortemDriver, communications, scribe];
}

function joinFirst({ incident }: IncidentState): string {
  return incident.isPrivate
    ? "This incident is private. Ask its coordinator to invite you."
    : `Join #${incident.channelName} first, then try again.`;
}

function no(message: string): Rejection {
  return { code: "not_allowed", message };
}
