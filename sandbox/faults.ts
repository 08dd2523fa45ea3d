import type { Fault } from "./protocol.ts";

/** What a call meets: a delay, and at most one fault that changes its outcome. */
interface Strike {
  delayMs: number;
  outcome?: Fault;
}

export interface FaultRules {
  /** Replaces the rules; the same seed gives the same strikes for the same calls. */
  set(faults: Fault[], seed?: number): void;
  /** What strikes this call; counts against `times`. */
  strike(side: Fault["side"], method: string): Strike;
}

/** Fault rules, empty at first. A rule's `method` is searched for in the wire method's name. */
export function createFaultRules(): FaultRules {
  let rules: { fault: Fault; pattern: RegExp; left: number }[] = [];
  let random = seededRandom(1);
  return {
    set(faults, seed = 1) {
      random = seededRandom(seed);
      rules = faults.map((fault) => ({
        fault,
        pattern: new RegExp(fault.method),
        left: fault.times ?? Number.POSITIVE_INFINITY,
      }));
    },
    strike(side, method) {
      const strike: Strike = { delayMs: 0 };
      for (const rule of rules) {
        if (rule.fault.side !== side || rule.left <= 0 || !rule.pattern.test(method)) continue;
        if (strike.outcome && rule.fault.kind !== "latency") continue;
        if (random() >= (rule.fault.share ?? 1)) continue;
        rule.left -= 1;
        if (rule.fault.kind === "latency") strike.delayMs += rule.fault.latencyMs ?? 0;
        else strike.outcome = rule.fault;
      }
      return strike;
    },
  };
}

/** mulberry32: small, and the same on every machine. Gives numbers from 0 up to 1. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
