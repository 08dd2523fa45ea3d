import { z } from "zod";
import type { IncidentId } from "#src/domain/incident.ts";
import { limits } from "./block-kit.ts";

/** A note that was typed after the command and not taken: it waits in the buttons of the answer. */
export interface TypedNote {
  incidentId: IncidentId;
  text: string;
}

const typedNote = z.object({ i: z.int().positive(), t: z.string() });

/** As a button's value, which also reads as a hint (`hint.ts`); undefined where it does not fit into its 2,000 characters. */
export function encodeTypedNote({ incidentId, text }: TypedNote): string | undefined {
  const value = JSON.stringify({ i: incidentId, t: text });
  return value.length <= limits.buttonValue ? value : undefined;
}

/** Undefined where the value is none of ours. */
export function parseTypedNote(value: string | undefined): TypedNote | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(value ?? "");
  } catch {
    return undefined;
  }
  const parsed = typedNote.safeParse(raw);
  if (!parsed.success) return undefined;
  return { incidentId: parsed.data.i as IncidentId, text: parsed.data.t };
}
