import { z } from "zod";
import type { RowValues, TestRow, TestRun } from "#src/domain/test-results/test-run.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { shortText, textValues, timeIn } from "./values.ts";

/** More rows than this are no test run that somebody reads. */
const rowsAtMost = 20_000;

/**
 * What promptfoo wrote with `-o results.json` (`results.version` 3), as parsed JSON. Undefined: it is no
 * such file. Refused by name: version 2, which has a table in place of rows, and any other version; with
 * the place: a row of another shape, an outcome that contradicts itself. Source: C3, read from promptfoo
 * 0.123.1.
 */
export function readPromptfooJson(value: unknown): Result<TestRun, string> | undefined {
  const file = fileShape.safeParse(value);
  if (!file.success) return undefined;
  const { results, config, metadata } = file.data;
  if (results.version !== 3) {
    return err(
      results.version === 2 || "table" in results
        ? "This promptfoo file is of version 2. Export it again with a promptfoo of today: npx promptfoo@latest export eval <id> -o results.json."
        : `This promptfoo file is of version ${shortText(results.version ?? "unknown", sha256)}, and version 3 is read. Say so to whoever runs Faultline, and type the counts meanwhile.`,
    );
  }
  if (!Array.isArray(results.results))
    return err("This promptfoo file has no rows in results.results.");
  const prompts = z.array(promptShape).catch([]).parse(results.prompts);
  const configs = configsByLabel(config?.providers);
  const rows = readRows(results.results, (index) => `Row ${index + 1}`, prompts, configs);
  if (!rows.ok) return rows;
  const version = metadata?.promptfooVersion;
  return ok({
    format: "promptfoo",
    ranAt: timeIn(results.timestamp),
    rows: rows.value,
    about: {
      tool: version === undefined ? "promptfoo" : `promptfoo ${shortText(version, sha256)}`,
      skipped: 0,
      isCut: false,
      notes: notesOf(rows.value, results.stats),
    },
  });
}

/**
 * promptfoo's `-o results.jsonl`: one row a line and nothing else, so that there is no template of a prompt
 * and no configuration of a provider in it. Undefined: it is no such file. Blank lines are said, and so is
 * a last line that is cut off; any other line that is no row is refused by its number.
 */
export function readPromptfooLines(text: string): Result<TestRun, string> | undefined {
  const lines = text.split("\n").map((line, index) => ({ line: line.trim(), at: index + 1 }));
  while (lines.at(-1)?.line === "") lines.pop();
  const filled = lines.filter(({ line }) => line !== "");
  const [first] = filled;
  if (!first || !looksLikeRow(parseJson(first.line))) return undefined;
  const notes: string[] = [];
  const blank = lines.length - filled.length;
  if (blank > 0)
    notes.push(`${blank === 1 ? "A blank line was" : `${blank} blank lines were`} passed over.`);
  const values: unknown[] = [];
  let isCut = false;
  for (const [index, { line, at }] of filled.entries()) {
    const value = parseJson(line);
    if (value !== undefined) {
      values.push(value);
    } else if (index === filled.length - 1) {
      isCut = true;
      notes.push(`Line ${at}, the last one, is cut off and was left out.`);
    } else {
      return err(`Line ${at} is no JSON. Give the file as promptfoo wrote it.`);
    }
  }
  const rows = readRows(values, (index) => `Line ${filled[index]?.at ?? index + 1}`, [], new Map());
  if (!rows.ok) return rows;
  return ok({
    format: "promptfoo",
    ranAt: null,
    rows: rows.value,
    about: { tool: "promptfoo", skipped: 0, isCut, notes: [...notes, ...notesOf(rows.value)] },
  });
}

