// Goal: from the versions everything about changes is done without leaving them: the window is widened, a change
// recorded, a record marked complete; each time they show at once what stands now.
// Method: the whole bot over signed HTTP in S0's world; telemetry is recorded as its use case records it.

import { expect, test } from "vitest";
import { listServices } from "#src/db/services.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { createLog } from "#src/lib/log.ts";
import { recordSightings } from "#src/usecases/record-sightings.ts";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, labelsOf, said, shown } from "./desk.ts";

const bot = await testBot("http");
const { world, database } = bot;
const { db } = database;
const desk = deskOf(bot);
const teamId = world.seed.team.id as TeamId;

test("where nothing was ever sent the versions say that nothing can be said, and a mistyped service or window is answered", async () => {
  const service = await usualService();
  const view = await desk.open("declarer", "versions");
  expect(view.callback_id).toBe("versions");
  expect(shown(view)).toContain("It cannot be said whether anything changed");
  expect(labelsOf(view)).toEqual([]);
  const mistyped = `${service.slice(0, -1)}x`;
  expect(said(await desk.type("declarer", `versions ${mistyped} 7d`))).toContain(
    `Did you mean \`/incident versions ${service} 7d\`?`,
  );
  expect(said(await desk.type("declarer", "versions 2026-03-05..2026-03-01"))).toContain(
    "ends before it begins",
  );
});

test("an undeclared change is in the first line; the window widens, takes a change that somebody records, and a complete record counts", async () => {
  const incident = await desk.declare("declarer", { title: "Old travel rule in answers" });
  const declaredAt = await declaredAtOf(incident);
  const before = (hours: number) => new Date(declaredAt.getTime() - hours * 3_600_000);
  await send("first", [
    ["model.served", "m-1", before(72), before(4)],
    ["index", "i-1", before(72), before(41)],
  ]);
  await send("second", [
    ["model.served", "m-2", before(3), before(1)],
    ["index", "i-2", before(40), before(1)],
  ]);
  await desk.settle();

  const asked = await desk.open("declarer", "versions", incident.channelId);
  expect(shown(asked)).toContain(
    "1 change in this window, and nobody declared it: the model that answers changed 3 hours before the declaration.",
  );
  expect(shown(asked)).toContain("m-1 → m-2");
  expect(keysOf(asked.blocks)).toHaveLength(1);

  // nobody has said when it last worked: it is asked, with the reason
  await desk.actInForm("declarer", "widen-to-last-good");
  const form = await desk.form("declarer");
  expect(form?.callback_id).toBe("widen-scan");
  expect(shown(form!)).toContain("Nobody has said when it last worked");
  await desk.submit("declarer", {
    last_known_good: seconds(before(60)),
    basis: "The nightly run passed",
  });
  await desk.settle();
  const widened = await desk.form("declarer");
  expect(widened?.callback_id).toBe("versions");
  expect(shown(widened!)).toContain("2 changes in this window, none of them declared");
  expect(shown(widened!)).toContain("Widened to last known good.");
  expect(labelsOf(widened!)).not.toContain("Widen to last known good");

  await desk.actInForm("declarer", "add-change");
  const blank = await desk.submit("declarer", {
    summary: "Top-k lowered to 3",
    at: seconds(before(20)),
    kind: "config",
  });
  expect(blank.fieldErrors).toEqual({
    layer: "Choose the layer: “Configuration” can belong to any of them.",
  });
  await desk.submit("declarer", {
    summary: "Top-k lowered to 3",
    at: seconds(before(20)),
    kind: "config",
    layer: "orchestration_tools",
  });
  await desk.settle();

  const again = await desk.open("declarer", "versions", incident.channelId);
  expect(shown(again)).toContain("3 changes in this window, 2 of them undeclared");
  expect(shown(again)).toContain("Top-k lowered to 3");
  await desk.actInForm("declarer", "mark-source");
  await desk.submit("declarer", { layers: ["infrastructure"], source: "The deploy log" });
  await desk.settle();
  const marked = await desk.open("declarer", "versions", incident.channelId);
  expect(shown(marked)).toContain("Infrastructure: change record marked complete by");
  expect(shown(marked)).not.toMatch(/cannot see[^.]*Infrastructure/);

  const asking = await desk.actInForm("declarer", "draw-changes");
  expect(asking.status).toBe("acked");
  await desk.settle();
});

test("one press widens to when it is known to have worked, and redraws the versions in their place", async () => {
  const incident = await desk.declare("declarer", { title: "Known when it worked" });
  const declaredAt = await declaredAtOf(incident);
  const lastKnownGoodAt = new Date(declaredAt.getTime() - 60 * 3_600_000);
  await db
    .updateTable("incident")
    .set({ lastKnownGoodAt, lastKnownGoodBasis: "The nightly run passed" })
    .where("number", "=", incident.number)
    .execute();
  const view = await desk.open("declarer", "versions", incident.channelId);
  expect(shown(view)).toMatch(/more changes? stands? before this window/);
  await desk.actInForm("declarer", "widen-to-last-good");
  const widened = await desk.form("declarer");
  expect(widened?.id).toBe(view.id);
  expect(shown(widened!)).toContain("Widened to last known good.");
  expect(shown(widened!)).toContain("i-1 → i-2");
});

async function usualService(): Promise<string> {
  const [usual] = await listServices(db, teamId);
  return usual!.name;
}

async function declaredAtOf({ number }: DeclaredIncident): Promise<Date> {
  const { declaredAt } = await db
    .selectFrom("incident")
    .select("declaredAt")
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return declaredAt;
}

/** A delivery of telemetry of the usual service: pins, their values, and from when to when they were seen. */
async function send(
  digest: string,
  pins: readonly ["model.served" | "index", string, Date, Date][],
): Promise<void> {
  const service = await usualService();
  const times = pins.flatMap(([, , from, to]) => [from.getTime(), to.getTime()]);
  await recordSightings(
    { db, teamId, receivedAt: new Date(), log: createLog("error"), settings: noLedgerSettings },
    {
      digest,
      services: [
        {
          service,
          firstAt: new Date(Math.min(...times)),
          lastAt: new Date(Math.max(...times)),
          requests: 400,
          pins: pins.map(([pin, value, firstAt, lastAt]) => ({
            pin,
            layer: pin === "index" ? "retrieval_data" : "model",
            value,
            isDerived: false,
            source: pin,
            firstAt,
            lastAt,
            requests: 400,
            traceIds: [],
          })),
        },
      ],
    },
  );
}

function keysOf(blocks: readonly object[]): string[] {
  return blocks.flatMap((block) =>
    "block_id" in block ? (/^change:(.+)$/.exec(String(block.block_id))?.[1] ?? []) : [],
  );
}

function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1_000));
}
