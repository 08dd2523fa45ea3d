import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { savePeople } from "#src/db/people.ts";
import type { Database } from "#src/db/open.ts";
import type { DeclareInput } from "#src/domain/inputs.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import { createLog } from "#src/lib/log.ts";
import type { Context } from "#src/usecases/context.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";

export const teamId = "T1" as TeamId;
export const declarer = "U1" as UserId;
export const colleague = "U2" as UserId;
export const guest = "U3" as UserId;
const now = new Date("2026-03-09T09:20:00Z");

/** What the edge hands to a use case; each call has a request key of its own unless one is given. */
export function contextOf(db: Database, overrides: Partial<Context> = {}): Context {
  contextOf.count += 1;
  return {
    db,
    actor: { teamId, userId: declarer },
    now,
    requestKey: `request:${contextOf.count}`,
    log: createLog("silent"),
    settings: {
      slashCommand: "/incident",
      ledger: noLedgerSettings,
      gitHub: { hasAccess: true, issuesRepo: "acme/assistant", postmortemRepo: "acme/postmortems" },
    },
    ...overrides,
  };
}
contextOf.count = 0;

/** A team of one declarer, one colleague and one guest. */
export async function seedPeople(db: Database): Promise<void> {
  const person = (userId: UserId, isGuest: boolean) => ({
    userId,
    displayName: userId.toLowerCase(),
    isGuest,
    isDeactivated: false,
    isBot: false,
  });
  await savePeople(db, teamId, [
    person(declarer, false),
    person(colleague, false),
    person(guest, true),
  ]);
}

/** What a form with a title and a severity hands over. */
export function declareInput(overrides: Partial<DeclareInput> = {}): DeclareInput {
  return {
    title: "Assistant cites the old rule",
    severity: "SEV2",
    isSeverityUnsure: false,
    serviceName: null,
    userImpact: null,
    incidentClass: null,
    onsetAt: null,
    noticedAt: null,
    noticedHow: null,
    isDrill: false,
    ...overrides,
  };
}

/** A declared incident's row id. */
export async function declareOne(db: Database): Promise<IncidentId> {
  const declared = await declareIncident(contextOf(db), declareInput());
  if (!declared.ok || declared.value.incidentId === null) throw new Error("not declared");
  return declared.value.incidentId;
}
