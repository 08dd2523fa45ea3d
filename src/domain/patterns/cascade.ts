/** How a tool is called: what one failing call may take before the caller gives up. */
export interface CascadeSettings {
  /** Of one attempt, in milliseconds. */
  timeoutMs: number;
  /** After the first attempt. */
  retries: number;
  /** Before each retry, in milliseconds; the first one where it doubles. */
  backoffMs: number;
  isDoubling: boolean;
  /** Calls that one request makes one after the other. */
  calls: number;
}

/** What the settings come to beside the latency objective of the service. */
export interface CascadeReading {
  /** At worst, in milliseconds. */
  totalMs: number;
  /** Null: no objective is known. */
  fits: boolean | null;
  /** What it means, and what to do, two sentences. */
  sentence: string;
}

/**
 * 3.29: timeouts times attempts, with the waits between, for all calls in a row, against the objective in
 * milliseconds (null: nobody has said). Settings are whole numbers, timeout and calls at least 1.
 */
export function readCascade(settings: CascadeSettings, objectiveMs: number | null): CascadeReading {
  const { timeoutMs, retries, calls } = settings;
  const totalMs = calls * callMs(settings, retries);
  const verb = retries === 0 && calls === 1 ? "takes" : "take";
  const what = `${attemptsInWords(settings)} ${verb} up to ${timeInWords(totalMs)}`;
  if (objectiveMs === null) {
    return {
      totalMs,
      fits: null,
      sentence: `${what}. Nobody has said how long an answer may take: add the latency objective to compare.`,
    };
  }
  const objective = timeInWords(objectiveMs);
  if (totalMs <= objectiveMs) {
    return {
      totalMs,
      fits: true,
      sentence: `${what}; the objective is ${objective}: they fit. Look at the first call that failed, not at the retries.`,
    };
  }
  const fitting = attemptsThatFit(settings, objectiveMs);
  const advice =
    fitting === 0
      ? `Not even one attempt of ${timeInWords(timeoutMs)}${calls > 1 ? " for each call" : ""} fits: the timeout itself is too long.`
      : `${fitting === 1 ? "One attempt fits" : `${fitting} attempts fit`}${calls > 1 ? " for each call" : ""}.`;
  return {
    totalMs,
    fits: false,
    sentence: `${what}; the objective is ${objective}: users give up first, and each retry adds load. ${advice}`,
  };
}

/** "4 s", "2.5 s", "400 ms", "3 min 20 s", "more than a day". */
export function timeInWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms > dayMs) return "more than a day";
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 120) return `${seconds} s`;
  const rest = Math.round(seconds) % 60;
  return `${Math.floor(Math.round(seconds) / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}

const dayMs = 86_400_000;

function callMs({ timeoutMs, backoffMs, isDoubling }: CascadeSettings, retries: number): number {
  const waits = isDoubling ? backoffMs * (2 ** retries - 1) : backoffMs * retries;
  return (retries + 1) * timeoutMs + waits;
}

/** How many attempts of each call fit into the objective, of those that are made. */
function attemptsThatFit(settings: CascadeSettings, objectiveMs: number): number {
  let attempts = 0;
  while (
    attempts <= settings.retries &&
    settings.calls * callMs(settings, attempts) <= objectiveMs
  ) {
    attempts += 1;
  }
  return attempts;
}

function attemptsInWords(settings: CascadeSettings): string {
  const { timeoutMs, retries, backoffMs, isDoubling, calls } = settings;
  const many = retries + 1;
  const attempts = `${many} attempt${many === 1 ? "" : "s"} of ${timeInWords(timeoutMs)}`;
  const waits =
    retries === 0 || backoffMs === 0
      ? ""
      : ` with waits ${isDoubling ? "that double from" : "of"} ${timeInWords(backoffMs)}`;
  return calls === 1
    ? `${attempts}${waits}`
    : `${calls} calls in a row of ${attempts} each${waits}`;
}
