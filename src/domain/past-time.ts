import type { Rejection } from "./rejection.ts";

/** How far a clock of somebody's may be ahead of ours before a time counts as future, in milliseconds. */
const graceMs = 120_000;

/** What is recorded has happened: a time ahead of now is refused at its field. */
export function refuseFuture(field: string, at: Date, now: Date): Rejection | undefined {
  if (at.getTime() <= now.getTime() + graceMs) return undefined;
  return {
    code: "bad_field",
    field,
    message: "That is in the future. Choose when it happened.",
  };
}

/** Whether a form's time, which knows no seconds, still says the same minute. */
export function isSameMinute(a: Date, b: Date): boolean {
  return Math.floor(a.getTime() / 60_000) === Math.floor(b.getTime() / 60_000);
}
