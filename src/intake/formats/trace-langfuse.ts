import type { RawSpan } from "#src/domain/exhibit/raw-span.ts";
import { flattened, listIn, objectIn, textIn } from "./json.ts";
import { msOf } from "./trace-phoenix.ts";

/**
 * The observations of a trace as Langfuse exports them ("Download JSON": the trace with `observations`, or
 * `{trace, observations}`; a page of its interface: `{data: [observation]}`), by the names that its own
 * OpenTelemetry attributes have. Undefined where the value is none; scores are not read.
 */
export function langfuseSpans(value: unknown): RawSpan[] | undefined {
  const whole = objectIn(value);
  if (!whole || !Array.isArray(whole["observations"] ?? whole["data"])) return undefined;
  const observations = listIn(whole["observations"] ?? whole["data"]);
  const trace = objectIn(whole["trace"]) ?? whole;
  const resource = new Map(
    [
      ["service.version", textIn(trace["version"]) || textIn(trace["release"])],
      ["deployment.environment.name", textIn(trace["environment"])],
    ].filter((pair): pair is [string, string] => pair[1] !== ""),
  );
  const spans = observations.flatMap((one) => spanOf(one, textIn(trace["id"]), resource));
  return spans.length > 0 ? spans : undefined;
}

function spanOf(value: unknown, traceOf: string, resource: ReadonlyMap<string, string>): RawSpan[] {
  const one = objectIn(value);
  const traceId = (textIn(one?.["traceId"]) || traceOf).trim().slice(0, 64);
  const isObservation = one && textIn(one["id"]) !== "" && "startTime" in one && traceId !== "";
  if (!isObservation) return [];
  const message = textIn(one["statusMessage"]);
  return [
    {
      traceId,
      spanId: textIn(one["id"]),
      parentId: textIn(one["parentObservationId"]),
      name: textIn(one["name"]),
      isServer: false,
      startMs: msOf(one["startTime"]),
      endMs: msOf(one["endTime"]),
      status: one["level"] === "ERROR" ? "error" : "unset",
      resource,
      attributes: attributesOf(one),
      texts: message === "" ? [] : [{ field: "status.message", text: message }],
    },
  ];
}

function attributesOf(one: Readonly<Record<string, unknown>>): Map<string, string> {
  const all = new Map<string, string>();
  const set = (key: string, value: unknown): void => {
    const text =
      typeof value === "object" && value !== null ? JSON.stringify(value) : textIn(value);
    if (text !== "") all.set(key, text);
  };
  set("langfuse.observation.type", one["type"]);
  set("gen_ai.response.model", one["model"]);
  set("langfuse.observation.prompt.name", one["promptName"]);
  set("langfuse.observation.prompt.version", one["promptVersion"]);
  set("langfuse.observation.input", one["input"]);
  set("langfuse.observation.output", one["output"]);
  if (textIn(one["type"]).toUpperCase() === "TOOL") set("gen_ai.tool.name", one["name"]);
  for (const [key, text] of flattened(one["modelParameters"]))
    all.set(`gen_ai.request.${key}`, text);
  for (const [key, text] of flattened(one["metadata"])) all.set(key, text);
  return all;
}