function readRows(
  values: readonly unknown[],
  placeOf: (index: number) => string,
  prompts: readonly z.infer<typeof promptShape>[],
  configs: ReadonlyMap<string, RowValues>,
): Result<TestRow[], string> {
  if (values.length > rowsAtMost) {
    return err(
      `There are ${values.length} rows. At most 20,000 are read: send parts of the suite.`,
    );
  }
  const hashes = new Map<string, string>();
  const hashed = (raw: string): string => {
    const known = hashes.get(raw) ?? sha256(raw);
    hashes.set(raw, known);
    return known;
  };
  const rows: TestRow[] = [];
  for (const [index, value] of values.entries()) {
    const read = rowShape.safeParse(value);
    if (!read.success) {
      const [issue] = read.error.issues;
      const place = issue?.path.length ? issue.path.join(".") : "it";
      return err(`${placeOf(index)}: ${place} is not as promptfoo writes it.`);
    }
    const row = read.data;
    const outcome = outcomeOf(row);
    if (!outcome) {
      return err(
        `${placeOf(index)}: success is ${row.success} and failureReason is ${row.failureReason}, which says nothing I know.`,
      );
    }
    const template = row.promptIdx === undefined ? undefined : prompts[row.promptIdx]?.raw;
    const raw = template ?? row.prompt?.raw;
    const provider = providerOf(row.provider);
    const metadata = { ...row.testCase?.metadata, ...row.metadata };
    const { golden_id: goldenId, pins } = metadata;
    const transform = row.testCase?.options?.["transform"];
    rows.push({
      name: shortText(row.testCase?.description ?? `test ${(row.testIdx ?? index) + 1}`, sha256),
      goldenId:
        typeof goldenId === "string" && goldenId !== "" ? shortText(goldenId, sha256) : null,
      outcome,
      vars: textValues(row.vars, sha256),
      provider,
      promptHash: raw === undefined ? null : hashed(raw),
      isPromptRendered: template === undefined && raw !== undefined,
      promptLabel: shortText(row.prompt?.label ?? "", sha256),
      config: {
        ...(configs.get(provider.label) ?? configs.get(provider.id)),
        ...(transform === undefined ? {} : textValues({ transform }, sha256)),
      },
      metadata: textValues(metadata, sha256),
      intended: isObject(pins) ? textValues(pins, sha256) : null,
      isCached: row.response?.cached === true,
    });
  }
  return ok(rows);
}

/** Undefined where both fields contradict each other, or the reason is none that promptfoo has. */
function outcomeOf({
  success,
  failureReason,
  error,
  response,
}: z.infer<typeof rowShape>): TestRow["outcome"] | undefined {
  switch (failureReason) {
    case 0:
      return success ? "pass" : undefined;
    case 1:
      return success ? undefined : "fail";
    case 2:
      return success ? undefined : "error";
    case undefined:
      // early files of version 3 have no reason: without an answer it was an error
      return success ? "pass" : !response && error ? "error" : "fail";
    default:
      return undefined;
  }
}

function notesOf(rows: readonly TestRow[], stats?: unknown): string[] {
  const cached = rows.filter(({ isCached }) => isCached).length;
  const counted = statsShape.safeParse(stats);
  const said = counted.success
    ? counted.data.successes + counted.data.failures + counted.data.errors
    : rows.length;
  return [
    ...(said === rows.length
      ? []
      : [`The file counts ${said} runs itself, and has ${rows.length} rows.`]),
    ...(cached > 0
      ? [`${cached} of ${rows.length} answers came from promptfoo's cache: run it with --no-cache.`]
      : []),
  ];
}

function configsByLabel(providers: unknown): Map<string, RowValues> {
  const list: unknown[] = Array.isArray(providers) ? providers : [providers];
  return new Map(
    list.flatMap((one) => {
      const { data } = configuredShape.safeParse(one);
      const name = data?.label ?? data?.id;
      return data && name !== undefined ? [[name, textValues(data.config, sha256)] as const] : [];
    }),
  );
}

function providerOf(provider: z.infer<typeof rowShape>["provider"]): TestRow["provider"] {
  const { id = "", label = id } =
    typeof provider === "string" ? { id: provider } : (provider ?? {});
  return { id: shortText(id, sha256), label: shortText(label, sha256) };
}

function looksLikeRow(value: unknown): boolean {
  return isObject(value) && "success" in value && ("testIdx" in value || "promptIdx" in value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // what is no JSON is told by its line
    return undefined;
  }
}

const count = z.number().int().nonnegative();
const values = z.record(z.string(), z.unknown());
const statsShape = z.object({ successes: count, failures: count, errors: count.default(0) });
const promptShape = z.object({ raw: z.string() });
const configuredShape = z.object({
  id: z.string().optional(),
  label: z.string().optional(),
  config: values.optional(),
});
const rowShape = z.object({
  success: z.boolean(),
  failureReason: z.number().optional(),
  error: z.unknown().optional(),
  vars: values.nullish(),
  provider: z
    .union([z.string(), z.object({ id: z.string().optional(), label: z.string().optional() })])
    .optional(),
  prompt: z.object({ raw: z.string().optional(), label: z.string().optional() }).optional(),
  promptIdx: count.optional(),
  testIdx: count.optional(),
  testCase: z
    .object({
      description: z.string().optional(),
      metadata: values.nullish(),
      options: values.nullish(),
    })
    .nullish(),
  metadata: values.nullish(),
  response: z.object({ cached: z.boolean().optional() }).nullish(),
});
const fileShape = z.object({
  results: z.looseObject({
    version: z.union([z.number(), z.string()]).optional(),
    timestamp: z.unknown().optional(),
    results: z.unknown().optional(),
    prompts: z.unknown().optional(),
    stats: z.unknown().optional(),
  }),
  config: z.object({ providers: z.unknown() }).partial().nullish(),
  metadata: z.object({ promptfooVersion: z.string() }).partial().nullish(),
});
