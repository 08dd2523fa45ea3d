import { expect, test } from "vitest";
import { postmortemOf, verdictsOf } from "#sandbox/demo-files.ts";
import { playScenario } from "#sandbox/play/play.ts";
import { findBrokenLink, listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { TestBot } from "#test/support/bot.ts";

/** S0 as its people play it, and what has to be true of the world when they are done. */
export function playsS0(bot: TestBot): void {
  test("S0 plays 26 of its 28 steps, all as expected, to a postmortem that says which layer broke first", async () => {
    const { control, scenario, database, service } = bot;
    const { steps } = await playScenario({
      control,
      scenario,
      botUrl: `http://127.0.0.1:${service.port}`,
    });
    await service.drain();
    const played = steps.filter((step) => step.ok !== undefined);
    expect(played.filter((step) => !step.ok)).toEqual([]);
    expect(played).toHaveLength(26);
    expect(steps.filter((step) => step.ok === undefined).map((step) => step.do)).toEqual([
      "set_criterion",
      "observe_recovery",
    ]);

    const state = await control.state();
    expect(
      state.issues.map(({ title, labels, assignees }) => ({ title, labels, assignees })),
    ).toEqual([
      {
        title: "Index job fails when it skips a document",
        labels: ["incident", "layer:retrieval_data", "SEV2"],
        assignees: ["owner-retrieval-data"],
      },
      {
        title: "Show the date of the source in every cited answer",
        labels: ["incident", "layer:integration_ui", "SEV2"],
        assignees: ["owner-orchestration-tools"],
      },
    ]);
    const name = "postmortems/2026/inc-1-assistant-cites-the-old-travel-reimbursement-rule";
    expect(
      state.pullRequests.map(({ branch, files }) => [branch, Object.keys(files).toSorted()]),
    ).toEqual([["faultline/inc-1", [`${name}.attribution.json`, `${name}.md`]]]);
    const verdicts = verdictsOf(postmortemOf(state), scenario);
    expect(verdicts).toContainEqual(
      expect.objectContaining({
        layer: "retrieval_data",
        verdict: "proximate",
        confidence: "probable",
      }),
    );
    expect(verdicts).toContainEqual(
      expect.objectContaining({ layer: "integration_ui", verdict: "contributing" }),
    );
    const incidentId = 1 as IncidentId;
    expect(findBrokenLink(incidentId, await listTimeline(database.db, incidentId))).toBeUndefined();
  }, 60_000);
}
