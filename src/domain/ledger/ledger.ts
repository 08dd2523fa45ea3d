import type { LayerId } from "#src/domain/layers/index.ts";

/**
 * What production ran, and since when. A pin is one thing whose version is followed; telemetry names its
 * values, and what is kept is from when to when each value was seen, never a span or its text.
 */

/**
 * Which pin of a service: one of `pin.ts` ("model.served", "prompt", "param.temperature"), or the name of an
 * attribute that a team configured itself ("app.lb.version").
 */
export type PinId = string;

/** A pin that one span carries. */
export interface SeenPin {
  pin: PinId;
  layer: LayerId;
  /** At most 200 characters, one line. */
  value: string;
  /** Our own hash, where the sender gave no version; shown as such. */
  isDerived: boolean;
  /** The attribute it was read from. */
  source: string;
}

/** A pin's value in one delivery of telemetry. */
export interface PinSighting extends SeenPin {
  firstAt: Date;
  lastAt: Date;
  /** Requests (traces) of this delivery that carried it. */
  requests: number;
  /** At most three, hex. */
  traceIds: string[];
}

/** What one delivery of telemetry says of one service. */
export interface ServiceSightings {
  /** As telemetry names it (`service.name`). */
  service: string;
  firstAt: Date;
  lastAt: Date;
  requests: number;
  pins: PinSighting[];
}

/** A value of a pin, from when to when it was seen. */
export interface PinInterval {
  id: number;
  service: string;
  layer: LayerId;
  pin: PinId;
  value: string;
  isDerived: boolean;
  source: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Requests that carried it. */
  requests: number;
  /** Requests that carried the pin at all between its first and its last sighting: "212 of 9,800". */
  ofRequests: number;
  traceIds: string[];
  /** The pin began with it, so that nothing changed. */
  isFirst: boolean;
}

/** How a team's own attributes and repositories are placed; read from the services file. */
export interface LedgerSettings {
  /** Attributes a team configured itself, and their layer: "app.index.version" → retrieval_data. */
  pinKeys: Readonly<Record<string, LayerId>>;
  /** Path patterns of repositories and what a change below them is; the first that matches counts. */
  paths: readonly PathRule[];
  /** What the services file says of a service beside what is edited in Slack. */
  services: readonly LedgerServiceSettings[];
}
export interface PathRule {
  /** "prompts/**" */
  pattern: string;
  layer: LayerId;
  /** A change kind: "prompt". */
  kind: string;
}
export interface LedgerServiceSettings {
  name: string;
  /** Names under which telemetry knows it; none: its own name. */
  telemetryNames: readonly string[];
  /** `owner/name` of the repositories it is made in. */
  repositories: readonly string[];
  /** Whether a change that nobody declared is announced where the service's incidents are. */
  announcesUndeclared: boolean;
}
export const noLedgerSettings: LedgerSettings = { pinKeys: {}, paths: [], services: [] };

/**
 * The names under which telemetry and change sources know a service: its own name, as it is and as machines
 * write names ("Travel assistant" is "travel-assistant" and "travel_assistant", too), and those that the
 * services file gives it.
 */
export function ledgerNamesOf(settings: LedgerSettings, service: string): string[] {
  const own = settings.services.find(({ name }) => name === service);
  const words = service.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const asMachinesDo = [service.toLowerCase(), words.join("-"), words.join("_"), words.join("")];
  const names = [service, ...asMachinesDo, ...(own?.telemetryNames ?? [])];
  return [...new Set(names.filter((name) => name !== ""))];
}

/** A change that somebody or something declared, as it is kept. */
export interface DeclaredChange {
  /** The sender's: the same key is the same change. */
  key: string;
  /** Null: of every service. */
  service: string | null;
  at: Date;
  until: Date | null;
  /** One of B12's change kinds, or any other word. */
  kind: string;
  layer: LayerId;
  summary: string;
  link: string | null;
  source: ChangeOrigin;
  /** A Slack id, a GitHub login or a word of the sender's; null where nobody said. */
  declaredBy: string | null;
  /** Pins and the values that it sets; empty where it does not say. */
  sets: Readonly<Record<string, string>>;
}
export type ChangeOrigin = "api" | "github" | "slack";

