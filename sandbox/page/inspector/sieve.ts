import type { EffectRow } from "#sandbox/page/live/topics.ts";
import type { WireCall } from "#sandbox/protocol.ts";
import type { Delivery } from "#sandbox/screen.ts";
import { effectInWords, isFinished } from "./words.ts";

/** What is looked for in the lists. */
export interface Sieve {
  text: string;
  side: "both" | "slack" | "github";
  onlyFailures: boolean;
  /** What was over by then is not shown; empty: everything is. ISO 8601. */
  clearedAt: string;
}

export const everything: Sieve = { text: "", side: "both", onlyFailures: false, clearedAt: "" };

/** Effects to show: those not done first, in the order in which they wait; then the newest. */
export function sieveEffects(effects: Iterable<EffectRow>, sieve: Sieve): EffectRow[] {
  return [...effects]
    .filter((effect) => {
      const { name, key, lane, lastError, state, doneAt } = effect;
      return (
        isOfSide(sieve, lane.startsWith("github:") ? "github" : "slack") &&
        (!sieve.onlyFailures || lastError !== null || state === "uncertain" || state === "dead") &&
        !(isFinished(effect) && isCleared(sieve, doneAt ?? effect.dueAt)) &&
        has(sieve, name, key, effectInWords(name), lane, state, lastError)
      );
    })
    .toSorted((a, b) => {
      const [isADone, isBDone] = [isFinished(a), isFinished(b)];
      if (isADone !== isBDone) return isADone ? 1 : -1;
      return isADone ? b.position - a.position : a.position - b.position;
    });
}

/** What Slack told the bot, the newest first. `people`: handles by user id. */
export function sieveDeliveries(
  deliveries: Iterable<Delivery>,
  sieve: Sieve,
  people: ReadonlyMap<string, string>,
): Delivery[] {
  return [...deliveries]
    .filter((delivery) => {
      const { at, kind, what, userId = "", payload, answer } = delivery;
      return (
        isOfSide(sieve, "slack") &&
        (!sieve.onlyFailures || isFailedDelivery(delivery)) &&
        !isCleared(sieve, at) &&
        has(sieve, kind, what, userId, people.get(userId), payload, answer)
      );
    })
    .toReversed();
}

/** The bot's calls, the newest first. */
export function sieveCalls<Call extends WireCall>(calls: Iterable<Call>, sieve: Sieve): Call[] {
  return [...calls]
    .filter((call) => {
      const { at, side, method, error, fault, status, request } = call;
      return (
        isOfSide(sieve, side) &&
        (!sieve.onlyFailures || isFailedCall(call)) &&
        !isCleared(sieve, at) &&
        has(sieve, method, error, fault, String(status), request)
      );
    })
    .toReversed();
}

/** Whether the bot has not taken it. */
export function isFailedDelivery({ outcome, status = 0 }: Delivery): boolean {
  if (outcome === "waiting") return false;
  return outcome !== "answered" || status < 200 || status > 299;
}

/** Whether the bot did not get what it asked for. */
export function isFailedCall({ status, error }: WireCall): boolean {
  return status === 0 || status >= 400 || error !== undefined;
}

function isOfSide({ side }: Sieve, one: "slack" | "github"): boolean {
  return side === "both" || side === one;
}

function isCleared({ clearedAt }: Sieve, at: string): boolean {
  return clearedAt !== "" && at <= clearedAt;
}

function has({ text }: Sieve, ...parts: (string | null | undefined)[]): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || parts.some((part) => part?.toLowerCase().includes(wanted));
}
