import type { PinSighting, SeenPin, ServiceSightings } from "#src/domain/ledger/ledger.ts";
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
  /** Spans that were not taken, by reason. */
  rejected: Record<RejectionReason, number>;
  /** Requests whose value of a pin came after too many others in the same delivery. */
  overflow: { service: string; pin: string; requests: number }[];
}
export type RejectionReason =
  | "noTraceId"
  | "noStart"
  | "tooEarly"
  | "fromFuture"
  | "tooManyServices"
  | "tooManySpans";

/** What one delivery may hold, so that its memory is bounded whatever comes. */
export const deliveryCaps = {
  spans: 50_000,
  services: 200,
  /** Different values of one pin of one service: more than are kept of it, so that keeping them says so too. */
  valuesOfPin: 1_000,
  /** Of all pins of all services. */
  values: 5_000,
  /** Combinations of pins that are kept in mind, to read each only once. */
  knownMixes: 1_000,
};
/** A clock that is wrong by less is taken for skew: the span is taken as of now. */
export const skewMsMax = 10 * 60_000;
/** Nobody has spans from before then: their start is given in another unit than nanoseconds. */
const earliestMs = Date.UTC(2000, 0, 1);

/** Spans that carry the same pins: all of them count together. */
interface Mix {
  /** Of the requests (traces) in the order of their first span; the same one may come again. */
  traces: number[];
  firstMs: number;
  lastMs: number;
  resourceKey: string;
  attributes: readonly string[];
}
interface Value {
  seen: SeenPin;
  mixes: Mix[];
}
interface Service {
  name: string;
  mixes: Mix[];
  /** By pin and value. */
  values: Map<string, Value>;
  /** How many different ones a pin has. */
  counts: Map<string, number>;
  /** By pin: those whose value was one too many. */
  over: Map<string, Mix[]>;
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
  /** By the number of attributes. */
  readonly #lastMixes = new Map<number, Mix>();
  readonly #rejected: Delivered["rejected"] = {
    noTraceId: 0,
    noStart: 0,
    tooEarly: 0,
    fromFuture: 0,
    tooManyServices: 0,
    tooManySpans: 0,
  };
  #taken = 0;
  #valueCount = 0;
  #resource: readonly string[] = [];
  #resourceKey = "";
  #service: Service | undefined;

  constructor(reader: PinReading, nowMs: number) {
    this.#reader = reader;
    this.#nowMs = nowMs;
  }

  wants(key: string): boolean {
    return key === serviceName || this.#reader.wants(key);
  }

  beginResource(attributes: readonly string[]): void {
    this.#resource = attributes;
    this.#resourceKey = attributes.join(between);
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
    const mix = this.#mixOf(service, attributes);
    const trace = this.#numberOf(traceId);
    if (mix.traces.at(-1) !== trace) mix.traces.push(trace);
    const ms = Math.min(startMs, this.#nowMs);
    if (ms < mix.firstMs) mix.firstMs = ms;
    if (ms > mix.lastMs) mix.lastMs = ms;
  }

  /** What all spans together say. */
  finish(): Delivered {
    const counter = new RequestCounter(this.#traceIds);
    const services = [...this.#services.values()];
    return {
      services: services.map((service) => ({
        service: service.name,
        ...counter.timesAndRequests(service.mixes),
        pins: [...service.values.values()].map(({ seen, mixes }): PinSighting => ({
          ...seen,
          ...counter.timesAndRequests(mixes),
          traceIds: counter.samples(mixes),
        })),
      })),
      taken: this.#taken,
      rejected: this.#rejected,
      overflow: services.flatMap(({ name, over }) =>
        [...over].map(([pin, mixes]) => ({
          service: name,
          pin,
          requests: counter.timesAndRequests(mixes).requests,
        })),
      ),
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
    const name = nameOf(mapOf(this.#resource).get(serviceName) ?? "");
    const known = this.#services.get(name);
    if (known) return known;
    if (this.#services.size >= deliveryCaps.services) return undefined;
    const service = { name, mixes: [], values: new Map(), counts: new Map(), over: new Map() };
    this.#services.set(name, service);
    return service;
  }

  #mixOf(service: Service, attributes: readonly string[]): Mix {
    // spans of one kind have as many attributes: the last one with so many is mostly the same
    const last = this.#lastMixes.get(attributes.length);
    if (last?.resourceKey === this.#resourceKey && isSame(last.attributes, attributes)) return last;
    const key = this.#resourceKey + between + between + attributes.join(between);
    const mix = this.#mixes.get(key) ?? this.#newMix(service, attributes);
    this.#lastMixes.set(attributes.length, mix);
    if (this.#mixes.size < deliveryCaps.knownMixes) this.#mixes.set(key, mix);
    return mix;
  }

  #newMix(service: Service, attributes: readonly string[]): Mix {
    const mix = {
      traces: [],
      firstMs: Number.POSITIVE_INFINITY,
      lastMs: Number.NEGATIVE_INFINITY,
      resourceKey: this.#resourceKey,
      attributes,
    };
    service.mixes.push(mix);
    const resource = mapOf(this.#resource);
    for (const seen of this.#reader.read({ resource, span: mapOf(attributes) })) {
      this.#keep(service, seen, mix);
    }
    return mix;
  }

  #keep(service: Service, seen: SeenPin, mix: Mix): void {
    const key = seen.pin + between + seen.value;
    const known = service.values.get(key);
    if (known) {
      known.mixes.push(mix);
      return;
    }
    const count = service.counts.get(seen.pin) ?? 0;
    if (count >= deliveryCaps.valuesOfPin || this.#valueCount >= deliveryCaps.values) {
      const over = service.over.get(seen.pin);
      if (over) over.push(mix);
      else service.over.set(seen.pin, [mix]);
      return;
    }
    service.counts.set(seen.pin, count + 1);
    this.#valueCount += 1;
    service.values.set(key, { seen, mixes: [mix] });
  }

  #numberOf(traceId: string): number {
    const known = this.#traces.get(traceId);
    if (known !== undefined) return known;
    const number = this.#traceIds.push(traceId) - 1;
    this.#traces.set(traceId, number);
    return number;
  }
}

/** Counts the different traces of some mixes, without a set for each. */
class RequestCounter {
  readonly #traceIds: readonly string[];
  /** By trace: the last question in which it was counted. */
  readonly #counted: Uint32Array;
  #question = 0;

  constructor(traceIds: readonly string[]) {
    this.#traceIds = traceIds;
    this.#counted = new Uint32Array(traceIds.length);
  }

  timesAndRequests(mixes: readonly Mix[]): { firstAt: Date; lastAt: Date; requests: number } {
    this.#question += 1;
    let requests = 0;
    let firstMs = Number.POSITIVE_INFINITY;
    let lastMs = Number.NEGATIVE_INFINITY;
    for (const mix of mixes) {
      if (mix.firstMs < firstMs) firstMs = mix.firstMs;
      if (mix.lastMs > lastMs) lastMs = mix.lastMs;
      for (const trace of mix.traces) {
        if (this.#counted[trace] === this.#question) continue;
        this.#counted[trace] = this.#question;
        requests += 1;
      }
    }
    return { firstAt: new Date(firstMs), lastAt: new Date(lastMs), requests };
  }

  /** At most three, of those that came first. */
  samples(mixes: readonly Mix[]): string[] {
    const numbers = new Set<number>();
    for (const { traces } of mixes) {
      for (const trace of traces) {
        if (numbers.size >= 3) break;
        numbers.add(trace);
      }
    }
    return [...numbers].map((number) => this.#traceIds[number] ?? "");
  }
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

function mapOf(attributes: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let at = 0; at + 1 < attributes.length; at += 2) {
    map.set(attributes[at] ?? "", attributes[at + 1] ?? "");
  }
  return map;
}
