import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file as a tool for tests wrote it. */
export function sampleText(name: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "samples", name), "utf8");
}

/** A JSON file of promptfoo's, to be bent. */
export interface PromptfooFile {
  results: {
    version: number;
    timestamp?: string;
    prompts: { raw: string; label: string }[];
    results: PromptfooRow[];
    stats?: { successes: number; failures: number; errors: number };
    table?: object;
  };
  config: { providers: { label: string; config?: Record<string, unknown> }[] };
}
export interface PromptfooRow {
  success: boolean;
  failureReason?: number;
  error?: string;
  vars: Record<string, unknown>;
  provider: { id: string; label: string };
  prompt: { raw: string; label: string };
  promptIdx: number;
  response?: { output: string; cached?: boolean };
  testCase: { description: string; metadata: Record<string, unknown> };
}

/** The same file with something changed in it. */
export function bent(name: string, bend: (file: PromptfooFile) => void): string {
  const file = JSON.parse(sampleText(name)) as PromptfooFile;
  bend(file);
  return JSON.stringify(file);
}
