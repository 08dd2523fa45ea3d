import { openTimeline } from "#commands/timeline.ts";
import { drawOwners, drawService } from "#commands/owners.ts";
import type { ModalView } from "@slack/types";
import { acceptRisk } from "#src/usecases/accept-risk.ts";
import { addAction } from "#src/usecases/add-action.ts";
import { addChange } from "#src/usecases/add-change.ts";
import { addNote } from "#src/usecases/add-note.ts";
import { addFactor } from "#src/usecases/add-factor.ts";
import { addGap } from "#src/usecases/add-gap.ts";
import { addGolden } from "#src/usecases/add-golden.ts";
import { answerDetection } from "#src/usecases/answer-detection.ts";
import { addStrand } from "#src/usecases/add-strand.ts";
import { answerLayers } from "#src/usecases/answer-layers.ts";
import { answerQuestions } from "#src/usecases/answer-questions.ts";
import { answerRows } from "#src/usecases/answer-rows.ts";
import { answerSplit } from "#src/usecases/answer-split.ts";
import { cancelIncident } from "#src/usecases/cancel-incident.ts";
import { closeIncident } from "#src/usecases/close-incident.ts";
import { completeLever } from "#src/usecases/complete-lever.ts";
import type { Context } from "#src/usecases/context.ts";
import { declareIncident } from "#src/usecases/declare-incident.ts";
import { editDetails } from "#src/usecases/edit-details.ts";
import { correctAction } from "#src/usecases/correct-action.ts";
import { correctEntry } from "#src/usecases/correct-entry.ts";
import { saveOwners, saveService } from "#src/usecases/edit-services.ts";
import { recordDissent } from "#src/usecases/dissent.ts";
import { editStrand } from "#src/usecases/edit-strand.ts";
import { endLever } from "#src/usecases/end-lever.ts";
import { raiseHypothesis } from "#src/usecases/raise-hypothesis.ts";
import { recordEvidence } from "#src/usecases/record-evidence.ts";
import { removeDrill } from "#src/usecases/remove-drill.ts";
import { markSource } from "#src/usecases/mark-source.ts";
import { linkItems } from "#src/usecases/link-items.ts";
import { postUpdate } from "#src/usecases/post-update.ts";
import { setFirstWrongHop } from "#src/usecases/set-first-wrong-hop.ts";
import { setRole } from "#src/usecases/set-role.ts";
import { noLeverNeeded } from "#src/usecases/no-lever-needed.ts";
import { reopenIncident } from "#src/usecases/reopen-incident.ts";
import { setPhase } from "#src/usecases/set-phase.ts";
import { setSeverity } from "#src/usecases/set-severity.ts";
import { setVerdict } from "#src/usecases/set-verdict.ts";
import { stabilize } from "#src/usecases/stabilize.ts";
import { widenScan } from "#src/usecases/widen-scan.ts";
import { parseHint } from "#views/hint.ts";
import { acceptRiskModal } from "#views/modals/accept-risk.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addChangeModal } from "#views/modals/add-change.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { addNoteModal } from "#views/modals/add-note.ts";
import { addFactorModal } from "#views/modals/add-factor.ts";
import { addGapModal } from "#views/modals/add-gap.ts";
import { addGoldenModal } from "#views/modals/add-golden.ts";
import { answerDetectionModal } from "#views/modals/answer-detection.ts";
import { addStrandModal } from "#views/modals/add-strand.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerQuestionsModal } from "#views/modals/answer-questions.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { answerSplitModal } from "#views/modals/answer-split.ts";
import { cancelIncidentModal } from "#views/modals/cancel-incident.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { correctEntryModal } from "#views/modals/correct-entry.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { editDetailsModal } from "#views/modals/edit-details.ts";
import { correctActionModal } from "#views/modals/correct-action.ts";
import { dissentModal } from "#views/modals/dissent.ts";
import { editOwnersModal } from "#views/modals/edit-owners.ts";
import { editServiceModal } from "#views/modals/edit-service.ts";
import { editStrandModal } from "#views/modals/edit-strand.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { raiseHypothesisModal } from "#views/modals/raise-hypothesis.ts";
import { removeDrillModal } from "#views/modals/remove-drill.ts";
import { linkItemsModal } from "#views/modals/link-items.ts";
import { postUpdateModal } from "#views/modals/post-update.ts";
import { traceExhibitModal } from "#views/modals/trace-exhibit.ts";
import { setRoleModal } from "#views/modals/set-role.ts";
import { completeLeverModal } from "#views/modals/complete-lever.ts";
import { markSourceModal } from "#views/modals/mark-source.ts";
import { noLeverNeededModal } from "#views/modals/no-lever-needed.ts";
import { reopenIncidentModal } from "#views/modals/reopen-incident.ts";
import { setPhaseModal } from "#views/modals/set-phase.ts";
import { setSeverityModal } from "#views/modals/set-severity.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { widenScanModal } from "#views/modals/widen-scan.ts";
import {
  drawGatesBeneath,
  renderCloseRefused,
  renderPhaseRefused,
  renderSeverityRefused,
} from "./response-forms.ts";
import { chooseIncidentSubmission } from "./choose-incident.ts";
import {
  drawChecklist,
  drawStrands,
  renderAnswersOvertaken,
  renderQuestionsOvertaken,
  renderRowsOvertaken,
  renderVerdictOvertaken,
  renderVerdictRefused,
} from "./claim-forms.ts";
import { patternSubmission } from "./pattern-actions.ts";
import { on, type Submission } from "./submission.ts";
import { drawVersionsBeneath } from "./versions-actions.ts";

