// Goal: a bot that is killed with its database at a random moment loses nothing and doubles nothing.
// Method: real processes and kill -9; what is there at the end is compared with an undisturbed run.
// `npm run chaos -- --runs 10` does the same at length.

import { expect, test } from "vitest";
import { randomFrom, runDisturbed, runUndisturbed } from "#sandbox/chaos-runs.ts";
import { readScenario } from "#sandbox/scenario.ts";

const read = await readScenario("scenarios/s0-stale-index.yaml");
if (!read.ok) throw new Error(read.error.join("\n"));
const scenario = read.value;

// printed, so that a failure can be repeated
const seed = Date.now() % 1_000_000;

test("two demos whose bot and database are killed at a random moment end like one that ran undisturbed", async () => {
  const undisturbed = await runUndisturbed(scenario, "http");
  expect(undisturbed.run.steps.filter((step) => step.ok === false)).toEqual([]);
  const random = randomFrom(seed);
  const moments = [0, 1].map(() => Math.round(random() * undisturbed.playMs));
  // side by side: each has its own database, and mostly waits
  const runs = await Promise.all(
    moments.map((killAfterMs) =>
      runDisturbed(scenario, undisturbed, { transport: "http", killAfterMs }),
    ),
  );
  for (const [index, { differences }] of runs.entries()) {
    expect(differences, `seed ${seed}, killed after ${moments[index]} ms`).toEqual([]);
  }
}, 150_000);
