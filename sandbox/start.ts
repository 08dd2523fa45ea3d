import { createChanges } from "./changes.ts";
import { createClock } from "./clock.ts";
import { createControl, serveControl } from "./control.ts";
import type { Edge } from "./edge.ts";
import { createFaultRules } from "./faults.ts";
import { startGitHub } from "./github/start.ts";
import type { SandboxAddresses, SandboxControl, SandboxSeed } from "./protocol.ts";
import { type SlackTimes, startSlack } from "./slack/start.ts";
import { createWireLog } from "./wire-log.ts";

/** Slack's own, but for the waits before an event comes again: 10 times within half a minute. */
const usualTimes: SlackTimes = {
  answerWithinMs: 3_000,
  triggerLifeMs: 3_000,
  refreshWithinMs: 10_000,
  retryDelaysMs: [300, 1_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000],
};

export interface Sandbox {
  addresses: SandboxAddresses;
  control: SandboxControl;
  close(): Promise<void>;
}

/**
 * A Slack workspace and a GitHub on free ports of 127.0.0.1, with the seed's people and channels.
 * `times` is for tests of the waits themselves.
 */
export async function startSandbox(
  seed: SandboxSeed,
  times: Partial<SlackTimes> = {},
): Promise<Sandbox> {
  const changes = createChanges();
  const edge: Edge = { faults: createFaultRules(), wire: createWireLog(changes), changes };
  const clock = createClock();
  const [slackSide, github] = await Promise.all([
    startSlack(seed, edge, { ...usualTimes, ...times }, clock),
    startGitHub(seed.github, edge),
  ]);
  const control = createControl(edge, slackSide.slack, github, clock);
  const controlServer = await serveControl(control, clock);
  return {
    addresses: {
      slackApiUrl: `${slackSide.slack.url}/api/`,
      githubApiUrl: github.url,
      controlUrl: controlServer.url,
      clockUrl: `${controlServer.url}/clock`,
    },
    control,
    async close() {
      changes.close();
      await Promise.all([slackSide.close(), github.close(), controlServer.close()]);
    },
  };
}
