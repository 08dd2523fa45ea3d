import { z } from "zod";
import { didYouMean } from "#src/lib/did-you-mean.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { isLayerId, type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { changeKinds, layerOfKind } from "./change-kinds.ts";
import type { DeclaredChange } from "./ledger.ts";

/** A change as somebody declares it, before it is kept. */
export interface NewDeclaredChange extends Omit<DeclaredChange, "key" | "source"> {
  /** Null: made of the content where it is kept. */
  key: string | null;
  /** Nobody said when, so `at` is when it came in: where it is known already, the time known counts. */
  isTimeAssumed?: true;
}

/** What is wrong with one field. `path` as in the JSON ("sets.index"); empty: the whole. */
export interface FieldFault {
  path: string;
  message: string;
}

/** Nothing that is asked about today is older, and a time of 1970 is a unit mixed up. */
const earliestMs = Date.UTC(2000, 0, 1);
const aheadMsMax = 366 * 86_400_000;

/**
 * Reads a declared change from JSON: `{key?, service?, at?, until?, kind, layer?, summary, link?,
 * declared_by?, sets?}`. Times are ISO 8601 with their offset, from 2000 on to a year ahead; without
 * `at` it is `now`. The layer follows the kind (domain B12) where it is not given. Errors: one for each
 * fault, whole phrases that say what to send instead.
 */
export function parseChange(raw: unknown, now: Date): Result<NewDeclaredChange, FieldFault[]> {
  const parsed = Change.safeParse(raw);
  if (!parsed.success) return err(parsed.error.issues.flatMap((issue) => faultsOf(issue, fields)));
  const { key, service, at, until, kind, layer, summary, link, declared_by, sets } = parsed.data;
  const starts = at ?? now;
  const faults = [
    ...(at === undefined ? [] : timeFaults("at", at, now)),
    ...(until === undefined ? [] : timeFaults("until", until, now)),
  ];
  if (until !== undefined && until <= starts) {
    faults.push({ path: "until", message: "must be later than the time at which it began" });
  }
  const placed = layer ?? layerOfKind(kind);
  if (placed === null) faults.push({ path: "layer", message: layerMissing(kind) });
  if (placed === null || faults.length > 0) return err(faults);
  return ok({
    key: key ?? null,
    service: service ?? null,
    at: starts,
    ...(at === undefined ? { isTimeAssumed: true as const } : {}),
    until: until ?? null,
    kind,
    layer: placed,
    summary,
    link: link ?? null,
    declaredBy: declared_by ?? null,
    sets: sets ?? {},
  });
}

/** A text from outside that is shown as one line: no line break, no control character, nothing cut in half. */
export function lineOf(max: number) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is missing" : "must be text") })
    .trim()
    .min(1, "must not be empty")
    .max(max, `must be ${max} characters at most`)
    .refine(
      (text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text),
      "must be one line, without control characters",
    )
    .refine((text) => text.isWellFormed(), "holds half of a character: send it as UTF-8");
}

/** A time of ISO 8601 with its offset. */
export const instant = z.iso
  .datetime({
    offset: true,
    error: "must be a time with its offset, such as 2026-03-09T09:20:00Z",
  })
  .transform((text) => new Date(text));

/** The id of a layer; the error names the layers, and the nearest one first. */
export const layerId = z
  .string({ error: ({ input }) => (input === undefined ? "is missing" : "must be text") })
  .transform((text, context): LayerId => {
    if (isLayerId(text)) return text;
    const near = didYouMean(text, layerIds);
    const list = `the layers are ${layerIds.join(", ")}`;
    context.addIssue(
      near === undefined ? `is no layer; ${list}` : `is no layer (did you mean ${near}?); ${list}`,
    );
    return z.NEVER;
  });

/** A fault of zod's as ours: which field, and for a key that is not known the nearest one that is. */
export function faultsOf(issue: z.core.$ZodIssue, known: readonly string[]): FieldFault[] {
  const path = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((name) => {
    const near = didYouMean(name, [...known]);
    const meant =
      near === undefined ? `the fields are ${known.join(", ")}` : `did you mean ${near}?`;
    return {
      path: path === "" ? name : `${path}.${name}`,
      message: `is not known here; ${meant}`,
    };
  });
}

/** Faults of a time that lies too far back or ahead to be meant. */
export function timeFaults(path: string, time: Date, now: Date): FieldFault[] {
  if (time.getTime() < earliestMs) return [{ path, message: "must be from the year 2000 on" }];
  return time.getTime() - now.getTime() > aheadMsMax
    ? [{ path, message: "must be at most a year ahead" }]
    : [];
}

const value = z
  .union([z.string(), z.number(), z.boolean()], { error: "must be text, a number, true or false" })
  .transform(String)
  .pipe(lineOf(200));

const Change = z.strictObject(
  {
    key: lineOf(200)
      // "pin:12" is how a change is called that nobody declared
      .refine((key) => !key.startsWith("pin:"), 'must not begin with "pin:"')
      .optional(),
    service: lineOf(200).nullish(),
    at: instant.optional(),
    until: instant.nullish().transform((time) => time ?? undefined),
    kind: lineOf(60).refine(
      (kind) => /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(kind),
      "must be one word, such as prompt or model_rollout",
    ),
    layer: layerId.optional(),
    summary: lineOf(500),
    link: lineOf(2000)
      .refine(isWebAddress, "must be an address that begins with https:// or http://")
      .nullish(),
    declared_by: lineOf(200).nullish(),
    sets: z
      .record(lineOf(200), value, { error: "must be pins and their values" })
      .refine((sets) => Object.keys(sets).length <= 50, "must be 50 pins at most")
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === "invalid_type" ? "must be an object with kind and summary" : undefined,
  },
);
const fields = Object.keys(Change.shape);

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  return ["https:", "http:"].includes(new URL(text).protocol);
}

function layerMissing(kind: string): string {
  const list = `one of ${layerIds.join(", ")}`;
  if (Object.hasOwn(changeKinds, kind)) {
    return `must be given, because "${kind}" happens in every layer: ${list}`;
  }
  const near = didYouMean(kind, Object.keys(changeKinds));
  return near === undefined
    ? `must be given, because the kind "${kind}" is not one of ours: ${list}`
    : `must be given, because the kind "${kind}" is not one of ours (did you mean ${near}?): ${list}`;
}
