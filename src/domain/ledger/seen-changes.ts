import type { DeclaredChange, LedgerChange, ScanWindow } from "./ledger.ts";
import { createStates, type StoredInterval, type StoredPin } from "./pin-state.ts";
import { kindOfPin } from "./pins.ts";

/** A pin as the ledger keeps it, for the changes of a window. */
export interface SeenPinHistory extends StoredPin {
  /** When the newest request was sent whose value was over the cap; null: none. */
  overflowAt: Date | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A declared change stands beside one that is seen from 6 hours after it to 30 minutes before it. */
const beside = { beforeMs: 6 * hourMs, afterMs: 30 * minuteMs };
/** One that names the pin and the value is the same change from a week before the first sighting to a day after it. */
export const saidBeside = { beforeMs: 7 * dayMs, afterMs: dayMs };

/**
 * The changes of a window, the oldest first: each declared one, and each value of a pin that began after
 * the pin did. Where both are the same change they are one row, in the declared words and at the declared
 * time; it is in the window if either time is. One declared change may have changed several pins: the
 * first one shares its key, the others are rows of their own, declared all the same. `declared` reaches
 * over the window's ends by `saidBeside`.
 * Of a pin that went over its cap within the week before, the beginnings are not listed: that many values are
 * no versions.
 */
export function changesIn(
  window: ScanWindow,
  pins: readonly SeenPinHistory[],
  declared: readonly DeclaredChange[],
): LedgerChange[] {
  const starts = pins.flatMap((pin) => startsNear(window, pin));
  const found = starts.map((start) => ({ ...start, by: declarationOf(start.to, declared) }));
  const told = new Set<DeclaredChange>();
  const rows: LedgerChange[] = [];
  for (const { from, to, by } of found.toSorted(byCloseness)) {
    const isInWindow = holds(window, to.firstSeenAt) || (by !== undefined && holds(window, by.at));
    if (!isInWindow) continue;
    // a row has the declared layer with the declared key: a build that changed along is a row beside it
    const hasItsKey = by !== undefined && !told.has(by) && by.layer === to.layer;
    rows.push(asRow(from, to, by, hasItsKey));
    if (hasItsKey) told.add(by);
  }
  for (const one of declared) {
    if (!told.has(one) && holds(window, one.at)) rows.push(asDeclaredRow(one));
  }
  return rows.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}

interface Start {
  from: StoredInterval[];
  to: StoredInterval;
}

/** The intervals that began in the window, or near enough for a change that was declared in it. */
function startsNear(window: ScanWindow, pin: SeenPinHistory): Start[] {
  const states = createStates(pin);
  const earliest = window.from.getTime() - saidBeside.afterMs;
  const latest = window.to.getTime() + saidBeside.beforeMs;
  return pin.intervals
    .filter((one) => {
      const at = one.firstSeenAt.getTime();
      return !one.isFirst && at >= earliest && at <= latest && !isOverflowing(pin, at);
    })
    .map((to) => {
      const before = states(new Date(to.firstSeenAt.getTime() - 1));
      return {
        from: likeIt(
          to,
          before.filter((one) => one.value !== to.value),
        ),
        to,
      };
    });
}

function isOverflowing({ overflowAt }: SeenPinHistory, at: number): boolean {
  if (overflowAt === null) return false;
  return Math.abs(overflowAt.getTime() - at) <= 7 * dayMs;
}

/** Of values that carry a name ("assistant@sp-114") those of the same name ran before; the other prompts did not become this one. */
function likeIt(to: StoredInterval, before: StoredInterval[]): StoredInterval[] {
  const name = nameIn(to.value);
  const sameName = name === "" ? [] : before.filter((one) => nameIn(one.value) === name);
  return sameName.length > 0 ? sameName : before;
}

function nameIn(value: string): string {
  return value.slice(0, Math.max(value.lastIndexOf("@"), 0));
}

/** The declared change that this one is; of several the one that names pin and value, then the nearest. */
function declarationOf(
  to: StoredInterval,
  declared: readonly DeclaredChange[],
): DeclaredChange | undefined {
  const at = to.firstSeenAt.getTime();
  const distance = (one: DeclaredChange) => Math.abs(one.at.getTime() - at);
  const nearest = (some: DeclaredChange[]) =>
    some.toSorted((a, b) => distance(a) - distance(b) || (a.key < b.key ? -1 : 1))[0];
  const said = declared.filter((one) => isWithin(one, at, saidBeside) && setsIt(one, to) === true);
  return (
    nearest(said) ??
    nearest(
      declared.filter(
        (one) => isWithin(one, at, beside) && setsIt(one, to) === undefined && mayExplain(one, to),
      ),
    )
  );
}

function isWithin(one: DeclaredChange, at: number, range: typeof beside): boolean {
  const ahead = at - one.at.getTime();
  return ahead <= range.beforeMs && -ahead <= range.afterMs;
}

/** Whether it says that it sets the pin to this value; undefined where it says nothing of the pin. */
function setsIt(one: DeclaredChange, to: StoredInterval): boolean | undefined {
  for (const name of [to.pin, to.source]) {
    const value = Object.hasOwn(one.sets, name) ? one.sets[name] : undefined;
    if (value !== undefined) return to.value === value || to.value.endsWith(`@${value}`);
  }
  return undefined;
}

/**
 * Whether a change of this kind may be why the pin changed: it is of the pin's layer, and not of a kind
 * that is about something else (a changed tool schema changes no temperature). A new build is what a
 * deploy is, whatever layer it was declared for.
 */
function mayExplain(one: DeclaredChange, to: StoredInterval): boolean {
  const kind = kindOfPin(to.pin, to.layer);
  if (to.pin === "app.build" && one.kind === "deploy") return true;
  if (one.layer !== to.layer) return false;
  const family = families.find((kinds) => kinds.includes(one.kind));
  return family === undefined || family.includes(kind) || !isPrecise(kind);
}

/** Kinds that say what changed. Deploy, config, code_merge, flag and the like may change anything of their layer. */
const families: readonly (readonly string[])[] = [
  ["param_default", "budget"],
  ["tool_schema", "permission"],
  ["routing", "fallback", "load_balancing"],
  ["cache"],
  ["runtime"],
  ["prompt"],
  ["policy"],
  ["quota", "rate_limit"],
];

function isPrecise(kind: string): boolean {
  return families.some((kinds) => kinds.includes(kind));
}

function holds({ from, to }: ScanWindow, at: Date): boolean {
  return at >= from && at <= to;
}

/** The change that a declaration names, or that is nearest to it, is the one that shares its key. */
function byCloseness(
  a: Start & { by: DeclaredChange | undefined },
  b: Start & { by: DeclaredChange | undefined },
): number {
  return rank(a) - rank(b) || a.to.id - b.to.id;
}

function rank({ to, by }: Start & { by: DeclaredChange | undefined }): number {
  if (!by) return 0;
  if (setsIt(by, to) === true) return -1;
  const isItsKind = kindOfPin(to.pin, to.layer) === by.kind;
  return Math.abs(to.firstSeenAt.getTime() - by.at.getTime()) + (isItsKind ? 0 : dayMs);
}

/** As long after the first sighting a rollout may still be under way; what runs on beyond it runs beside. */
const rolloutMs = 2 * dayMs;

/** "a → b", or "b beside a" where the value before was still seen long after. */
function changeWords(from: readonly StoredInterval[], to: StoredInterval): string {
  const before = from.map(({ value }) => value).join(", ");
  if (before === "") return to.value;
  const isBeside = from.some(
    ({ lastSeenAt }) => lastSeenAt.getTime() - to.firstSeenAt.getTime() > rolloutMs,
  );
  return isBeside ? `${to.value} beside ${before}` : `${before} → ${to.value}`;
}

function asRow(
  from: StoredInterval[],
  to: StoredInterval,
  by: DeclaredChange | undefined,
  hasItsKey: boolean,
): LedgerChange {
  const fromValues = from.map(({ value }) => value);
  const own = changeWords(from, to);
  return {
    key: by && hasItsKey ? by.key : `pin:${to.id}`,
    at: by?.at ?? to.firstSeenAt,
    until: by?.until ?? null,
    kind: by && hasItsKey ? by.kind : kindOfPin(to.pin, to.layer),
    layer: to.layer,
    summary: by?.summary ?? own,
    link: by?.link ?? null,
    isDeclared: by !== undefined,
    source: by?.source ?? "telemetry",
    declaredBy: by?.declaredBy ?? null,
    pin: to.pin,
    fromValues,
    toValue: to.value,
    seen: { requests: to.requests, of: to.ofRequests },
    intervalId: to.id,
  };
}

function asDeclaredRow(one: DeclaredChange): LedgerChange {
  const { key, at, until, kind, layer, summary, link, source, declaredBy } = one;
  return {
    key,
    at,
    until,
    kind,
    layer,
    summary,
    link,
    isDeclared: true,
    source,
    declaredBy,
    pin: null,
    fromValues: [],
    toValue: null,
    seen: null,
  };
}
