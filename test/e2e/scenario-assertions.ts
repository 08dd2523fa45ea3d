import { describe, expect, test } from "vitest";
import { postmortemOf, verdictsOf } from "#sandbox/demo-files.ts";
import { type PlayResult, playScenario } from "#sandbox/play/play.ts";
import { says, textsOfMessage } from "#sandbox/play/items.ts";
import type { Scenario, ScenarioAssertion } from "#sandbox/scenario.ts";
import { verifyFile } from "#src/documents/attribution-file.ts";
import { layers } from "#src/domain/layers/index.ts";
import { testBot } from "#test/support/bot.ts";

/** Steps that stand on a part of the product which comes later: recovery criteria. */
const later = new Set(["set_criterion", "observe_recovery"]);

/**
 * Plays a scenario over signed HTTP as its people, and holds what it asserts of core, attribution and ledger
 * against what Slack and GitHub have in the end. Steps of recovery, and what builds on them, are all that may
 * be left unplayed.
 */
export async function playsScenario(name: string): Promise<void> {
  const bot = await testBot("http", { scenario: name });
  const { scenario, control } = bot;
  const botUrl = `http://127.0.0.1:${bot.service.port}`;
  const play = playScenario({ control, scenario, botUrl }).then(async (played) => {
    await bot.service.drain();
    return { ...played, state: await control.state() };
  });

  describe(`${scenario.id} through Slack`, () => {
    test("plays every step but those of recovery, all as expected", async () => {
      const { steps } = await play;
      expect(steps.filter(({ ok }) => ok === false)).toEqual([]);
      const left = steps.filter(({ ok }) => ok === undefined);
      const others = left.filter(
        (step) => !later.has(step.do) && !buildsOnLater(scenario, step.reason ?? ""),
      );
      expect(others.map(({ n, reason }) => [n, reason])).toEqual([]);
    }, 120_000);

    const ofOurs = scenario.assertions.filter(({ needs }) =>
      needs.every((part) => part === "core" || part === "attribution" || part === "ledger"),
    );
    test.each(ofOurs.map((one) => [one.id, one.text, one] as const))(
      "%s: %s",
      async (_id, _text, assertion) => {
        holds(assertion, await play, scenario);
      },
      120_000,
    );

    test("every verdict of the postmortem's file holds without the database", async () => {
      const { state } = await play;
      const file = state.pullRequests
        .flatMap(({ files }) => Object.entries(files))
        .find(([path]) => path.endsWith(".attribution.json"))?.[1];
      const verified = verifyFile(JSON.parse(file ?? "null"));
      expect(verified).toMatchObject({ ok: true });
      expect(JSON.stringify(verified)).not.toMatch(/"holds":false/);
    }, 120_000);
  });
}

function buildsOnLater(scenario: Scenario, reason: string): boolean {
  const [, n] = /^builds on step (\d+)/.exec(reason) ?? [];
  const step = scenario.steps.find((one) => one.n === Number(n));
  return step !== undefined && later.has(step.do);
}

function holds(
  { check }: ScenarioAssertion,
  { steps, state }: Pick<PlayResult, "steps" | "state">,
  scenario: Scenario,
): void {
  for (const n of check.step_ns ?? []) {
    expect(steps.find((step) => step.n === n)).toMatchObject({ n, ok: true });
  }
  const postmortem = postmortemOf(state);
  if (check.verdict_is) {
    expect(verdictsOf(postmortem, scenario)).toContainEqual(
      expect.objectContaining(check.verdict_is),
    );
  }
  if (check.reading_is) {
    const { evidence_id: id, layer, reading } = check.reading_is;
    const what = scenario.evidence.find((item) => item.id === id)?.what ?? id;
    const message = state.messages.find(
      ({ blocks }) =>
        says(blocks, what) && blocks.some(({ block_id }) => block_id?.startsWith("evidence:EV")),
    );
    expect(message?.blocks.map(({ block_id }) => block_id)).toContainEqual(
      expect.stringMatching(new RegExp(`^reading:${reading}:EV`)),
    );
    const label = layers[layer as keyof typeof layers]?.label ?? "";
    expect(textsOfMessage(message)).toContain(label);
  }
  for (const id of check.printed ?? []) {
    expect(postmortem).toContain(scenario.evidence.find((item) => item.id === id)?.what);
  }
}
