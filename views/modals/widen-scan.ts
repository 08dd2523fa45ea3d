import type { Incident } from "#src/domain/incident.ts";
import type { WidenScanInput } from "#src/domain/inputs.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { ok } from "#src/lib/result.ts";
import { context, dateTime, mrkdwn, section } from "#views/block-kit.ts";
import { dateTimeInput, modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { incidentLine } from "#views/words.ts";
import {
  fieldLimits,
  fieldsOf,
  hintOf,
  optionalText,
  readFields,
  requiredDateTime,
} from "./fields.ts";
import { versionsBeneath } from "./versions-beneath.ts";
import type { Hint } from "#views/hint.ts";

export interface WidenScanProps {
  incident: Incident;
  /** Why the form opened by itself; absent where somebody opened it. */
  why?: string;
  /** Which versions stand beneath the form. */
  from?: Hint;
}

/** When it last worked: changes are looked for from then on (B3). */
export const widenScanModal: Modal<WidenScanProps, WidenScanInput> = {
  callbackId: "widen-scan",

  render({ incident, why = "", from }) {
    const { from: start, to } = scanOf(incident);
    return modalView("widen-scan", {
      title: "When it last worked",
      submit: "Widen",
      hint: versionsBeneath(incident, from),
      blocks: [
        ...(why === "" ? [] : [section(why, "why")]),
        context(
          incidentLine(incident),
          mrkdwn`Changes are looked for from ${dateTime(start)} to ${dateTime(to)}. Where it may have begun earlier, look back to when it is known to have worked.`,
        ),
        dateTimeInput("last_known_good", "When is it last known to have worked?", {
          initial: incident.lastKnownGoodAt,
          hint: "A time before the window above. The widening is written into the timeline.",
        }),
        textInput("basis", "How is that known?", {
          isOptional: true,
          initial: incident.lastKnownGoodBasis,
          placeholder: "The golden run of that night passed all of its tests",
        }),
      ],
    });
  },

  parse(values, metadata) {
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { last_known_good: lastKnownGoodAt, basis } = fields.value;
    return ok({ incidentId: hintOf(metadata).incidentId, lastKnownGoodAt, basis });
  },
};

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  last_known_good: requiredDateTime("Choose when it is last known to have worked."),
  basis: optionalText(fieldLimits.sentence),
});
