import type { PinSighting, SeenPin, ServiceSightings } from "#src/domain/ledger/ledger.ts";
import { knownPin } from "#src/domain/ledger/pins.ts";
import type { SpanSink } from "./span-sink.ts";

/** What the pins of one span are read with (src/domain/ledger/pin-aliases.ts). */
export interface PinReading {
  wants(key: string): boolean;
  read(attributes: {
    resource: ReadonlyMap<string, string>;
    span: ReadonlyMap<string, string>;
  }): SeenPin[];
}

/** What one delivery says, and what of it was not taken. */
export interface Delivered {
  services: ServiceSightings[];
  /** Spans that were taken. */
  taken: number;
  /** The same by service. */
  spans: Map<string, number>;
  /** Of the spans that were taken, each once, in the order in which they came. */
  traceIds: readonly string[];
  /** Spans that were not taken, by reason. */
  rejected: Record<RejectionReason, number>;
  /** Requests whose value of a pin came after too many others in the same delivery. */
  overflow: { service: string; pin: string; requests: number }[];
  /** Pins that are not kept, as too many others of their service are. */
  pinsNotKept: { service: string; pin: string }[];
}
export type RejectionReason =
  | "noTraceId"
  | "noStart"
  | "tooEarly"
  | "fromFuture"
  | "tooManyServices"
  | "noRoom"
  | "tooManySpans";

/** What one delivery may hold, so that its memory is bounded whatever comes. */
export const deliveryCaps = {
  /** More than a batch of a Collector as it comes (8,192). */
  spans: 10_000,
  services: 200,
  /** Different values of one pin of one service: more than are kept of it, so that keeping them says so too. */
  valuesOfPin: 250,
  /** Of all pins of all services; each pin that we know by name has room for a few beside them. */
  values: 1_000,
  reservedOfPin: 5,
  /** What is looked at of a resource, which every span of it carries: attributes, and characters of each. */
  resourceAttributes: 100,
  resourceCharacters: 1_000,
  /** Combinations of pins that are kept in mind, to read each only once; what is over is read every time. */
  knownMixes: 500,
};
/** A clock that is wrong by less is taken for skew: the span is taken as of now. */
const skewMsMax = 10 * 60_000;
/** Nobody has spans from before then: their start is given in another unit than nanoseconds. */
const earliestMs = Date.UTC(2000, 0, 1);

/** Spans that count together. */
interface Tally {
  /** Of the requests (traces) in the order of their first span; the same one may come again. */
  traces: number[];
  firstMs: number;
  lastMs: number;
}
/** Those that carry the same pins. */
interface Mix extends Tally {
  resource: number;
  attributes: readonly string[];
}
/** The tallies of something. Spans whose mix is not kept in mind count in the loose one. */
interface Tallies {
  all: Tally[];
  loose: Tally | undefined;
}
interface Value extends Tallies {
  seen: SeenPin;
}
interface Service extends Tallies {
  name: string;
  /** How many were taken. */
  spans: number;
  /** By pin and value. */
  values: Map<string, Value>;
  /** How many different ones a pin has. */
  counts: Map<string, number>;
  /** By pin: those whose value was one too many. */
  over: Map<string, Tallies>;
}

/**
 * Folds the spans of one delivery into what was seen of each service: a request is a trace, so distinct
 * trace ids are counted. A span without a valid trace id or start is not taken (OTLP, trace.proto: both are
 * required), nor one from the future; `nowMs` is the real time of this machine.
 */
