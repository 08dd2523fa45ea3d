import type { LayerId } from "./layers/index.ts";
import type { UserId } from "./person.ts";

/**
 * What has to be looked at later. When it is due, by the service's clock, the incident is read again
 * and a pure function decides what follows (`remind.ts`): nothing, where it is settled by then.
 */
export interface Reminder {
  about: ReminderAbout;
  dueAt: Date;
}

export type ReminderAbout =
  /** An owner has not answered for a layer: remind them, ask the stand-in, tell the coordinator. */
  | { kind: "answer-late"; layer: LayerId; step: "owner" | "stand-in" | "coordinator" }
  /** The next update is due; `isRepeat`: it was asked for before, and nobody has written it or put it off. */
  | { kind: "update-due"; isRepeat?: true }
  /** The authorizer has not confirmed or declined a lever: ask them once more, then (`step`) tell the coordinator. */
  | { kind: "lever-unconfirmed"; leverNumber: number; userId: UserId; step?: "coordinator" };

const known: Readonly<Record<ReminderAbout["kind"], true>> = {
  "answer-late": true,
  "update-due": true,
  "lever-unconfirmed": true,
};

/**
 * The kinds this version decides about. A newer one that runs beside it, or ran before it, may have
 * written others: they are left to that one.
 */
export const reminderKinds = Object.keys(known) as readonly ReminderAbout["kind"][];

/** One reminder stands for each key; setting it again moves it. */
export function reminderKey(about: ReminderAbout): string {
  switch (about.kind) {
    case "answer-late":
      return `${about.kind}:${about.layer}`;
    case "lever-unconfirmed":
      return `${about.kind}:${about.leverNumber}:${about.userId}`;
    case "update-due":
      return about.kind;
  }
}
