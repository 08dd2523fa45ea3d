import type { KnownBlock } from "@slack/types";
import type { Interaction, OpenView } from "#sandbox/protocol.ts";
import type { Expectation } from "#sandbox/scenario.ts";
import { firstLine, plain, textsOf } from "./blocks.ts";

/** What the bot answered to a step, read from what Slack showed. */
export interface Got {
  /** As in `expect.result`; "nothing" where no answer could be had. */
  result: Expectation["result"] | "nothing";
  /** Every rule that the answer names, the first one first. */
  rules: string[];
  /** What it asks for, in the bot's ids, the first one first. */
  missing: string[];
  /** Which of these are asked by which rule, where the answer says so (errors at fields). */
  missingByRule?: Record<string, string[]>;
  /** What was said, first sentence. */
  sentence: string;
  /** For "shown": what could be seen. */
  shown?: string[];
  /** "weak" where the bot says that what was recorded is weak evidence. */
  weight?: string;
  /** What the bot says of the numbers: `single_layer`. */
  reading?: string;
  /** Whether it enters counts, where the bot says so (R11). */
  counted?: boolean;
  /** Warnings that stood in the form: `snapshot_first`. */
  warned?: string[];
}

/** `refusal:R1+R9:model,infrastructure`, and its siblings (ARCHITECTURE.md, "On Slack"). */
const marks = {
  refusal: "refused",
  suggestion: "suggested",
  flag: "flagged",
  insufficient: "insufficient",
} as const;
/** Slack cuts nothing: the bot cuts its block ids at this length, in the middle of an id if need be. */
const longestBlockId = 255;

/** The first refusal, suggestion, flag or "decides nothing" that these blocks show, with what else they say. */
function readMark(blocks: readonly KnownBlock[]): Got | undefined {
  const found = blocks.flatMap((block) => markOf(block) ?? []);
  const [first] = found;
  const reading = readingIn(blocks);
  if (!first) return reading === undefined ? undefined : { ...accepted(), ...reading };
  // a refusal says what its first rule asks for; what the others ask for stands below, each in its own block
  const refusals = first.result === "refused" ? found.slice(1) : [];
  const missingByRule = Object.fromEntries(
    refusals.flatMap(({ result, rules, missing }) =>
      result === "refused" && rules.length === 1 ? [[rules[0] ?? "", missing]] : [],
    ),
  );
  const [firstRule] = first.rules;
  if (refusals.length === 0 || firstRule === undefined) return { ...first, ...reading };
  return { ...first, missingByRule: { [firstRule]: first.missing, ...missingByRule } };
}

function markOf(block: KnownBlock): Got | undefined {
  const [kind = "", rules = "", missing = ""] = block.block_id?.split(":", 3) ?? [];
  if (!Object.hasOwn(marks, kind)) return undefined;
  const sentence = firstLine(plain(textsOf(block)[0] ?? ""));
  // weak evidence is recorded like any other, and says that it is weak
  if (kind === "flag" && rules === "weak") return { ...accepted(sentence), weight: "weak" };
  const ids = missing.split(",").filter((id) => id !== "");
  const isCut = (block.block_id?.length ?? 0) >= longestBlockId;
  return {
    result: marks[kind as keyof typeof marks],
    rules: rules.split("+").filter((rule) => rule !== ""),
    missing: isCut && ids.length > 1 ? ids.slice(0, -1) : ids,
    sentence,
    ...(kind === "flag" && rules === "R11" ? { counted: false } : {}),
  };
}

/** What is said of the numbers: `reading:single_layer:EV2`, or the fourth part of what decides nothing. */
function readingIn(blocks: readonly KnownBlock[]): Pick<Got, "reading"> | undefined {
  for (const { block_id: id = "" } of blocks) {
    const [kind, second, , fourth] = id.split(":");
    if (kind === "reading" && second) return { reading: second };
    if (kind === "insufficient" && fourth) return { reading: fourth };
  }
  return undefined;
}

/** What came of submitting `form` with `values`. */
export function readSubmission(
  interaction: Interaction,
  form: OpenView,
  values: Readonly<Record<string, string | string[] | null>>,
): Got {
  if (interaction.fieldErrors && Object.keys(interaction.fieldErrors).length > 0) {
    return readFieldErrors(interaction.fieldErrors, form, values);
  }
  const { view } = interaction;
  const isReceipt = view?.callback_id === "receipt";
  const isSameForm = view?.id === form.id && !isReceipt;
  if (view && (isSameForm || isReceipt)) {
    const mark = readMark(view.blocks as KnownBlock[]);
    if (mark) return mark;
  }
  const said = readEphemerals(interaction);
  if (said && said.result !== "accepted") return said;
  if (isSameForm) return { ...empty, result: "refused", sentence: "The form stayed open." };
  if (view && isReceipt) {
    return accepted(firstLine(plain(textsOf(view.blocks)[0] ?? "")));
  }
  return said ?? accepted("The form closed: recorded.");
}

