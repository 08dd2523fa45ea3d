import type { KnownBlock } from "@slack/types";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { checkboxesInput, fileInput, textInput } from "#views/inputs.ts";
import type { FieldErrors } from "#views/modal.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { fieldsOf, optionalText, readFields, someOf } from "./fields.ts";

/** How much the file of a trace may hold, in bytes: one request with its text. */
export const traceBytesAtMost = 5_000_000;

/** What somebody says of the trace in their file. */
export interface GivenTrace {
  /** Null: the biggest one in the file. */
  traceId: string | null;
  keepsText: boolean;
}

/** What to do about a larger one. */
export const traceTooLarge = "is larger than 5 MB. Export the one request alone.";

export const traceIdLabel = "Which trace, if the file holds several?";

/** A full trace may come as a file (4.12): which one of it, and whether its text is kept. */
export function traceInputs(values: Values): KnownBlock[] {
  return [
    fileInput("file", "The trace as a file", {
      isOptional: true,
      endings: ["json", "jsonl", "ndjson", "txt"],
      hint: "OTLP as JSON (from a Collector, Jaeger 2 or Tempo), the spans of Phoenix, or “Download JSON” of Langfuse; at most 5 MB. I read it once you have saved, and show the request hop by hop.",
    }),
    textInput("trace", traceIdLabel, {
      isOptional: true,
      initial: textOf(values, "trace"),
      placeholder: "4bf92f3577b34da6a3ce929d0e0e4736",
      hint: "Its id, or how it begins. Leave it blank for the biggest one.",
    }),
    checkboxesInput(
      "keep_text",
      "What users, documents, tools and the model said in it",
      [{ value: "keep", text: "Keep the text, for the members of this incident" }],
      {
        isOptional: true,
        initial: listOf(values, "keep_text"),
        hint: "Without it, lengths and hashes alone are kept. With it, the first 2,000 characters of each text are kept, secrets masked; it is in no message and no postmortem. The file itself stays in Slack until you delete it.",
      },
    ),
  ];
}

/** Whether an item of this kind may come with a trace in a file. */
export function takesTrace(kind: unknown): boolean {
  return kind === ("E3" satisfies EvidenceKind);
}

/** What was said of the trace, or an error at its field; said of no file, it is refused there. */
export function readTraceFields(values: Values, hasFile: boolean): Result<GivenTrace, FieldErrors> {
  const fields = readFields(traceFields, values);
  if (!fields.ok) return fields;
  const { trace: traceId, keep_text: keep } = fields.value;
  if (!hasFile && (traceId !== null || keep.length > 0)) {
    return err({ file: "Choose the file with the trace, or take out what you said of it." });
  }
  return ok({ traceId, keepsText: keep.length > 0 });
}

const traceFields = fieldsOf({ trace: optionalText(64), keep_text: someOf(["keep"]) });
