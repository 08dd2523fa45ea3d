import { err, ok } from "#src/lib/result.ts";
import { decideAddArms } from "./add-arms.ts";
import { decideAddEvidence } from "./add-evidence.ts";
import type { Decider } from "./decider.ts";
import type { IncidentId } from "./incident.ts";
import type { AddArmsInput, AddEvidenceInput } from "./inputs.ts";

/** What was filled into a form, by field: text, or what was chosen among several. */
export type FilledIn = Readonly<Record<string, string | readonly string[] | null>>;

/** Evidence, or arms for a replay, whose counts are in a file that is still to be read. */
export interface ReadFileInput {
  incidentId: IncidentId;
  /** As Slack names it. */
  file: { id: string; name: string };
  /** Everything that was filled in: kept until the file is read, so that it can be sent again. */
  values: FilledIn;
  /** What it comes to without its counts. */
  draft: AddEvidenceInput | AddArmsInput;
}

/**
 * Has a file read, and what was filled in kept with it; nothing is evidence yet. What can be refused
 * without the file is refused now, at its field.
 */
export const decideReadFile: Decider<ReadFileInput> = (state, input, by) => {
  const { incidentId, file, values, draft } = input;
  const tried =
    "evidenceNumber" in draft
      ? decideAddArms(state, draft, by)
      : decideAddEvidence(state, draft, by);
  if (!tried.ok) return err(tried.error);
  const { file: _, ...kept } = values;
  return ok({
    changes: {},
    timeline: [],
    effects: [{ name: "read-figures", incidentId, userId: by.userId, file, values: kept }],
    outcome: {
      sentence: `I am reading ${file.name}. What it says stands in the channel in a moment; if something in it is wrong, I tell you by direct message.`,
      incidentId,
      isShown: true,
    },
  });
};
