#!/usr/bin/env node
/**
 * Spans of a scenario, as a stock OpenTelemetry exporter would send them.
 *
 *   node otlp.mjs scenario.json > spans.jsonl      (or the scenario as JSON on stdin)
 *
 * Reads `version_state` and `control_plane_events`; each output line is one OTLP/JSON
 * ExportTraceServiceRequest. The pins (OpenTelemetry attribute names) change when the events say:
 *   at           from this time on
 *   until        back to the value before
 *   share        only this part of the requests, chosen by the seed
 *   ramp_until   the share grows from 0 to 1 between `at` and this time
 * The same input, options and seed give the same bytes. No dependencies; Node 20 or newer.
 *
 *   --rate N           spans per minute (default 0.2; fractions allowed)
 *   --seed N           (default 1)
 *   --from T, --to T   ISO 8601 UTC; default: 48 h before the first and after the last strand or event
 *   --batch N          spans a line (default 100)
 *   --service NAME     service.name (default assistant)
 *   --undeclared K,K   kinds of change that nobody declares: they are seen in the spans alone
 *   --changes FILE     the declared changes, one JSON object a line, without those kinds
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";

const HOUR = 3_600_000;
const RESOURCE = /^(service|deployment|cloud|host|k8s|container|process|telemetry)\./;

function fail(message) {
  process.stderr.write(`otlp: ${message}\n`);
  process.exit(2);
}

function options() {
  const text = { type: "string" };
  const names = ["rate", "seed", "from", "to", "batch", "service", "undeclared", "changes"];
  try {
    return parseArgs({ allowPositionals: true, options: Object.fromEntries(names.map((n) => [n, text])) });
  } catch (error) {
    return fail(error.message);
  }
}

/** A number of an option, or the default; ends the run where it is not above zero. */
function positive(values, name, fallback) {
  if (values[name] === undefined) return fallback;
  const value = Number(values[name]);
  return value > 0 && Number.isFinite(value) ? value : fail(`--${name} wants a number above 0, got ${values[name]}`);
}

function time(text, what) {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? fail(`${what}: not a time: ${text}`) : ms;
}

/** 0 <= x < 1, the same for the same words. */
function unit(...words) {
  return createHash("sha256").update(words.join("|")).digest().readUInt32BE(0) / 2 ** 32;
}

const hex = (bytes, ...words) => createHash("sha256").update(words.join("|")).digest("hex").slice(0, bytes * 2);

/** OTLP AnyValue; 64-bit integers are strings in OTLP/JSON. */
function any(value) {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(any) } };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { stringValue: String(value) };
}

const attributes = (pins) => Object.entries(pins).map(([key, value]) => ({ key, value: any(value) }));
const nano = (ms) => `${Math.round(ms)}000000`;

/** The pins of one request at a time: last known good, then each event in order of time. */
function pinsAt(base, events, ms, request, seed) {
  const pins = { ...base };
  for (const event of events) {
    if (ms < event.start || ms >= event.stop) continue;
    let share = event.share;
    if (event.ramp > event.start && ms < event.ramp) share *= (ms - event.start) / (event.ramp - event.start);
    if (share >= 1 || unit(seed, event.id, request) < share) Object.assign(pins, event.sets);
  }
  return pins;
}

function span(pins, ms, request, seed) {
  const own = Object.fromEntries(Object.entries(pins).filter(([key]) => !RESOURCE.test(key)));
  const input = 200 + Math.floor(unit(seed, "in", request) * 1800);
  const output = 50 + Math.floor(unit(seed, "out", request) * 700);
  const length = 400 + unit(seed, "ms", request) * 4000;
  return {
    traceId: hex(16, seed, "trace", request),
    spanId: hex(8, seed, "span", request),
    name: `chat ${own["gen_ai.request.model"] ?? "model"}`,
    kind: 3,
    startTimeUnixNano: nano(ms),
    endTimeUnixNano: nano(ms + length),
    attributes: attributes({
      "gen_ai.operation.name": "chat",
      ...own,
      "gen_ai.response.id": `resp-${hex(6, seed, "resp", request)}`,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": input,
      "gen_ai.usage.output_tokens": output,
    }),
    status: {},
  };
}

