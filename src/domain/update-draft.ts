import type { IncidentState } from "./incident.ts";
import { isExamined } from "./layer-state.ts";
import { isLayerId, layerIds, layers } from "./layers/index.ts";
import type { TimelineEntry, TimelineKind } from "./timeline.ts";
import type { Confidence, Phase } from "./vocabulary.ts";

/** Kinds of timeline entries that people who do not work on an incident care for. */
export const kindsInUpdates: readonly TimelineKind[] = [
  "severity_changed",
  "phase_changed",
  "strand_added",
  "lever_recorded",
  "lever_ended",
  "verdict_set",
  "no_lever_needed",
  "incident_reopened",
];

/** What an update draft reads of an entry. */
export type DraftEntry = Pick<TimelineEntry, "kind" | "data">;

/** Slack's limit of a text field is 3,000; what is typed after the draft has room. */
const draftAtMost = 2_000;

/**
 * What changed since the last update, in plain words for people who do not work on the incident: one
 * line a change, the oldest first. `entries` are those since then. Whoever writes the update edits it.
 */
export function draftUpdate(state: IncidentState, entries: readonly DraftEntry[]): string {
  const { userImpact, lastUpdateAt } = state.incident;
  const impact =
    lastUpdateAt === null && userImpact !== null ? [`What users see: ${userImpact}`] : [];
  const told = [...impact, ...newestOfEach(entries).map(lineOf)].filter(
    (line) => line !== undefined,
  );
  const withFirst = (count: number): string =>
    [...told.slice(0, count), ...leftOut(told.length - count), ...standing(state)].join("\n");
  let shown = told.length;
  while (shown > 0 && withFirst(shown).length > draftAtMost) shown -= 1;
  const [first] = told;
  if (shown > 0 || first === undefined) return withFirst(shown);
  const rest = [...leftOut(told.length - 1), ...standing(state)].join("\n");
  return `${first.slice(0, draftAtMost - rest.length - 2)}…\n${rest}`;
}

/** What does not fit is counted: whoever edits the draft knows that there is more. */
function leftOut(count: number): string[] {
  if (count === 0) return [];
  return [`And ${count} more ${count === 1 ? "change" : "changes"}, see the timeline.`];
}

/** A severity that was changed twice is told once, as it is now. */
function newestOfEach(entries: readonly DraftEntry[]): DraftEntry[] {
  const last = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return entries.filter((entry) => last.get(keyOf(entry)) === entry);
}

function keyOf({ kind, data }: DraftEntry): string {
  if (kind === "severity_changed" || kind === "phase_changed") return kind;
  if (kind === "verdict_set") return JSON.stringify([kind, data["strand"], data["layer"]]);
  return JSON.stringify([kind, data]);
}

function lineOf({ kind, data }: DraftEntry): string | undefined {
  const word = (name: string): string => String(data[name] ?? "");
  switch (kind) {
    case "severity_changed":
      return `The severity is now ${word("to")}; it was ${word("from")}.`;
    case "phase_changed":
      return phaseLines[word("to") as Phase];
    case "strand_added":
      return `A further failure is being looked into: ${word("name")}`;
    case "lever_recorded":
      return `Done to limit the harm: ${word("what")}`;
    case "lever_ended":
      return `${data["how"] === "kept" ? "Kept for good" : "Taken back"}: ${word("what")}`;
    case "no_lever_needed":
      return "Nothing had to be switched off or restricted.";
    case "verdict_set":
      return verdictLine(data);
    case "incident_reopened":
      return "The incident was opened again.";
    default:
      return undefined;
  }
}

const phaseLines: Record<Phase, string> = {
  declared: "We are finding out how far it reaches.",
  stabilizing: "We are limiting the harm.",
  diagnosing: "We are finding out what broke.",
  recovering: "We are bringing the service back to normal.",
  learning: "The service is back to normal; we are working on keeping it so.",
};

function verdictLine({ verdict, layer, confidence }: DraftEntry["data"]): string | undefined {
  if (verdict !== "proximate" || typeof layer !== "string" || !isLayerId(layer)) return undefined;
  const how = sureness[confidence as Confidence] ?? "What broke first is";
  return `${how} ${layers[layer].label}.`;
}

const sureness: Record<Confidence, string> = {
  suspected: "We suspect that what broke first is",
  probable: "What broke first is probably",
  confirmed: "It is confirmed that what broke first is",
};

/** Where the examination stands: always something to say, also where nothing else changed. */
function standing(state: IncidentState): string[] {
  const answered = layerIds.filter((layer) => isExamined(state, layer)).length;
  if (answered === layerIds.length) return [];
  return [`${answered} of ${layerIds.length} parts of the system have been examined.`];
}