/** One change of a window: declared, or seen in telemetry alone; where both are there, one row. */
export interface LedgerChange {
  /** The key it was declared under ("S1-CP7"); "pin:12" (the interval's id) where nobody declared it. */
  key: string;
  at: Date;
  until: Date | null;
  kind: string;
  layer: LayerId;
  /** What it is, in one line: the words it was declared with, or "gpt-4o-03-27 → gpt-4o-04-25". */
  summary: string;
  link: string | null;
  isDeclared: boolean;
  source: ChangeOrigin | "telemetry";
  declaredBy: string | null;
  /** The pin that was seen to change; null where telemetry shows none. */
  pin: PinId | null;
  /** The values that ran before. */
  fromValues: string[];
  toValue: string | null;
  /** How many of how many requests carried the new value; null where telemetry shows none. */
  seen: { requests: number; of: number } | null;
  /** The interval that begins with it; absent where telemetry shows none. */
  intervalId?: number;
}

/** From when to when changes are looked for. */
export interface ScanWindow {
  from: Date;
  to: Date;
}

/** R4: the changes of a layer are recorded whole for a window, on somebody's word. */
export interface ChangeSourceMark {
  service: string | null;
  layer: LayerId;
  from: Date;
  to: Date;
  /** Where the changes are recorded, in words. */
  source: string;
  markedBy: string;
  markedAt: Date;
}

/** A pin at one time: every value that ran then. */
export interface PinState {
  values: PinInterval[];
}

/** What is known of one pin of a service. */
export interface PinReport {
  layer: LayerId;
  pin: PinId;
  /** As telemetry names the service it was seen in. */
  service: string;
  now: PinState;
  /** 48 hours before the onset (4.19). */
  before: PinState;
  /** Null where no last known good time was asked for. */
  lastKnownGood: PinState | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Requests that carried it, in all. */
  requests: number;
  /** Requests whose value was over the cap of different values, and is not kept; 0: none. */
  overflow: number;
}

/** `/incident versions`: what ran when, what changed, and on what data that stands. */
export interface VersionReport {
  service: string;
  window: ScanWindow;
  at: { now: Date; before: Date; lastKnownGood: Date | null };
  pins: PinReport[];
  /** In the window, the oldest first; in what order they are shown is the view's. */
  changes: LedgerChange[];
  /** What changed before the window, back to the last known good time: how many. */
  earlierChanges: number;
  marks: ChangeSourceMark[];
  coverage: LedgerCoverage;
}

/** On what data an answer stands. */
export interface LedgerCoverage {
  /** Requests received of the service in all; 0: no telemetry of it ever came. */
  requests: number;
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
  /** When telemetry came in last, real time. */
  receivedAt: Date | null;
  /** How many changes were declared for it in all, and the newest one. */
  declared: number;
  lastDeclaredAt: Date | null;
  /** The newest golden run of it. */
  goldenRun: GoldenRun | null;
  /** The newest golden run in which nothing failed. */
  baseline: GoldenRun | null;
  /** What was dropped last because it was older than the retention, of all services; null: nothing was. */
  dropped: { at: Date; before: Date; count: number } | null;
}

/** An evaluation that was run, with the versions it ran on (4.17). */
export interface GoldenRun {
  service: string;
  digest: string;
  ranAt: Date;
  format: "promptfoo" | "junit";
  total: number;
  failed: number;
  errors: number;
  pins: Pick<SeenPin, "pin" | "layer" | "value" | "isDerived">[];
  cases: { id: string; n: number; fails: number }[];
  link: string | null;
}

/** 4.17: a baseline older than this is shown as a gap. */
export const baselineDaysAtMost = 7;