/** Spans of one line, grouped by resource as an exporter groups them. */
function request(batch, service) {
  const groups = new Map();
  for (const { pins, value } of batch) {
    const resource = { "service.name": service, ...Object.fromEntries(Object.entries(pins).filter(([k]) => RESOURCE.test(k))) };
    const key = JSON.stringify(resource);
    if (!groups.has(key)) groups.set(key, { resource: { attributes: attributes(resource) }, spans: [] });
    groups.get(key).spans.push(value);
  }
  const resourceSpans = [...groups.values()].map(({ resource, spans }) => ({
    resource,
    scopeSpans: [{ scope: { name: "scenario" }, spans }],
  }));
  return `${JSON.stringify({ resourceSpans })}\n`;
}

/** The lines, made as they are asked for. */
function* lines() {
  const { values, positionals } = options();
  const rate = positive(values, "rate", 0.2);
  const batchSize = Math.ceil(positive(values, "batch", 100));
  const seed = values.seed ?? "1";
  const service = values.service ?? "assistant";
  const undeclared = new Set((values.undeclared ?? "").split(",").map((kind) => kind.trim()).filter(Boolean));

  let scenario;
  try {
    scenario = JSON.parse(readFileSync(positionals[0] ?? 0, "utf8"));
  } catch (error) {
    fail(`cannot read the scenario as JSON: ${error.message}`);
  }
  if (!scenario.version_state || !scenario.control_plane_events) fail("no version_state or control_plane_events");

  const base = Object.assign({}, ...Object.values(scenario.version_state).map((layer) => layer.lkg ?? {}));
  const events = scenario.control_plane_events
    .map((event) => ({
      ...event,
      start: time(event.at, event.id),
      stop: event.until ? time(event.until, event.id) : Infinity,
      ramp: event.ramp_until ? time(event.ramp_until, event.id) : 0,
      share: event.share ?? 1,
    }))
    .toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  const kinds = new Set(events.map((event) => event.kind));
  for (const kind of undeclared) if (!kinds.has(kind)) process.stderr.write(`otlp: no change of kind ${kind} here\n`);

  const onsets = (scenario.strands ?? []).map((strand) => time(strand.onset.from, strand.id));
  const first = onsets.length ? Math.min(...onsets) : (events[0]?.start ?? fail("nothing to show"));
  const last = Math.max(first, ...events.map((event) => (event.stop < Infinity ? event.stop : Math.max(event.start, event.ramp))));
  const from = values.from ? time(values.from, "--from") : first - 48 * HOUR;
  const to = values.to ? time(values.to, "--to") : last + 48 * HOUR;
  if (to <= from) fail("--to is not after --from");

  if (values.changes) {
    const declared = events.filter((event) => event.role !== "effect" && !undeclared.has(event.kind));
    const rows = declared.map(({ id, at, kind, layer, what }) => ({ key: `${scenario.id}-${id}`, service, at, kind, layer, summary: what }));
    writeFileSync(values.changes, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }

  const step = 60_000 / rate;
  let batch = [];
  for (let number = 0, at = from; at < to; number += 1, at = from + number * step) {
    const ms = Math.round(at + unit(seed, "jitter", number) * Math.min(step, 60_000) * 0.9);
    const pins = pinsAt(base, events, ms, number, seed);
    batch.push({ pins, value: span(pins, ms, number, seed) });
    if (batch.length >= batchSize) {
      yield request(batch, service);
      batch = [];
    }
  }
  if (batch.length) yield request(batch, service);
}

try {
  await pipeline(Readable.from(lines()), process.stdout, { end: false });
} catch (error) {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_PREMATURE_CLOSE") fail(error.message);
}
