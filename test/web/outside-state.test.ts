// Goal: /readyz tells how Slack and GitHub were at the last call, not how they were hoped to be.
// Method: the whole bot over the sandbox, with each side cut off and let back.

import { expect, test } from "vitest";
import { writeEffects } from "#src/db/effects.ts";
import type { Fault } from "#sandbox/protocol.ts";
import type { UserId } from "#src/domain/person.ts";
import { testBot } from "#test/support/bot.ts";

const { control, service, database } = await testBot();

test("Slack is connected, away while its calls are cut, and connected again", async () => {
  expect(await readyz()).toEqual({
    status: "ready",
    database: "connected",
    slack: "connected",
    github: "not checked yet",
  });
  const cut: Fault = { side: "slack", method: ".", kind: "cut_before" };
  await control.setFaults({ faults: [cut] });
  await database.db
    .transaction()
    .execute((trx) =>
      writeEffects(trx, [{ name: "look-up-person", incidentId: null, userId: "U0NEW" as UserId }]),
    );
  await expect.poll(readyz).toMatchObject({ status: "ready", slack: "away" });
  await control.setFaults({ faults: [] });
  await service.drain();
  expect(await readyz()).toMatchObject({ slack: "connected" });
});

async function readyz(): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${service.port}/readyz`)).json();
}
