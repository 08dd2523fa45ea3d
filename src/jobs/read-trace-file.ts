import type { AddEvidenceInput } from "#src/domain/inputs.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { createPinReader } from "#src/domain/ledger/pin-aliases.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { mask, maskSecrets } from "#src/intake/formats/secrets.ts";
import { readTrace } from "#src/intake/formats/trace.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { encodeHint } from "#views/hint.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { readTraceFields } from "#views/modals/trace-fields.ts";
import type { Values } from "#views/values.ts";

/**
 * The item of evidence that a form with the file of a trace comes to: what was filled in, and the request
 * hop by hop. Secrets are masked in the trace, and in the link that was typed beside it. The error is for
 * somebody who has the form before them no more: whole sentences.
 */
export async function readTraceFile(
  values: Values,
  incidentId: IncidentId,
  text: string,
  settings: Pick<LedgerSettings, "pinKeys">,
): Promise<Result<AddEvidenceInput, string>> {
  const asked = readTraceFields(values, true);
  if (!asked.ok) return err(Object.values(asked.error).join(" "));
  // what was said of the file is read above; the form itself has none any more
  const { trace: _, keep_text: __, ...rest } = values;
  const input = addEvidenceModal.parse(rest, encodeHint({ incidentId }));
  if (!input.ok) return err(Object.values(input.error).join(" "));
  if (!("kind" in input.value)) return err("Choose the file again.");
  const pins = createPinReader(settings, sha256);
  const trace = await readTrace(text, asked.value, { readPins: (span) => pins.read(span), sha256 });
  if (!trace.ok) return trace;
  const { link } = input.value;
  // brackets would end an address
  const looked = await maskSecrets([link ?? ""]);
  return ok({
    ...input.value,
    link: link && (looked.texts[0]?.replaceAll(mask, "secret") ?? null),
    figures: {
      ...input.value.figures,
      trace: {
        ...trace.value,
        maskedSecrets: trace.value.maskedSecrets + looked.masked,
      },
    },
  });
}
