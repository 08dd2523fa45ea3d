import {
  addTraffic,
  countPins,
  type FoldedPin,
  pinKey,
  readHistories,
  type ServicePinHistory,
  servicesWithRoom,
  type ServiceTraffic,
  takeDeliveries,
  type WrittenInterval,
  writeFolded,
} from "#src/db/ledger-intake.ts";
import { writeEffects } from "#src/db/effects.ts";
import { toAppError } from "#src/db/errors.ts";
import type { Database, Trx } from "#src/db/open.ts";
import { foldDelivery, type PinHistory, reachBack } from "#src/domain/ledger/intervals.ts";
import {
  ledgerNamesOf,
  type LedgerSettings,
  type PinSighting,
  type ServiceSightings,
} from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { ConflictError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import { tellIncidents } from "./tell-incidents.ts";

export interface SightingContext {
  db: Database;
  teamId: TeamId;
  /** Real time: when it came in. */
  receivedAt: Date;
  log: Log;
  settings: LedgerSettings;
}
/** A body of telemetry, folded. `digest`: of the body, so that the same one counts once. */
export interface SightingDelivery {
  digest: string;
  services: ServiceSightings[];
}
export interface SightingOutcome {
  /** False: it was recorded before, and changed nothing. */
  isNew: boolean;
  /** Requests whose value of a pin was over the caps and is not kept. */
  overflow: { service: string; pin: string; requests: number }[];
  /** What is not kept at all, as there are too many already; absent where all is kept. */
  noRoom?: NoRoom;
}
/** Services, and pins of services that are kept. */
export interface NoRoom {
  services: string[];
  pins: { service: string; pin: string }[];
}

/** More services than a company has: names that are made up, or that carry an id of the process. */
export const servicesAtMost = 1_000;
/** Several times what a service of many prompts and indexes has: names that are made up as well. */
export const pinsAtMost = 300;

interface Call {
  ctx: SightingContext;
  delivery: SightingDelivery;
  resolve(outcome: SightingOutcome): void;
  reject(error: unknown): void;
}

/** By database: what waits while a transaction is under way. */
const queues = new WeakMap<Database, Call[]>();

/**
 * Records what a delivery of telemetry shows: intervals of pins, in one transaction; resolves after its
 * commit. What comes in while one is written goes together into the next, so that many small deliveries
 * cost few commits; where such a transaction fails, each of its deliveries is tried alone. Values that
 * begin after their pin did are changes: open incidents of the service look again, and where the team
 * wants it, a change that nobody declared is announced. Throws what the database throws, by its kind
 * (TransientError where it is away).
 */
export function recordSightings(
  ctx: SightingContext,
  delivery: SightingDelivery,
): Promise<SightingOutcome> {
  return new Promise((resolve, reject) => {
    const call: Call = { ctx, delivery, resolve, reject };
    const waiting = queues.get(ctx.db);
    if (waiting) {
      waiting.push(call);
      return;
    }
    const own = [call];
    queues.set(ctx.db, own);
    void writeAll(ctx.db, own);
  });
}

/** Settles every call, and never throws. */
async function writeAll(db: Database, waiting: Call[]): Promise<void> {
  while (waiting.length > 0) {
    const batch = takeBatch(waiting);
    if (!(await settle(batch, batch.length === 1)) && batch.length > 1) {
      for (const call of batch) await settle([call], true);
    }
  }
  queues.delete(db);
}

const deliveriesAtOnce = 100;
const sightingsAtOnce = 1_000;

/** The first that wait, of one team with one state of the settings; at least one. */
function takeBatch(waiting: Call[]): Call[] {
  const [first] = waiting;
  let sightings = 0;
  const end = waiting.findIndex(({ ctx, delivery }, index) => {
    sightings += delivery.services.reduce((sum, { pins }) => sum + pins.length, 0);
    const isAlike = ctx.teamId === first!.ctx.teamId && ctx.settings === first!.ctx.settings;
    return index > 0 && (!isAlike || index >= deliveriesAtOnce || sightings > sightingsAtOnce);
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

/** Writes a batch and resolves its calls; where it fails, rejects them if this was their last chance. */
async function settle(batch: Call[], isLast: boolean): Promise<boolean> {
  try {
    const outcomes = await writeOnceMoreOnConflict(batch);
    for (const [index, call] of batch.entries()) call.resolve(outcomes[index]!);
    return true;
  } catch (error) {
    if (isLast) for (const call of batch) call.reject(toAppError(error));
    else
      batch[0]!.ctx.log.warn({ err: error, deliveries: batch.length }, "sightings go one by one");
    return false;
  }
}

async function writeOnceMoreOnConflict(batch: Call[]): Promise<SightingOutcome[]> {
  try {
    return await write(batch);
  } catch (error) {
    if (!(toAppError(error) instanceof ConflictError)) throw error;
    return write(batch);
  }
}

function write(batch: Call[]): Promise<SightingOutcome[]> {
  const { db, teamId, settings } = batch[0]!.ctx;
  const receivedAt = new Date(Math.max(...batch.map(({ ctx }) => ctx.receivedAt.getTime())));
  return db.transaction().execute(async (trx) => {
    const digests = batch.map(({ delivery }) => delivery.digest);
    const unseen = await takeDeliveries(trx, digests, receivedAt);
    const deliveries = batch.map(({ delivery }) => {
      // the same body twice in one batch counts once too
      const isNew = unseen.delete(delivery.digest);
      return { isNew, services: isNew ? delivery.services.map(withCleanName) : [] };
    });
    const services = deliveries.flatMap((delivery) => delivery.services);
    const outcomes = await recordServices(trx, { teamId, settings, receivedAt }, services);
    return deliveries.map(({ isNew, services: own }) => ({
      isNew,
      ...together(own.flatMap((one) => outcomes.get(one) ?? [])),
    }));
  });
}

/** PostgreSQL takes no NUL and no half of a character; a name longer than this is no name. */
function withCleanName(one: ServiceSightings): ServiceSightings {
  const service = one.service
    .replace(/\p{Cc}/gu, " ")
    .slice(0, 200)
    .toWellFormed();
  return { ...one, service };
}

type Outcome = Omit<SightingOutcome, "isNew">;
type Outcomes = Map<ServiceSightings, Outcome>;

function together(outcomes: readonly Outcome[]): Outcome {
  const overflow = outcomes.flatMap((one) => one.overflow);
  const noRoom = outcomes.flatMap((one) => one.noRoom ?? []);
  if (noRoom.length === 0) return { overflow };
  return {
    overflow,
    noRoom: {
      services: noRoom.flatMap(({ services }) => services),
      pins: noRoom.flatMap(({ pins }) => pins),
    },
  };
}

async function recordServices(
  trx: Trx,
  about: { teamId: TeamId; settings: LedgerSettings; receivedAt: Date },
  sent: ServiceSightings[],
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  if (sent.length === 0) return outcomes;
  const { teamId, settings, receivedAt } = about;
  const names = sent.map(({ service }) => service);
  const known = await servicesWithRoom(trx, teamId, names, servicesAtMost);
  const services = sent.filter((one) => {
    if (known.has(one.service)) return true;
    outcomes.set(one, { overflow: [], noRoom: { services: [one.service], pins: [] } });
    return false;
  });
  if (services.length === 0) return outcomes;
  await addTraffic(trx, teamId, trafficOf(services), receivedAt);
  const kept = await readHistories(trx, teamId, wantedOf(services));
  const before = new Map(kept.map((one) => [pinKey(one.service, one.pin.pin), one]));
  const mayKeep = await createPinRoom(trx, teamId, services, before);
  const folded = new Map<string, { service: string; history: PinHistory }>();
  for (const one of services) {
    const overflow: Outcome["overflow"] = [];
    const pins: NoRoom["pins"] = [];
    for (const [pin, sightings] of Map.groupBy(one.pins, (sighting) => sighting.pin)) {
      const key = pinKey(one.service, pin);
      if (!mayKeep(one.service, pin)) {
        pins.push({ service: one.service, pin });
        continue;
      }
      const history = folded.get(key)?.history ?? before.get(key);
      const result = foldDelivery(history, { sightings, requests: one.requests });
      folded.set(key, { service: one.service, history: result.history });
      if (result.overflow > 0)
        overflow.push({ service: one.service, pin, requests: result.overflow });
    }
    const noRoom = pins.length > 0 ? { noRoom: { services: [], pins } } : {};
    outcomes.set(one, { overflow, ...noRoom });
  }
  if (folded.size === 0) return outcomes;
  const pins = [...folded].map(([key, one]) => differenceOf(one, before.get(key)));
  const written = await writeFolded(trx, teamId, pins, receivedAt);
  const changed = pins.filter((one) => changesHistory(one, before)).map(({ service }) => service);
  if (changed.length > 0) {
    await tellIncidents(trx, { teamId, settings, services: [...new Set(changed)] });
  }
  await writeEffects(
    trx,
    toAnnounce(written, folded, settings).map(
      ({ id }) => ({ name: "announce-change", incidentId: null, intervalId: id }) as const,
    ),
  );
  return outcomes;
}

/** Tells of each pin whether it may be kept: known ones may, and others while their service has room. */
async function createPinRoom(
  trx: Trx,
  teamId: TeamId,
  services: readonly ServiceSightings[],
  before: ReadonlyMap<string, ServicePinHistory>,
): Promise<(service: string, pin: PinSighting["pin"]) => boolean> {
  const isNew = ({ service, pins }: ServiceSightings) =>
    pins.some(({ pin }) => !before.has(pinKey(service, pin)));
  const growing = services.filter(isNew).map(({ service }) => service);
  const counts = growing.length > 0 ? await countPins(trx, teamId, growing) : new Map();
  const begun = new Set<string>();
  return (service, pin) => {
    const key = pinKey(service, pin);
    if (before.has(key) || begun.has(key)) return true;
    const count: number = counts.get(service) ?? 0;
    if (count >= pinsAtMost) return false;
    counts.set(service, count + 1);
    begun.add(key);
    return true;
  };
}

function trafficOf(services: ServiceSightings[]): ServiceTraffic[] {
  return [...Map.groupBy(services, ({ service }) => service)].map(([service, all]) => ({
    service,
    firstAt: new Date(Math.min(...all.map(({ firstAt }) => firstAt.getTime()))),
    lastAt: new Date(Math.max(...all.map(({ lastAt }) => lastAt.getTime()))),
    requests: all.reduce((sum, { requests }) => sum + requests, 0),
  }));
}

function wantedOf(services: ServiceSightings[]) {
  const sightings = services.flatMap(({ service, pins }) =>
    pins.map((one) => ({ service, ...one })),
  );
  return [...Map.groupBy(sightings, ({ service, pin }) => pinKey(service, pin)).values()].map(
    (all) => ({
      service: all[0]!.service,
      pin: all[0]!.pin,
      since: reachBack(new Date(earliest(all))),
      values: [...new Set(all.map(({ value }) => value))],
    }),
  );
}

function earliest(sightings: readonly PinSighting[]): number {
  return sightings.reduce((least, { firstAt }) => Math.min(least, firstAt.getTime()), Infinity);
}

/** Untouched intervals are the same objects as before. */
function differenceOf(
  { service, history }: { service: string; history: PinHistory },
  before: PinHistory | undefined,
): FoldedPin {
  const standing = new Set(before?.intervals);
  const ids = new Set(history.intervals.map(({ id }) => id));
  return {
    service,
    pin: history.pin,
    changed: history.intervals.filter((one) => !standing.has(one)),
    removed: (before?.intervals ?? []).flatMap(({ id }) =>
      id !== null && !ids.has(id) ? [id] : [],
    ),
  };
}

/** Whether something began, earlier than known or at all, or what was two is one: more than counts. */
function changesHistory(folded: FoldedPin, before: ReadonlyMap<string, PinHistory>): boolean {
  const known = before.get(pinKey(folded.service, folded.pin.pin))?.intervals ?? [];
  const byId = new Map(known.map((one) => [one.id, one]));
  return (
    folded.removed.length > 0 ||
    folded.changed.some((one) => {
      const was = one.id === null ? undefined : byId.get(one.id);
      if (!was) return !one.isFirst;
      return was.isFirst !== one.isFirst || was.firstSeenAt > one.firstSeenAt;
    })
  );
}

const dayMs = 24 * 60 * 60 * 1_000;
/** More beginnings of one pin at once are no versions: a seed, a date in a prompt. */
const announcedAtMost = 3;

/**
 * The new intervals that are announced: of services that want it, begun within the last day of what is known
 * of the pin (a change that something newer stands behind is no news), of pins that begin few values.
 */
function toAnnounce(
  written: readonly WrittenInterval[],
  folded: ReadonlyMap<string, { history: PinHistory }>,
  settings: LedgerSettings,
): WrittenInterval[] {
  const names = new Set(
    settings.services
      .filter(({ announcesUndeclared }) => announcesUndeclared)
      .flatMap(({ name }) => ledgerNamesOf(settings, name)),
  );
  return written.filter((one) => {
    const history = folded.get(pinKey(one.service, one.pin))?.history;
    if (!history || one.isFirst || !names.has(one.service)) return false;
    const since = history.pin.lastSeenAt.getTime() - dayMs;
    const begun = history.intervals.filter(
      ({ firstSeenAt, isFirst }) => !isFirst && firstSeenAt.getTime() >= since,
    );
    return one.firstSeenAt.getTime() >= since && begun.length <= announcedAtMost;
  });
}
