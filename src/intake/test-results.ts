import { z } from "zod";
import type { Intended } from "#src/domain/test-results/check-arm.ts";
import type { TestRun } from "#src/domain/test-results/test-run.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { recordTestRun } from "#src/usecases/record-test-run.ts";
import { shortText } from "./formats/values.ts";
import { readTestResults } from "./formats/test-results.ts";
import { answerJson, type IntakeAnswer, type IntakeContext, type Route } from "./route.ts";

/** Clocks of other machines are off by so much. */
const aheadAtMostMs = 600_000;
const casesShown = 50;
/** Each is looked for in every row. */
const pinsBesideAtMost = 50;

/**
 * `POST /v1/test-results?service=…`: promptfoo's JSON (version 3) or JSONL, or JUnit XML, kept as a golden
 * run with its counts and the versions it ran on. `pins`: JSON of more versions by name; where the rows say
 * something of one, they must agree (422 with each difference, C3). `ran_at`, `link` as the sender knows
 * them; a run of more than ten minutes ahead is refused (422). 201 for a new run, 200 for the same body again;
 * what the file is, is told by its content.
 */
export const testResults: Route = {
  path: "/v1/test-results",
  contentTypes: [
    "application/json",
    "application/x-ndjson",
    "application/jsonl",
    "application/xml",
    "text/xml",
  ],
  bytesAtMost: 8_000_000,
  async answer(ctx, { body, query }) {
    const asked = readQuery(query);
    if (!asked.ok) return refuse(400, asked.error);
    const run = readBody(body);
    if (!run.ok) return refuse(400, run.error);
    if (run.value.rows.length === 0) {
      return refuse(400, "There is no test in it that ran, so there is nothing to keep.");
    }
    return record(ctx, run.value, body, asked.value);
  },
};

interface Asked {
  service: string;
  beside: Intended;
  ranAt: Date | null;
  link: string | null;
}

async function record(
  ctx: IntakeContext,
  run: TestRun,
  body: Buffer,
  { service, beside, ranAt, link }: Asked,
): Promise<IntakeAnswer> {
  const receivedAt = new Date();
  // this machine's time, or that of a replay where it is later
  const latest = Math.max(receivedAt.getTime(), ctx.now.getTime());
  const saidAt = (ranAt ?? run.ranAt ?? ctx.now).getTime();
  if (saidAt > latest + aheadAtMostMs) {
    return refuse(
      422,
      `The run is of ${new Date(saidAt).toISOString()}, which is still to come. Set the clock of the machine that ran it, or send the time at which it ran as ran_at.`,
    );
  }
  const recorded = await recordTestRun({ ...ctx, receivedAt }, run, {
    service,
    beside,
    digest: digestOf(body, { service, beside, ranAt }),
    ranAt: new Date(Math.min(saidAt, latest)),
    link,
  });
  if (!recorded.ok) {
    const { kind, reasons } = recorded.error;
    const [first = ""] = reasons;
    return kind === "unknown"
      ? refuse(400, first, { pins: reasons })
      : refuse(422, `The run was not made with what pins says. ${first}`, { differences: reasons });
  }
  const { goldenRun, isNew } = recorded.value;
  const { total, failed, errors, pins, cases } = goldenRun;
  return answerJson(isNew ? 201 : 200, {
    run: isNew ? "recorded" : "known",
    service,
    format: goldenRun.format,
    ran_at: goldenRun.ranAt.toISOString(),
    total,
    failed,
    errors,
    skipped: run.about.skipped,
    cases: cases.slice(0, casesShown),
    ...(cases.length > casesShown ? { cases_not_shown: cases.length - casesShown } : {}),
    pins: pins.map(({ pin, layer, value, isDerived }) => ({
      pin,
      layer,
      value,
      derived: isDerived,
    })),
    notes: [
      ...run.about.notes,
      ...(pins.length > 0
        ? []
        : ["No version was found in it, so it cannot say what it ran on. Send them as pins={…}."]),
    ],
  });
}

/** What makes two sendings one run: one suite may be the baseline of two services, and a report without a time run every night. */
function digestOf(body: Buffer, { service, beside, ranAt }: Omit<Asked, "link">): string {
  const pins = Object.entries(beside).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const said = JSON.stringify([service, pins, ranAt]);
  return sha256(`${said}\n${body.toString("utf8")}`);
}

function readBody(body: Buffer): Result<TestRun, string> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return err("The body is not UTF-8. Send the file as the tests wrote it, with --data-binary.");
  }
  const read = readTestResults(text);
  return (
    read ??
    err(
      "This is no test run that I know. Send promptfoo's JSON or JSONL, or a JUnit report in XML.",
    )
  );
}

const queryKeys = ["service", "pins", "ran_at", "link"];

function readQuery(query: URLSearchParams): Result<Asked, string> {
  const unknown = [...query.keys()].find((key) => !queryKeys.includes(key));
  if (unknown !== undefined) {
    return err(
      `I do not know “${shortText(unknown, sha256)}” here. Known: ${queryKeys.join(", ")}.`,
    );
  }
  const service = serviceShape.safeParse(query.get("service"));
  if (!service.success) {
    return err(
      "Say whose run it is: ?service=NAME, as telemetry names it, at most 200 characters.",
    );
  }
  const pins = readPins(query.get("pins"));
  if (!pins.ok) return pins;
  const ranAt = timeShape.safeParse(query.get("ran_at") ?? null);
  if (!ranAt.success) {
    return err("ran_at must be a time with its offset, such as 2026-11-21T01:48:57Z.");
  }
  const link = linkShape.safeParse(query.get("link") ?? null);
  if (!link.success) return err("link must be an address that begins with https:// or http://.");
  return ok({
    service: service.data,
    beside: pins.value,
    ranAt: ranAt.data,
    link: link.data,
  });
}

function readPins(text: string | null): Result<Intended, string> {
  if (text === null || text === "") return ok({});
  const pins = pinsShape.safeParse(text);
  return pins.success
    ? ok(pins.data)
    : err(
        `pins must be a JSON object of short texts, ${pinsBesideAtMost} at most, such as {"index_version":"idx-2026-11-06"}.`,
      );
}

function refuse(status: number, error: string, more: Record<string, unknown> = {}): IntakeAnswer {
  return answerJson(status, { error: `${error} Nothing was recorded.`, ...more });
}

const oneLine = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text) && text.isWellFormed());
const serviceShape = oneLine;
const timeShape = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .nullable();
const linkShape = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .nullable();
const pinValue = z.union([oneLine, z.number().transform(String), z.boolean().transform(String)]);
const pinsShape = z
  .string()
  .max(10_000)
  .transform((text, check): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      // told as any other wrong shape
      check.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.record(oneLine, pinValue).refine((pins) => Object.keys(pins).length <= pinsBesideAtMost));
