import { addAction } from "./actions.ts";
import { answerLayer, answerLayers, answerMatrix } from "./answers.ts";
import { addChange, markSourceComplete, showChanges } from "./changes.ts";
import { claim } from "./claims.ts";
import { close } from "./close.ts";
import { addNote, assignRole, changePhase, reopen } from "./coordination.ts";
import { declare, join } from "./declare.ts";
import { addEvidence } from "./evidence.ts";
import { acceptRisk, addFactor, addGap, addGolden, answerDetection } from "./learning.ts";
import { adoptLever, confirmLever, revertLever, stabilize } from "./levers.ts";
import { verifyReport } from "./reports.ts";
import type { Deed } from "./stage.ts";
import { addArms } from "./replays.ts";
import { addStrand, answerSplit, dissent } from "./strands.ts";

/** What the people of a scenario can do with the product today; any other kind of step is not played. */
export const deeds: Readonly<Record<string, Deed>> = {
  declare,
  join,
  claim,
  stabilize,
  confirm_lever: confirmLever,
  revert_lever: revertLever,
  adopt_lever: adoptLever,
  add_evidence: addEvidence,
  answer_layer: answerLayer,
  answer_layers: answerLayers,
  answer_matrix: answerMatrix,
  add_action: addAction,
  close,
  reopen,
  assign_role: assignRole,
  add_note: addNote,
  change_phase: changePhase,
  verify_report: verifyReport,
  add_strand: addStrand,
  add_arms: addArms,
  suggest_split_answer: answerSplit,
  dissent,
  add_gap: addGap,
  answer_detection: answerDetection,
  add_factor: addFactor,
  add_golden: addGolden,
  accept_risk: acceptRisk,
  show_changes: showChanges,
  add_change: addChange,
  mark_source_complete: markSourceComplete,
};
