import type { LayerId } from "#src/domain/layers/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { LedgerSettings, PinId, SeenPin } from "./ledger.ts";
import { placeNamedKey } from "./named-keys.ts";
import {
  anywhere,
  hashedContent,
  kindKeys,
  modelNames,
  namedVersions,
  ofModelCalls,
  parameterNames,
  parameterObjects,
  toolSchemaKeys,
  toolSpanKeys,
} from "./pin-names.ts";
import {
  hashedValue,
  type KeptValue,
  keptValue,
  looksLikeVersion,
  type PinKeySource,
} from "./pin-values.ts";
import { knownPin } from "./pins.ts";

/** Attributes by their key, values as text: numbers in decimal, arrays and maps as JSON. */
export type Attributes = ReadonlyMap<string, string>;

export interface PinReader {
  /** Whether an attribute of this key can say anything about a version. What it does not want need not be decoded. */
  wants(key: string): boolean;
  /** The pins that a span carries, each at most once. */
  read(from: { resource: Attributes; span: Attributes }): SeenPin[];
}

/**
 * Reads the pins of spans by the alias table (domain C2b): first the attributes that the team configured
 * itself, then the conventions, then keys of the form `app.<thing>.version`. Where nobody gave a version
 * of a prompt or of tools, the hash of their content stands for it, marked as derived; the content is not
 * in what is returned, and neither is any value that does not look like a version (`keptValue`). Where only
 * the model that was asked for is known, that is what is said: no value of "model.served". `sha256` gives the
 * hash of a text in hex.
 */
export function createPinReader(
  settings: Pick<LedgerSettings, "pinKeys">,
  sha256: (text: string) => string,
): PinReader {
  const configured = new Map(Object.entries(settings.pinKeys));
  const place = remembering(placeNamedKey);
  return {
    wants: (key) =>
      configured.has(key) ||
      conventional.has(key) ||
      toolSchemaKeys.test(key) ||
      place(key) !== undefined,
    read: (from) => {
      const reading = new Reading(from.resource, from.span, configured, sha256);
      readConfigured(reading);
      const kind = kindOfSpan(reading);
      readNames(reading, anywhere);
      readVersions(reading);
      if (kind === "model") readModelCall(reading);
      if (kind === "embedding" || kind === "reranker") {
        reading.take(
          kind,
          modelNames.find((key) => reading.text(key) !== undefined),
        );
      }
      readContent(reading, kind);
      readNamedByTeams(reading, place);
      return [...reading.pins.values()];
    },
  };
}

/** All keys of the tables. */
const conventional = new Set([
  ...[...anywhere, ...ofModelCalls, ...hashedContent].flatMap(([, keys]) => keys),
  ...namedVersions.flatMap(([, name, version]) => [name, version]),
  ...parameterObjects,
  ...kindKeys,
  ...modelNames,
  ...Object.values(toolSpanKeys),
]);

/** One span while it is read. */
class Reading {
  readonly pins = new Map<PinId, SeenPin>();
  readonly resource: Attributes;
  readonly span: Attributes;
  readonly configured: ReadonlyMap<string, LayerId>;
  readonly sha256: (text: string) => string;
  constructor(
    resource: Attributes,
    span: Attributes,
    configured: ReadonlyMap<string, LayerId>,
    sha256: (text: string) => string,
  ) {
    this.resource = resource;
    this.span = span;
    this.configured = configured;
    this.sha256 = sha256;
  }

  /** The attribute of the span, else of its resource; undefined where it is blank. */
  text(key: string): string | undefined {
    const own = this.span.get(key)?.trim();
    return own || this.resource.get(key)?.trim() || undefined;
  }

  /** Takes an attribute as a pin, unless the pin has a value or the attribute is the team's own pin. */
  take(pin: PinId, source: string | undefined): void {
    if (source === undefined || this.configured.has(source)) return;
    const text = this.text(source);
    if (text !== undefined) this.set(pin, text, source);
  }

  set(
    pin: PinId,
    text: string,
    source: string,
    {
      layer = knownPin(pin)?.layer,
      from = "convention",
    }: { layer?: LayerId; from?: PinKeySource } = {},
  ): void {
    if (this.pins.has(pin)) return;
    this.put(pin, layer, keptValue(pin, text, from, this.sha256), source);
  }

  /** A name and its version as one value; what of them is no version is its hash. */
  setNamed(pin: PinId, name: string, version: string, source: string): void {
    if (this.pins.has(pin)) return;
    // each short, so that both together are
    const parts = [name, version].map((text) => keptValue(pin, text, "words", this.sha256));
    const value = parts.map((part) => part.value).join("@");
    const isDerived = parts.some((part) => part.isDerived);
    this.put(pin, knownPin(pin)?.layer, { value, isDerived }, source);
  }

  setHash(pin: PinId, content: string, source: string, prefix = ""): void {
    if (this.pins.has(pin)) return;
    const value = `${prefix}${hashedValue(canonicalJson(content), this.sha256)}`;
    this.put(pin, knownPin(pin)?.layer, { value, isDerived: true }, source);
  }

