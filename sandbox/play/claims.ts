import type { KnownBlock } from "@slack/types";
import { openFromChecklist } from "./checklist.ts";
import { evidenceValues } from "./items.ts";
import { submitForm } from "./person.ts";
import { type Deed, userOf } from "./stage.ts";
import { sliceText } from "./strands.ts";

/** Sets a verdict for a layer, through the checklist; rules may refuse it. */
export const claim: Deed = async (stage, actor, data) => {
  const layer = data.layer ?? "";
  const opened = await openFromChecklist(stage, actor, {
    actionId: "set-verdict",
    strand: data.strand,
    layer,
  });
  if ("said" in opened) return opened.said;
  const items = evidenceValues(
    stage,
    opened.form.blocks as KnownBlock[],
    "evidence",
    data.evidence_ids ?? [],
  );
  return submitForm(stage, actor, opened.form, {
    layer,
    verdict: data.verdict ?? null,
    confidence: data.confidence ?? null,
    scope: sliceText(data.scope),
    locus: stage.scenario.locus ?? "ours",
    ...(data.verdict === "contributing" ? { contribution: data.text ?? null } : {}),
    // the reason why nothing decisive can be had (scenarios/README.md, "Playing")
    ...(data.verdict === "proximate" && data.text !== undefined ? { reason: data.text } : {}),
    ...(data.verdict === "not_applicable"
      ? { reason: data.text ?? "The layer has no part in this path of the product." }
      : {}),
    ...(items.length > 0 ? { evidence: items } : {}),
    ...(data.approver === undefined ? {} : { approver: userOf(stage, data.approver) }),
  });
};