/** The timeline from which an entry was opened: it shows how the entry reads now. */
async function drawTimelineBeneath(ctx: Context, metadata: string): Promise<ModalView | undefined> {
  const hint = parseHint(metadata);
  const reply = hint && (await openTimeline(ctx, hint));
  return reply?.kind === "modal" ? reply.view : undefined;
}

/** The service, or the list of services, from which the form was opened. */
async function drawServiceBeneath(ctx: Context, metadata: string): Promise<ModalView | undefined> {
  const hint = parseHint(metadata);
  if (!hint) return undefined;
  const drawn = await (hint.word === undefined ? drawOwners(ctx, hint) : drawService(ctx, hint));
  return drawn.ok ? drawn.value : undefined;
}

/** Every form: what its modal parses is what its use case takes, or it does not compile. */
export const submissions: readonly Submission[] = [
  on(declareIncidentModal, declareIncident),
  on(answerLayersModal, answerLayers, {
    renderOvertaken: renderAnswersOvertaken,
    drawBeneath: drawChecklist,
  }),
  on(answerQuestionsModal, answerQuestions, {
    renderOvertaken: renderQuestionsOvertaken,
    drawBeneath: drawChecklist,
  }),
  on(addEvidenceModal, recordEvidence),
  on(traceExhibitModal, setFirstWrongHop),
  on(addStrandModal, addStrand, { drawBeneath: drawStrands }),
  on(editStrandModal, editStrand, { drawBeneath: drawStrands }),
  on(stabilizeModal, stabilize),
  on(endLeverModal, endLever, { drawBeneath: drawGatesBeneath }),
  on(completeLeverModal, completeLever, { drawBeneath: drawGatesBeneath }),
  on(noLeverNeededModal, noLeverNeeded, { drawBeneath: drawGatesBeneath }),
  on(setSeverityModal, setSeverity, { renderRefusal: renderSeverityRefused }),
  on(setPhaseModal, setPhase, { renderRefusal: renderPhaseRefused }),
  on(answerRowsModal, answerRows, {
    renderOvertaken: renderRowsOvertaken,
    drawBeneath: drawChecklist,
  }),
  on(answerSplitModal, answerSplit, { drawBeneath: drawChecklist }),
  on(setVerdictModal, setVerdict, {
    renderRefusal: renderVerdictRefused,
    renderOvertaken: renderVerdictOvertaken,
    drawBeneath: drawChecklist,
  }),
  on(dissentModal, recordDissent, { drawBeneath: drawChecklist }),
  on(raiseHypothesisModal, raiseHypothesis),
  on(addNoteModal, addNote),
  chooseIncidentSubmission,
  patternSubmission,
  on(correctEntryModal, correctEntry, { drawBeneath: drawTimelineBeneath }),
  on(addActionModal, addAction),
  on(correctActionModal, correctAction),
  on(addGapModal, addGap),
  on(addFactorModal, addFactor),
  on(addGoldenModal, addGolden),
  on(acceptRiskModal, acceptRisk),
  on(answerDetectionModal, answerDetection),
  on(linkItemsModal, linkItems),
  on(widenScanModal, widenScan, { drawBeneath: drawVersionsBeneath }),
  on(markSourceModal, markSource, { drawBeneath: drawVersionsBeneath }),
  on(addChangeModal, addChange, { drawBeneath: drawVersionsBeneath }),
  on(editDetailsModal, editDetails),
  on(cancelIncidentModal, cancelIncident),
  on(removeDrillModal, removeDrill),
  on(setRoleModal, setRole),
  on(postUpdateModal, postUpdate),
  on(editServiceModal, saveService, { drawBeneath: drawServiceBeneath }),
  on(editOwnersModal, saveOwners, { drawBeneath: drawServiceBeneath }),
  on(closeIncidentModal, closeIncident, { renderRefusal: renderCloseRefused }),
  on(reopenIncidentModal, reopenIncident),
];
