// Reads a file with a trace as the job does, with the pins of the conventions alone.

import type { TraceExhibit } from "#src/domain/exhibit/trace-exhibit.ts";
import { createPinReader } from "#src/domain/ledger/pin-aliases.ts";
import { readTrace, type TraceAsked } from "#src/intake/formats/trace.ts";
import { sha256 } from "#src/lib/sha256.ts";

const pins = createPinReader({ pinKeys: {} }, sha256);

/** What the file comes to; the text left out and the biggest trace taken unless asked for otherwise. */
export function readFile(text: string, asked: Partial<TraceAsked> = {}) {
  return readTrace(
    text,
    { traceId: null, keepsText: false, ...asked },
    { readPins: (span) => pins.read(span), sha256 },
  );
}

/** The same, of a file that can be read. */
export async function exhibitOf(
  text: string,
  asked: Partial<TraceAsked> = {},
): Promise<TraceExhibit> {
  const made = await readFile(text, asked);
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

/** "3 retrieval retrieval_data" of each hop. */
export function hopsTold({ hops }: TraceExhibit): string[] {
  return hops.map(({ n, what, layer }) => `${n} ${what} ${layer ?? "-"}`);
}
