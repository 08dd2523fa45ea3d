// Goal: lost answers and a killed bot of two lose no effect and double none.
// Method: real processes on one database, the sandbox's faults, and counting what Slack and GitHub hold.
// `npm run chaos -- --effects 300` does the same at length.

import { expect, test } from "vitest";
import { runEffects } from "#sandbox/chaos-effects.ts";
import { readScenario } from "#sandbox/scenario.ts";

const read = await readScenario("scenarios/s0-stale-index.yaml");
if (!read.ok) throw new Error(read.error.join("\n"));
const scenario = read.value;

// printed, so that a failure can be repeated
const seed = Date.now() % 1_000_000;

test("30 posts and 30 issues are there once each, with a tenth of the answers lost and one of two bots killed", async () => {
  const result = await runEffects(scenario, { count: 30, seed });
  expect(result.faults, `seed ${seed}`).toEqual([]);
  for (const { wanted, found, doubled } of [result.posts, result.issues]) {
    expect([found, doubled], `seed ${seed}`).toEqual([wanted, 0]);
  }
  expect(result.takeoverMs).toBeLessThan(10_000);
}, 150_000);
