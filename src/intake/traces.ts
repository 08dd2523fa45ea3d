import { crc32 } from "node:zlib";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { createPinReader } from "#src/domain/ledger/pin-aliases.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { recordSightings } from "#src/usecases/record-sightings.ts";
import { answerRefused, answerTaken, protobufType } from "./otlp/answer.ts";
import { readJsonSpans } from "./otlp/json-spans.ts";
import { readProtobufSpans } from "./otlp/protobuf-spans.ts";
import { type Delivered, type PinReading, SightingFold } from "./otlp/sightings.ts";
import { MalformedError } from "./otlp/span-sink.ts";
import { warningOf } from "./otlp/warning.ts";
import type { IntakeContext, IntakeRequest, Route } from "./route.ts";

/**
 * OTLP/HTTP traces (opentelemetry.io/docs/specs/otlp): versions are read from the spans and kept as
 * intervals; the spans are not kept, and their text is never looked at beyond its hash. A body that was
 * recorded before counts once.
 */
export const traces: Route = {
  path: "/v1/traces",
  contentTypes: [protobufType, "application/json", "application/x-ndjson"],
  bytesAtMost: 20 * 1024 * 1024,
  refuse: answerRefused,
  async answer(ctx, request) {
    const { body, contentType } = request;
    const read = readTraces(request, readerFor(ctx.settings), Date.now());
    if (!read.ok) return answerRefused(400, read.error, contentType);
    const delivered = read.value;
    if (delivered.services.length > 0) await record(ctx, delivered, digestOf(body, delivered));
    const { rejectedSpans, message } = warningOf(delivered);
    if (message !== "") {
      const { rejected, overflow, pinsNotKept } = delivered;
      ctx.log.warn(
        { rejected, pinsOverflowing: overflow.length, pinsNotKept: pinsNotKept.length },
        "some of what telemetry sent was not taken",
      );
    }
    return answerTaken(contentType, rejectedSpans, message);
  },
};

/** What a body says, or why it says nothing: a sentence for the sender. `nowMs` is real time. */
export function readTraces(
  { body, contentType }: Pick<IntakeRequest, "body" | "contentType">,
  reader: PinReading,
  nowMs: number,
): Result<Delivered, string> {
  const fold = new SightingFold(reader, nowMs);
  try {
    if (contentType === protobufType) readProtobufSpans(body, fold);
    else readJsonSpans(body, fold);
  } catch (error) {
    if (error instanceof MalformedError) return err(error.message);
    throw error;
  }
  return ok(fold.finish());
}

/**
 * Tells whether it came before: the same traces in a body of the same length and checksum. A digest of the
 * whole body would say no more, and takes a tenth of all the time that a body takes.
 */
function digestOf(body: Buffer, { traceIds }: Delivered): string {
  return sha256([crc32(body), body.length, ...traceIds].join(" "));
}

/** Adds to the warning what the ledger itself could not keep. */
async function record(ctx: IntakeContext, delivered: Delivered, digest: string): Promise<void> {
  const { db, teamId, log, settings } = ctx;
  const { services } = delivered;
  const recorded = await recordSightings(
    { db, teamId, log, settings, receivedAt: new Date() },
    { digest, services },
  );
  for (const { service, pin, requests } of recorded.overflow) {
    const told = delivered.overflow.find((one) => one.service === service && one.pin === pin);
    if (told) told.requests += requests;
    else delivered.overflow.push({ service, pin, requests });
  }
  const { noRoom } = recorded;
  if (!noRoom) return;
  delivered.pinsNotKept.push(...noRoom.pins);
  for (const service of noRoom.services) {
    delivered.rejected.noRoom += delivered.spans.get(service) ?? 0;
  }
}

const readers = new WeakMap<LedgerSettings, PinReading>();

/** The settings stand for as long as the process lives, and so does what is known of their keys. */
function readerFor(settings: LedgerSettings): PinReading {
  const known = readers.get(settings);
  if (known) return known;
  const reader = createPinReader(settings, sha256);
  const wanted = new Map<string, boolean>();
  const cached: PinReading = {
    wants(key) {
      const answer = wanted.get(key);
      if (answer !== undefined) return answer;
      const isWanted = isKey(key) && reader.wants(key);
      if (wanted.size < knownKeysMax) wanted.set(key, isWanted);
      return isWanted;
    },
    read: (attributes) => reader.read(attributes),
  };
  readers.set(settings, cached);
  return cached;
}

const knownKeysMax = 10_000;

/** A name that can be kept and shown. */
function isKey(key: string): boolean {
  return key.length <= 200 && /^[\x21-\x7e]+$/.test(key);
}
