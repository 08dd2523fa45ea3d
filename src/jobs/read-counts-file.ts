import type { IncidentId } from "#src/domain/incident.ts";
import type { AddArmsInput, AddEvidenceInput } from "#src/domain/inputs.ts";
import { countRun } from "#src/domain/test-results/count-run.ts";
import { readTestResults } from "#src/intake/formats/test-results.ts";
import { err, type Result } from "#src/lib/result.ts";
import { readFiledEvidence } from "#views/modals/add-evidence.ts";
import {
  readIntended,
  takesTestResults,
  withoutIntended,
  withSaid,
} from "#views/modals/figures-intended.ts";
import type { Values } from "#views/values.ts";

/**
 * What a form with a file of counts comes to. Test results become counts first, each arm checked against
 * what it was meant to run with (C3); what the file is, is told by its content. The error is for somebody
 * who has the form before them no more: whole sentences.
 */
export function readCountsFile(
  values: Values,
  incidentId: IncidentId,
  text: string,
): Result<AddEvidenceInput | AddArmsInput, string> {
  const { kind } = values;
  if (!takesTestResults(kind)) return readFiledEvidence(values, incidentId, text);
  const intended = readIntended(kind, values, true);
  if (!intended.ok) return err(Object.values(intended.error).join(" "));
  const run = readTestResults(text);
  if (!run) {
    return intended.value
      ? err(
          "The lines in the form say what each arm was meant to run with, and this file is no test results. Give promptfoo's JSON or a JUnit report, or take the lines out.",
        )
      : readFiledEvidence(values, incidentId, text);
  }
  if (!run.ok) return run;
  const counted = countRun(run.value, intended.value, kind === "E4");
  if (!counted.ok) return counted;
  const { lines, said } = counted.value;
  const filled = intended.value ? withoutIntended(values) : values;
  return readFiledEvidence(withSaid(filled, said), incidentId, lines);
}
