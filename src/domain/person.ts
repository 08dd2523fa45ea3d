import type { Capacity } from "./vocabulary.ts";

declare const userIdBrand: unique symbol;
/** A Slack user id (`U…` or `W…`). People are known by it and by the team id, never by name or e-mail. */
export type UserId = string & { readonly [userIdBrand]: true };

declare const teamIdBrand: unique symbol;
/** A Slack workspace id (`T…`). */
export type TeamId = string & { readonly [teamIdBrand]: true };

/** Who presses, types or submits, as Slack signed it. */
export interface Actor {
  teamId: TeamId;
  userId: UserId;
}

/** What we remember of a person of the workspace. */
export interface Person {
  userId: UserId;
  /** Display name for places where a mention does not work (GitHub). Null until Slack was asked. */
  displayName: string | null;
  githubLogin: string | null;
  /** In which capacities they may authorize (B12); empty where nobody said. */
  capacities: readonly Capacity[];
  isGuest: boolean;
  isDeactivated: boolean;
  isBot: boolean;
}
