import type { LayerId } from "#src/domain/layers/index.ts";
import type { LeverId } from "#src/domain/lever.ts";
import type { EvidenceKind, IncidentClass } from "#src/domain/vocabulary.ts";

/** A failure that happens in the same way again and again, all data: how it shows, what to ask, what to do first. */
export interface Pattern {
  /** What people see, to stand after "looks like": "Corpus drift". */
  label: string;
  /** What it looks like from outside, one or two sentences. */
  looksLike: string;
  signs: Signs;
  /** Four to seven, the ones that tell most first. */
  questions: readonly PatternQuestion[];
  /** The first lever that limits the harm without deciding anything. */
  lever: LeverId;
  /** Why that one, one sentence. */
  leverWhy: string;
}

/** By what it is offered. It is a hint where to look, never a verdict. */
export interface Signs {
  /** Found in what people wrote: title, impact, symptoms, evidence that counts. */
  words: RegExp;
  /** Enough by itself; left out where the class says too little. */
  classes?: readonly IncidentClass[];
  /** A lever in use that somebody pulls for this. */
  levers?: readonly LeverId[];
}

/** One question of a checklist. */
export interface PatternQuestion {
  question: string;
  /** The layer it asks about. */
  layer: LayerId;
  /** The kind of evidence that answers it. */
  evidence: EvidenceKind;
  /** What to look at, one sentence. */
  look: string;
}