/** What was said to the one who pressed or typed; undefined where nothing was. */
export function readEphemerals(interaction: Interaction): Got | undefined {
  for (const message of interaction.ephemerals) {
    const mark = readMark(message.blocks);
    if (mark) return mark;
  }
  const first = interaction.ephemerals[0];
  if (!first) return undefined;
  return accepted(firstLine(plain(first.text)));
}

const empty = { rules: [], missing: [] };

/** The warnings that stand in a form, by the last part of their block_id: `flag:B6:snapshot_first`. */
export function warningsIn(blocks: readonly KnownBlock[]): string[] {
  return blocks.flatMap(({ block_id: id = "" }) =>
    id.startsWith("flag:") ? (id.split(":")[2] ?? "").split(",") : [],
  );
}

/** The bot took it. */
export function accepted(sentence = "Recorded."): Got {
  return { ...empty, result: "accepted", sentence };
}

/** An error ends in its rules in brackets; a blank required field is Slack's own refusal and counts as Q0. */
function readFieldErrors(
  errors: Record<string, string>,
  form: OpenView,
  values: Readonly<Record<string, string | string[] | null>>,
): Got {
  const order = form.blocks.map((block) => block.block_id ?? "");
  const fields = Object.keys(errors).toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  const missingByRule: Record<string, string[]> = {};
  for (const field of fields) {
    for (const rule of rulesOf(errors[field] ?? "", values[field] ?? form.values[field] ?? null)) {
      (missingByRule[rule] ??= []).push(field);
    }
  }
  const first = errors[fields[0] ?? ""] ?? "";
  return {
    result: "refused",
    rules: Object.keys(missingByRule),
    missing: fields,
    missingByRule,
    sentence: firstLine(first.replace(bracketed, "")),
  };
}

const bracketed = /(?:\s*\[[A-Z]+[0-9.]*[a-d]?\])+\s*$/;

function rulesOf(error: string, value: string | string[] | null): string[] {
  const named = bracketed.exec(error)?.[0].match(/[A-Z]+[0-9.]*[a-d]?/g) ?? [];
  if (named.length > 0) return named;
  const isBlank =
    value === null || value.length === 0 || (typeof value === "string" && !value.trim());
  return isBlank ? ["Q0"] : [];
}

/** Whether the answer is what the step expects, and if not, in what it differs (scenarios/README.md, "As expected means"). */
export function judge(expect: Expectation, got: Got): { ok: boolean; why: string } {
  if (got.result !== expect.result) {
    return no(`expected ${expect.result}, got ${got.result}: ${got.sentence}`);
  }
  if (expect.reading !== undefined && got.reading !== expect.reading) {
    return no(`expected the reading ${expect.reading}, got ${got.reading ?? "none"}`);
  }
  if (expect.counted !== undefined && (got.counted ?? true) !== expect.counted) {
    return no(`expected counted ${expect.counted}, got ${got.counted ?? true}`);
  }
  if (expect.weight !== undefined && got.weight !== expect.weight) {
    return no(`expected the weight ${expect.weight}, got ${got.weight ?? "none"}`);
  }
  const unseen = (expect.shows ?? []).find((warning) => !got.warned?.includes(warning));
  if (unseen !== undefined) return no(`${unseen} was not shown in the form`);
  if (expect.result === "accepted") return { ok: true, why: "" };
  if (expect.result === "shown") {
    const shown = got.shown ?? [];
    const absent = (expect.includes ?? []).find((id) => !shown.includes(id));
    if (absent !== undefined) return no(`${absent} was not shown`);
    const extra = (expect.excludes ?? []).find((id) => shown.includes(id));
    return extra === undefined ? { ok: true, why: "" } : no(`${extra} was shown`);
  }
  const rule = expect.rule ?? "";
  if (!got.rules.includes(rule)) {
    return no(`expected rule ${rule}, got ${got.rules.join(", ") || "none"}: ${got.sentence}`);
  }
  const asked = got.missingByRule?.[rule] ?? got.missing;
  const wanted = expect.missing ?? [];
  if (wanted.length > 0 && asked[0] !== wanted[0]) {
    return no(`expected ${wanted[0]} to be asked for first, got ${asked[0] ?? "nothing"}`);
  }
  const unasked = wanted.filter((id) => !asked.includes(id));
  return unasked.length === 0 ? { ok: true, why: "" } : no(`did not ask for ${unasked.join(", ")}`);
}

function no(why: string): { ok: boolean; why: string } {
  return { ok: false, why };
}