export class SightingFold implements SpanSink {
  readonly #reader: PinReading;
  readonly #nowMs: number;
  readonly #services = new Map<string, Service>();
  readonly #traces = new Map<string, number>();
  readonly #traceIds: string[] = [];
  readonly #mixes = new Map<string, Mix>();
  /** Resources by their attributes, numbered: a key of spans holds the number and not the text. */
  readonly #resources = new Map<string, number>();
  /** By the number of attributes. */
  readonly #lastMixes = new Map<number, Mix>();
  readonly #rejected: Delivered["rejected"] = {
    noTraceId: 0,
    noStart: 0,
    tooEarly: 0,
    fromFuture: 0,
    tooManyServices: 0,
    noRoom: 0,
    tooManySpans: 0,
  };
  #taken = 0;
  #valueCount = 0;
  #resource: ReadonlyMap<string, string> = new Map();
  #resourceNumber = 0;
  #service: Service | undefined;

  constructor(reader: PinReading, nowMs: number) {
    this.#reader = reader;
    this.#nowMs = nowMs;
  }

  wants(key: string): boolean {
    // of spans that are not taken nothing need be decoded
    if (this.#taken >= deliveryCaps.spans) return false;
    return key === serviceName || this.#reader.wants(key);
  }

  beginResource(attributes: readonly string[]): void {
    const looked = ofResource(attributes);
    this.#resource = mapOf(looked);
    const key = looked.join(between);
    this.#resourceNumber = this.#resources.get(key) ?? this.#resources.size;
    this.#resources.set(key, this.#resourceNumber);
    this.#service = undefined;
  }

  addSpan(traceId: string, startMs: number, attributes: readonly string[]): void {
    const reason = this.#reasonAgainst(traceId, startMs);
    if (reason) {
      this.#rejected[reason] += 1;
      return;
    }
    const service = (this.#service ??= this.#findService());
    if (!service) {
      this.#rejected.tooManyServices += 1;
      return;
    }
    this.#taken += 1;
    service.spans += 1;
    const trace = this.#numberOf(traceId);
    const ms = Math.min(startMs, this.#nowMs);
    const mix = this.#mixOf(service, attributes);
    if (mix) return count(mix, trace, ms);
    // as many mixes as this are no versions: they are counted without being kept
    count(looseOf(service), trace, ms);
    for (const tallies of this.#talliesOf(service, attributes)) count(looseOf(tallies), trace, ms);
  }

  /** What all spans together say. */
  finish(): Delivered {
    const counter = new RequestCounter(this.#traceIds);
    const services = [...this.#services.values()];
    return {
      services: services.map((service) => ({
        service: service.name,
        ...counter.timesAndRequests(service.all),
        pins: [...service.values.values()].map(({ seen, all }): PinSighting => ({
          ...seen,
          ...counter.timesAndRequests(all),
          traceIds: counter.samples(all),
        })),
      })),
      taken: this.#taken,
      traceIds: this.#traceIds,
      spans: new Map(services.map((service) => [service.name, service.spans])),
      rejected: this.#rejected,
      overflow: services.flatMap(({ name, over }) =>
        [...over].map(([pin, { all }]) => ({
          service: name,
          pin,
          requests: counter.timesAndRequests(all).requests,
        })),
      ),
      pinsNotKept: [],
    };
  }

  #reasonAgainst(traceId: string, startMs: number): RejectionReason | undefined {
    if (!/^[0-9a-f]{32}$/.test(traceId) || traceId === noTrace) return "noTraceId";
    if (startMs === 0) return "noStart";
    if (startMs < earliestMs) return "tooEarly";
    if (startMs > this.#nowMs + skewMsMax) return "fromFuture";
    return this.#taken >= deliveryCaps.spans ? "tooManySpans" : undefined;
  }

  #findService(): Service | undefined {
    const name = nameOf(this.#resource.get(serviceName) ?? "");
    const known = this.#services.get(name);
    if (known) return known;
    if (this.#services.size >= deliveryCaps.services) return undefined;
    const service = {
      name,
      spans: 0,
      ...noTallies(),
      values: new Map(),
      counts: new Map(),
      over: new Map(),
    };
    this.#services.set(name, service);
    return service;
  }

  /** Undefined where there are too many. */
  #mixOf(service: Service, attributes: readonly string[]): Mix | undefined {
    // spans of one kind have as many attributes: the last one with so many is mostly the same
    const last = this.#lastMixes.get(attributes.length);
    if (last?.resource === this.#resourceNumber && isSame(last.attributes, attributes)) return last;
    const key = this.#resourceNumber + between + attributes.join(between);
    let mix = this.#mixes.get(key);
    if (!mix) {
      if (this.#mixes.size >= deliveryCaps.knownMixes) return undefined;
      mix = { ...noTally(), resource: this.#resourceNumber, attributes };
      this.#mixes.set(key, mix);
      service.all.push(mix);
      for (const tallies of this.#talliesOf(service, attributes)) tallies.all.push(mix);
    }
    this.#lastMixes.set(attributes.length, mix);
    return mix;
  }

  /** Where spans with these attributes count: at each of their pins' values, or as one too many of the pin. */
  #talliesOf(service: Service, attributes: readonly string[]): Tallies[] {
    return this.#reader
      .read({ resource: this.#resource, span: mapOf(attributes) })
      .map((seen) => this.#valueOf(service, seen));
  }

  #valueOf(service: Service, seen: SeenPin): Tallies {
    const key = seen.pin + between + seen.value;
    const known = service.values.get(key);
    if (known) return known;
    const values = service.counts.get(seen.pin) ?? 0;
    const isReserved = values < deliveryCaps.reservedOfPin && knownPin(seen.pin) !== undefined;
    const isFull = this.#valueCount >= deliveryCaps.values && !isReserved;
    if (values >= deliveryCaps.valuesOfPin || isFull) {
      const over = service.over.get(seen.pin) ?? noTallies();
      service.over.set(seen.pin, over);
      return over;
    }
    service.counts.set(seen.pin, values + 1);
    this.#valueCount += 1;
    const value = { seen, ...noTallies() };
    service.values.set(key, value);
    return value;
  }

  #numberOf(traceId: string): number {
    const known = this.#traces.get(traceId);
    if (known !== undefined) return known;
    const number = this.#traceIds.push(traceId) - 1;
    this.#traces.set(traceId, number);
    return number;
  }
}

/** Counts the different traces of some tallies, without a set for each. */
class RequestCounter {
  readonly #traceIds: readonly string[];
  /** By trace: the last question in which it was counted. */
  readonly #counted: Uint32Array;
  #question = 0;

  constructor(traceIds: readonly string[]) {
    this.#traceIds = traceIds;
    this.#counted = new Uint32Array(traceIds.length);
  }

  timesAndRequests(tallies: readonly Tally[]): { firstAt: Date; lastAt: Date; requests: number } {
    this.#question += 1;
    let requests = 0;
    let firstMs = Number.POSITIVE_INFINITY;
    let lastMs = Number.NEGATIVE_INFINITY;
    for (const tally of tallies) {
      if (tally.firstMs < firstMs) firstMs = tally.firstMs;
      if (tally.lastMs > lastMs) lastMs = tally.lastMs;
      for (const trace of tally.traces) {
        if (this.#counted[trace] === this.#question) continue;
        this.#counted[trace] = this.#question;
        requests += 1;
      }
    }
    return { firstAt: new Date(firstMs), lastAt: new Date(lastMs), requests };
  }

  /** At most three, of those that came first. */
  samples(tallies: readonly Tally[]): string[] {
    const numbers = new Set<number>();
    for (const { traces } of tallies) {
      for (const trace of traces) {
        if (numbers.size >= 3) break;
        numbers.add(trace);
      }
    }
    return [...numbers].map((number) => this.#traceIds[number] ?? "");
  }
}

function noTally(): Tally {
  return { traces: [], firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY };
}

function noTallies(): Tallies {
  return { all: [], loose: undefined };
}

function looseOf(tallies: Tallies): Tally {
  if (tallies.loose) return tallies.loose;
  tallies.loose = noTally();
  tallies.all.push(tallies.loose);
  return tallies.loose;
}

function count(tally: Tally, trace: number, ms: number): void {
  if (tally.traces.at(-1) !== trace) tally.traces.push(trace);
  if (ms < tally.firstMs) tally.firstMs = ms;
  if (ms > tally.lastMs) tally.lastMs = ms;
}

const serviceName = "service.name";
/** As the resource conventions of OpenTelemetry have it where nobody gave a name. */
const unknownService = "unknown_service";
const noTrace = "0".repeat(32);
/** Stands between texts that are one key. */
const between = "\0";

function nameOf(given: string): string {
  // PostgreSQL takes neither a zero character nor half of a pair
  const line = given.toWellFormed().replaceAll(/[\p{Cc}\s]+/gu, " ");
  return line.trim().slice(0, 200).toWellFormed() || unknownService;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  for (let at = 0; at < others.length; at += 1) if (some[at] !== others[at]) return false;
  return some.length === others.length;
}

/**
 * What is looked at of a resource: each of its spans is read with it, so a long value would be read as often as
 * there are spans. What people say stands on spans.
 */
function ofResource(attributes: readonly string[]): string[] {
  const looked: string[] = [];
  for (let at = 0; at + 1 < attributes.length; at += 2) {
    const [key = "", value = ""] = [attributes[at], attributes[at + 1]];
    const isName = key === serviceName;
    if (!isName && value.length > deliveryCaps.resourceCharacters) continue;
    looked.push(key, value.slice(0, deliveryCaps.resourceCharacters));
    if (looked.length >= 2 * deliveryCaps.resourceAttributes) break;
  }
  return looked;
}

function mapOf(attributes: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let at = 0; at + 1 < attributes.length; at += 2) {
    map.set(attributes[at] ?? "", attributes[at + 1] ?? "");
  }
  return map;
}
