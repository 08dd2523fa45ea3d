import { z } from "zod";
import type { IncidentId } from "#src/domain/incident.ts";
import { isLayerId, type LayerId } from "#src/domain/layers/index.ts";
import type { Shown } from "#src/domain/meanwhile.ts";

/**
 * What a button's value or a form's private_metadata points at. It comes back from the client, so it
 * is a hint: whoever acts on it reads the state again and checks that the person may.
 */
export interface Hint {
  incidentId: IncidentId;
  strandNumber?: number;
  layers?: LayerId[];
  leverNumber?: number;
  /** An item of the incident by its number (an action, a gap, an entry of the timeline), as the form or button says. */
  itemNumber?: number;
  /** Items of evidence that the form asks about. */
  evidenceNumbers?: number[];
  /** A short word the form or button needs beside the numbers: a role, a question, a service's name. */
  word?: string;
  /** The newest timeline entry when the form was drawn: what came after it, the person has not seen. */
  seenSequence?: number;
  /** The page of a list. */
  page?: number;
  /** What the form showed of each field when it was drawn. */
  shown?: Shown;
  /** Set where a declaration is a drill; there is no incident yet, so its id is 0. */
  isDrill?: boolean;
}

const hint = z.object({
  i: z.int().nonnegative(),
  s: z.int().positive().optional(),
  l: z.array(z.string()).optional(),
  v: z.int().positive().optional(),
  n: z.int().nonnegative().optional(),
  e: z.array(z.int().positive()).optional(),
  w: z.string().max(200).optional(),
  h: z.int().nonnegative().optional(),
  p: z.int().nonnegative().optional(),
  d: z.boolean().optional(),
  o: z.record(z.string().max(40), z.string().max(1_500)).optional(),
});

/** The hint as a short text, well within a button's 2,000 and a form's 3,000 characters. */
export function encodeHint(value: Hint): string {
  return JSON.stringify({
    i: value.incidentId,
    s: value.strandNumber,
    l: value.layers,
    v: value.leverNumber,
    n: value.itemNumber,
    e: value.evidenceNumbers,
    w: value.word,
    h: value.seenSequence,
    p: value.page,
    d: value.isDrill,
    o: value.shown,
  });
}

/** Undefined where the text is not one of ours. */
export function parseHint(text: string | undefined): Hint | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  const parsed = hint.safeParse(raw);
  if (!parsed.success) return undefined;
  const { i, s, l, v, n, e, w, h, p, d, o } = parsed.data;
  return {
    incidentId: i as IncidentId,
    ...(s === undefined ? {} : { strandNumber: s }),
    ...(l === undefined ? {} : { layers: l.filter(isLayerId) }),
    ...(v === undefined ? {} : { leverNumber: v }),
    ...(n === undefined ? {} : { itemNumber: n }),
    ...(e === undefined ? {} : { evidenceNumbers: e }),
    ...(w === undefined ? {} : { word: w }),
    ...(h === undefined ? {} : { seenSequence: h }),
    ...(p === undefined ? {} : { page: p }),
    ...(d === undefined ? {} : { isDrill: d }),
    ...(o === undefined ? {} : { shown: o }),
  };
}
