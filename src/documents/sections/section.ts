import type { IncidentRecord } from "#src/documents/record.ts";

/** One section of the postmortem (B11). */
export interface Section {
  title: string;
  /** The body as Markdown, headings from level 3 on; undefined where nothing of it is recorded. */
  render(record: IncidentRecord): string | undefined;
}

/** What stands in a section of which nothing is recorded. */
export const notRecorded = "Not recorded yet.";