  put(pin: PinId, layer: LayerId | undefined, kept: KeptValue, source: string): void {
    if (layer !== undefined) this.pins.set(pin, { pin, layer, ...kept, source });
  }
}

function readConfigured(reading: Reading): void {
  for (const [key, layer] of reading.configured) {
    const text = reading.text(key);
    if (text !== undefined) reading.set(key, text, key, { layer, from: "configured" });
  }
}

type SpanKind = "model" | "embedding" | "reranker" | "other";

/** By what it says it does; a span that names no operation but a model that answered is a call of one. */
function kindOfSpan(reading: Reading): SpanKind {
  const operation = (kindKeys.map((key) => reading.text(key)).find(Boolean) ?? "").toLowerCase();
  if (operation.startsWith("embedding")) return "embedding";
  if (operation.startsWith("rerank")) return "reranker";
  if (/^(?:chat|text_completion|generate_content|llm|invoke_agent|agent)$/.test(operation)) {
    return "model";
  }
  // a tool's or a retrieval's span
  if (operation !== "") return "other";
  const named = [
    ...modelNames,
    "langfuse.observation.model.name",
    "langsmith.metadata.ls_model_name",
  ];
  return named.some((key) => reading.span.has(key)) ? "model" : "other";
}

function readNames(reading: Reading, table: typeof anywhere): void {
  for (const [pin, keys] of table) {
    for (const key of keys) reading.take(pin, key);
  }
}

function readVersions(reading: Reading): void {
  for (const [pin, nameKey, versionKey] of namedVersions) {
    const version = reading.text(versionKey);
    if (version === undefined || reading.configured.has(versionKey)) continue;
    const name = reading.text(nameKey);
    if (name === undefined) reading.set(pin, version, versionKey);
    else reading.setNamed(pin, name, version, versionKey);
  }
}

function readModelCall(reading: Reading): void {
  for (const [pin, keys] of ofModelCalls) {
    for (const key of keys) {
      // an address of digits is one machine of many
      const isMachine = pin === "endpoint" && /^[\d.:[\]a-f]+$/i.test(reading.text(key) ?? "");
      if (!isMachine) reading.take(pin, key);
    }
  }
  readParameters(reading);
  // OpenInference's older name does not say whether it was asked for or answered: C2b takes it as served
  reading.take("model.served", "llm.model_name");
}

function readParameters(reading: Reading): void {
  for (const key of parameterObjects) {
    const parameters = asObject(reading.text(key));
    for (const [name, value] of Object.entries(parameters)) {
      const pin = Object.hasOwn(parameterNames, name) ? parameterNames[name] : undefined;
      if (pin === undefined || value === null || value === "") continue;
      reading.set(pin, typeof value === "string" ? value : JSON.stringify(value), key);
    }
  }
}

function asObject(text: string | undefined): Record<string, unknown> {
  if (text?.startsWith("{") !== true) return {};
  const parsed = parse(text);
  return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // what is no JSON says nothing of parameters
    return undefined;
  }
}

function readContent(reading: Reading, kind: SpanKind): void {
  for (const [pin, keys] of hashedContent) {
    if (reading.pins.has(pin)) continue;
    for (const key of keys) {
      const content = reading.configured.has(key) ? undefined : reading.text(key);
      if (content !== undefined) reading.setHash(pin, content, key);
    }
  }
  if (reading.pins.has("tool.schema")) return;
  if (kind === "model") {
    const listed = [...reading.span.keys()].filter((key) => toolSchemaKeys.test(key));
    const schemas = listed.toSorted().map((key) => canonicalJson(reading.text(key) ?? ""));
    if (schemas.length > 0) reading.setHash("tool.schema", schemas.join("\n"), listed[0]!);
    return;
  }
  const schema = reading.text(toolSpanKeys.schema);
  const name = reading.text(toolSpanKeys.name);
  if (schema === undefined) return;
  // a tool's own span tells of that tool alone: its name keeps it apart from the others
  const isNamed = name !== undefined && looksLikeVersion(name, "words");
  reading.setHash("tool.schema", schema, toolSpanKeys.schema, isNamed ? `${name}@` : "");
}

function readNamedByTeams(reading: Reading, place: typeof placeNamedKey): void {
  for (const attributes of [reading.span, reading.resource]) {
    for (const key of attributes.keys()) {
      const placed = reading.configured.has(key) ? undefined : place(key);
      const text = placed ? reading.text(key) : undefined;
      if (placed && text !== undefined) {
        reading.set(placed.pin, text, key, { layer: placed.layer, from: "words" });
      }
    }
  }
}

const keysRemembered = 2_000;
const charactersRemembered = 200;

/** Spans have the same few keys again and again; a sender of ever new ones fills no memory. */
function remembering<Value>(work: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    if (known.has(key)) return known.get(key) as Value;
    const value = work(key);
    if (known.size < keysRemembered && key.length <= charactersRemembered) known.set(key, value);
    return value;
  };
}
