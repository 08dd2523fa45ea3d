import type { FaultSwitches } from "#sandbox/page/live/topics.ts";
import type { Fault, SandboxControl } from "#sandbox/protocol.ts";

/** Nothing is broken. */
export const allOff: FaultSwitches = {
  slackSlow: false,
  slackRateLimited: false,
  slackDown: false,
  githubDown: false,
  lostAnswers: false,
  deliverTwice: false,
  rateWindows: false,
};

/** Breaks what is switched on, and mends the rest. */
export async function throwSwitches(
  control: SandboxControl,
  switches: FaultSwitches,
): Promise<void> {
  await control.setFaults({ faults: faultsOf(switches), seed: Date.now() % 1_000_000 });
  await control.setEventCopies({ copies: switches.deliverTwice ? 2 : 1 });
  await control.setRateWindows({ isOn: switches.rateWindows });
}

const any = "";

/** The faults that stand behind the switches; where two would strike, the first one does. */
export function faultsOf(switches: FaultSwitches): Fault[] {
  const faults: Record<keyof FaultSwitches, Fault[]> = {
    slackDown: [{ side: "slack", method: any, kind: "status", status: 503 }],
    githubDown: [{ side: "github", method: any, kind: "status", status: 503 }],
    // every call takes 1.5 s: forms open late, and all goes well. One form in three takes 3.5 s: its
    // trigger is over by then, the bot says so, and the person types or presses it again
    slackSlow: [
      { side: "slack", method: any, kind: "latency", latencyMs: 1_500 },
      {
        side: "slack",
        method: "^views\\.(open|push)$",
        kind: "latency",
        latencyMs: 2_000,
        share: third,
      },
    ],
    slackRateLimited: [
      {
        side: "slack",
        method: any,
        kind: "status",
        status: 429,
        retryAfterSeconds: 2,
        share: half,
      },
    ],
    lostAnswers: [
      { side: "slack", method: any, kind: "cut_after", share: third },
      { side: "github", method: any, kind: "cut_after", share: third },
    ],
    deliverTwice: [],
    rateWindows: [],
  };
  return Object.entries(faults).flatMap(([name, rules]) =>
    switches[name as keyof FaultSwitches] ? rules : [],
  );
}

const third = 1 / 3;
const half = 1 / 2;
