import { err, ok, type Result } from "#src/lib/result.ts";
import type { IncidentState, LeverUse } from "./incident.ts";
import { levers } from "./lever.ts";
import type { UserId } from "./person.ts";
import type { Rejection } from "./rejection.ts";
import type { Capacity } from "./vocabulary.ts";

/** The lever with this number, which came back from a button or a form; `not_found` where the incident has none. */
export function findLever(
  { levers: uses }: Pick<IncidentState, "levers">,
  leverNumber: number,
): Result<LeverUse, Rejection> {
  const use = uses.find(({ number }) => number === leverNumber);
  if (use) return ok(use);
  return err({
    code: "not_found",
    message:
      "There is no such lever in this incident. Use the buttons under the message of a lever.",
  });
}

/** What was done, in words: the lever's label, or the recorder's own words where there is none. */
export function leverWords(use: Pick<LeverUse, "lever" | "ownWords">): string {
  return use.lever === "other" && use.ownWords ? use.ownWords : levers[use.lever].label;
}

/** B5: a lever is in force, claimed, confirmed or declined, until somebody takes it back or keeps it for good. */
export function isInForce(use: LeverUse): boolean {
  return use.endedAt === null;
}

/** Levers in force whose condition for taking them back has come, as somebody said; the oldest word first. */
export function leversToTakeBack({ levers: uses }: Pick<IncidentState, "levers">): LeverUse[] {
  return uses
    .filter((use) => isInForce(use) && use.conditionMetAt !== null)
    .toSorted((a, b) => Number(a.conditionMetAt) - Number(b.conditionMetAt));
}

/** B6: whether two people of different capacity are asked for: the feature is off, or it cannot be undone (history that is lost is). */
export function needsTwo(use: Pick<LeverUse, "lever" | "cannotBeUndone">): boolean {
  return use.lever === "disable_feature" || use.lever === "reset_memory" || use.cannotBeUndone;
}

/** B6: what evidence the lever can destroy, while nobody has said that something was saved; undefined otherwise. */
export function unsavedEvidence(use: Pick<LeverUse, "lever" | "savedFirst">): string | undefined {
  return use.savedFirst === null ? levers[use.lever].saveFirst : undefined;
}

/** One of the people who are named as having authorized a lever, and what they said to it. */
export interface Authorization {
  userId: UserId;
  /** Null where nobody said in which capacity. */
  capacity: Capacity | null;
  state: "claimed" | "confirmed" | "declined";
}

/** The people who are named as having authorized a lever, one or two, the first one first. */
export function authorizationsOf(use: LeverUse): Authorization[] {
  const first = { userId: use.authorizer, capacity: use.capacity, state: use.state };
  if (use.secondAuthorizer === null) return [first];
  const second = { userId: use.secondAuthorizer, capacity: use.secondCapacity };
  return [first, { ...second, state: use.secondState ?? "claimed" }];
}

/** Whether this person is named as authorizer and has not said yes or no yet. */
export function isAwaited(use: LeverUse, userId: UserId): boolean {
  return authorizationsOf(use).some((one) => one.userId === userId && one.state === "claimed");
}

/** B6: at SEV1 and SEV2 nobody authorizes what they recorded themselves, whatever the severity was then. */
export function mayAuthorize(
  { incident: { severity } }: Pick<IncidentState, "incident">,
  { recorder }: Pick<LeverUse, "recorder">,
  userId: UserId,
): boolean {
  return (severity !== "SEV1" && severity !== "SEV2") || recorder !== userId;
}

/** Whether this person is asked whether they authorized a lever: they may say so, and have not yet. */
export function isAsked(
  state: Pick<IncidentState, "incident">,
  use: LeverUse,
  userId: UserId,
): boolean {
  return isAwaited(use, userId) && mayAuthorize(state, use, userId);
}

/** B6: whether a lever in force waits for the word of somebody who may not give it: somebody else is to be named. */
export function lacksAuthorizer(state: Pick<IncidentState, "incident">, use: LeverUse): boolean {
  return (
    isInForce(use) &&
    authorizationsOf(use).some(
      ({ userId, state: said }) => said === "claimed" && !mayAuthorize(state, use, userId),
    )
  );
}
