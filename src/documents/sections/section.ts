import type { IncidentRecord } from "#src/documents/record.ts";

/** One section of the postmortem (B11). */
export interface Section {
  title: string;
  /**
   * The body as Markdown, headings from level 3 on. Undefined where nothing of it is recorded: the
   * section is left out, and whoever reviews is told.
   */
  render(record: IncidentRecord): string | undefined;
}
