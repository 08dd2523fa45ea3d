import type { TestRun } from "#src/domain/test-results/test-run.ts";
import { err, type Result } from "#src/lib/result.ts";
import { nestedTooDeep, nestsTooDeep } from "./json.ts";
import { readJunit } from "./junit.ts";
import { readPromptfooJson, readPromptfooLines } from "./promptfoo.ts";

/**
 * What a tool for tests wrote, told by what is in it and never by its name: promptfoo's JSON (version 3) or
 * JSONL, or a JUnit report. Undefined: it is none of these, for example counts in a CSV. Refused in a
 * sentence for people: what is one of these and cannot be read.
 */
export function readTestResults(text: string): Result<TestRun, string> | undefined {
  const plain = text.replace(/^\uFEFF/, "").trimStart();
  if (plain.startsWith("<")) return readJunit(plain);
  if (!plain.startsWith("{")) return undefined;
  // a refusal tells of the file, whatever file it is
  if (nestsTooDeep(plain)) return err(nestedTooDeep);
  const whole = parseJson(plain);
  const run = whole === undefined ? undefined : readPromptfooJson(whole);
  return run ?? readPromptfooLines(plain) ?? cutFile(whole, plain);
}

/** promptfoo's JSON that does not end is told as that, and not as a list of counts that it is not. */
function cutFile(whole: unknown, text: string): Result<TestRun, string> | undefined {
  return whole === undefined && /^\{\s*"evalId"/.test(text)
    ? err("The file is cut off: it is promptfoo's JSON without its end. Export it again.")
    : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // several objects, one a line, are no JSON as a whole
    return undefined;
  }
}
