import { listServices } from "#src/db/services.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { recordChanges } from "#src/usecases/record-changes.ts";
import { agentSpans, otlpRequest, otlpSpan } from "#test/support/agent-trace.ts";
import type { TestBot } from "#test/support/bot.ts";
import { changesOnPage } from "#views/modals/versions.ts";
import type { DeclaredIncident, Desk } from "./desk.ts";
import { figuresDesk } from "./figures-desk.ts";

/** Declares more changes than one page of the versions shows, in the hours before the incident was declared. */
export async function fillLedger(
  { database: { db }, world }: TestBot,
  { number }: DeclaredIncident,
): Promise<void> {
  const teamId = world.seed.team.id as TeamId;
  const [usual] = await listServices(db, teamId);
  const { declaredAt } = await db
    .selectFrom("incident")
    .select("declaredAt")
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  const changes = Array.from({ length: changesOnPage + 1 }, (_, index) => ({
    key: `deploy-${index}`,
    service: usual?.name ?? null,
    at: new Date(declaredAt.getTime() - (index + 1) * 600_000),
    until: null,
    kind: "deploy",
    layer: "integration_ui" as const,
    summary: `Deploy ${index}`,
    link: "https://ci.example.com/runs/41",
    declaredBy: null,
    sets: {},
  }));
  const ctx = { db, teamId, now: declaredAt, settings: noLedgerSettings };
  await recordChanges(ctx, changes, { source: "api" });
}

/** Attaches a trace of more hops than one page shows, with its text. */
export async function fillTrace(
  bot: TestBot,
  desk: Desk,
  incident: DeclaredIncident,
): Promise<void> {
  const root: (typeof agentSpans)[number] = agentSpans[0]!;
  const steps = Array.from({ length: 40 }, (_, index) => ({
    ...root,
    id: index + 2,
    parent: 1,
    at: index * 10,
    ms: 5,
  }));
  const content = JSON.stringify(otlpRequest([root, ...steps].map((span) => otlpSpan(span))));
  const { fileId } = await bot.control.upload({
    userId: desk.id("declarer"),
    file: { name: "trace.json", mimetype: "application/json", content },
  });
  const { submitKind } = figuresDesk(bot, desk, () => incident);
  await submitKind("E3", { file: [fileId], keep_text: ["keep"] });
  await desk.settle();
}
