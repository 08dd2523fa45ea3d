import { getIncidentState } from "#src/db/incidents.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { Interaction } from "#sandbox/protocol.ts";
import type { TestBot } from "#test/support/bot.ts";
import type { DeclaredIncident, Desk, FormValues } from "./desk.ts";

/** The arms of S2's E02, as people type them: effort high alone recovers. */
export const effortArms = [
  "baseline: 9 of 20",
  "effort high (override, Orchestration & tools): 2 of 20",
  "prompt sp-300 (override, prompt_policy): 9 of 20",
  "app build 2.1.40 (override, Integration & UI): 8 of 20",
  "all last known good: 1 of 20",
].join("\n");

/** What the declarer records in one incident, and what stands in the database. */
export interface FiguresDesk {
  /** Opens the form, chooses the kind, fills it in and sends it. */
  submitKind(kind: string, values: FormValues): Promise<Interaction>;
  /** How many items there are, which is the number of the newest. */
  newest(): Promise<number>;
  evidenceOf(number: number): Promise<EvidenceItem | undefined>;
}

/** The desk for the items of one incident; `open` is asked when it is needed. */
export function figuresDesk(
  { database: { db } }: Pick<TestBot, "database">,
  desk: Desk,
  open: () => DeclaredIncident,
): FiguresDesk {
  const evidence = async () => {
    const { id } = await db
      .selectFrom("incident")
      .select("id")
      .where("number", "=", open().number)
      .executeTakeFirstOrThrow();
    return (await getIncidentState(db, id as IncidentId)).evidence;
  };
  return {
    async submitKind(kind, values) {
      await desk.open("declarer", "evidence", open().channelId);
      await desk.actInForm("declarer", "kind", { blockId: "kind", value: kind });
      await desk.settle();
      return desk.submit("declarer", { what: `Counts of ${kind}`, ...values });
    },
    newest: async () => (await evidence()).length,
    evidenceOf: async (number) => (await evidence()).find((item) => item.number === number),
  };
}
