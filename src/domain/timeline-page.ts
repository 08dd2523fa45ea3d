import type { FoldedEntry } from "./timeline-fold.ts";
import type { Lane } from "./vocabulary.ts";

/** What is shown of a timeline: all that stands, one lane of it, or what was taken out. */
export type TimelineFilter = "all" | "withdrawn" | Lane;

/** One page of a timeline as it reads today. */
export interface TimelinePage {
  /** The newest first, by when it happened. */
  entries: FoldedEntry[];
  /** Counts from 0. Never past the last page. */
  page: number;
  pages: number;
  /** How many entries this filter finds. */
  found: number;
  /** How many entries the record has, corrections and withdrawals among them. */
  recorded: number;
}

/** Whether every entry follows from the one before it; `unchecked` where nobody has asked yet. */
export type ChainState = { kind: "whole" | "unchecked" } | { kind: "broken"; sequence: number };
