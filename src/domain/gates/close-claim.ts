import type { UserId } from "#src/domain/person.ts";

/** What a person asks for who ends the response. */
export interface CloseClaim {
  closeAs: "attributed" | "undetermined";
  approver: UserId | null;
  closedBy: UserId;
}
