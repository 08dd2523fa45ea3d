// Everything that is ever drawn, of one incident: each message, each form and Home, by the file that draws it.

import type { HomeView, ModalView } from "@slack/types";
import type { MessageRef } from "#src/domain/effect.ts";
import type { Home } from "#src/domain/home.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { leverIds } from "#src/domain/lever.ts";
import { patternIds } from "#src/domain/patterns/index.ts";
import { closeMissing, phaseOrder } from "#src/domain/lifecycle.ts";
import type { MeanwhileChange } from "#src/domain/rejection.ts";
import { anyRoleIds } from "#src/domain/set-role.ts";
import { severityIds } from "#src/domain/severity.ts";
import { renderClosedHome, renderHome } from "#views/home.ts";
import { renderAskedAgain } from "#views/messages/asked-again.ts";
import { renderActionsList } from "#views/messages/actions-list.ts";
import { renderCatchUp } from "#views/messages/catch-up.ts";
import { renderDeclaredAlready } from "#views/messages/declared-already.ts";
import { renderHelp } from "#views/messages/help.ts";
import { renderList } from "#views/messages/list.ts";
import type { MessageContent, MessageExtras } from "#views/messages/message-content.ts";
import { renderPatterns } from "#views/messages/patterns.ts";
import { renderPickIncident } from "#views/messages/pick-incident.ts";
import { renderRefusedNote, renderUnsavedNote } from "#views/messages/refused-note.ts";
import { renderReplayPlan } from "#views/messages/replay-plan.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { renderReadiness } from "#views/messages/readiness.ts";
import { readiness } from "#src/domain/ledger/readiness.ts";
import { renderStats } from "#views/messages/stats.ts";
import { renderStatus } from "#views/messages/status.ts";
import { acceptRiskModal } from "#views/modals/accept-risk.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addFactorModal } from "#views/modals/add-factor.ts";
import { addGapModal } from "#views/modals/add-gap.ts";
import { addGoldenModal } from "#views/modals/add-golden.ts";
import { addNoteModal } from "#views/modals/add-note.ts";
import { addStrandModal } from "#views/modals/add-strand.ts";
import { answerDetectionModal } from "#views/modals/answer-detection.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerQuestionsModal } from "#views/modals/answer-questions.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { answerSplitModal } from "#views/modals/answer-split.ts";
import { cancelIncidentModal } from "#views/modals/cancel-incident.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { chooseIncidentModal } from "#views/modals/choose-incident.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { completeLeverModal } from "#views/modals/complete-lever.ts";
import { correctActionModal } from "#views/modals/correct-action.ts";
import { correctEntryModal } from "#views/modals/correct-entry.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { dissentModal } from "#views/modals/dissent.ts";
import { editDetailsModal } from "#views/modals/edit-details.ts";
import { editOwnersModal } from "#views/modals/edit-owners.ts";
import { editServiceModal } from "#views/modals/edit-service.ts";
import { editStrandModal } from "#views/modals/edit-strand.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { linkItemsModal } from "#views/modals/link-items.ts";
import { moreModal } from "#views/modals/more.ts";
import { noLeverNeededModal } from "#views/modals/no-lever-needed.ts";
import { ownersModal } from "#views/modals/owners.ts";
import { patternModal } from "#views/modals/pattern.ts";
import { postUpdateModal } from "#views/modals/post-update.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { raiseHypothesisModal } from "#views/modals/raise-hypothesis.ts";
import { removeDrillModal } from "#views/modals/remove-drill.ts";
import { reopenIncidentModal } from "#views/modals/reopen-incident.ts";
import { serviceModal } from "#views/modals/service.ts";
import { setPhaseModal } from "#views/modals/set-phase.ts";
import { setRoleModal } from "#views/modals/set-role.ts";
import { setSeverityModal } from "#views/modals/set-severity.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { strandsModal } from "#views/modals/strands.ts";
import { entriesOnPage, timelineModal } from "#views/modals/timeline.ts";
import { nothing, now as readinessNow, whole } from "#test/support/readiness-facts.ts";
import { at, people } from "#test/support/factories.ts";
import { ledgerForms, undeclaredChange } from "./gallery-ledger.ts";
import {
  cascade,
  entriesLike,
  evidenceForms,
  foldedLike,
  incidentsLike,
  messageLike,
  otherLike,
  ownersLike,
  refusalOf,
  servicesLike,
  statsLike,
} from "./gallery-parts.ts";

const presser = people.coordinator;

/** Every message, by the name of what draws it: the posted ones by their reference, the others by their function. */
export function messagesOf(
  state: IncidentState,
  extras: MessageExtras,
  text: string,
): Record<string, MessageContent[]> {
  const posted = Object.entries(referencesOf(state)).map(
    ([kind, refs]): [string, MessageContent[]] => [
      kind,
      refs.map((ref) => renderMessage(ref, state, { other: otherLike(text), ...extras })),
    ],
  );
  const incidents = incidentsLike(state.incident);
  const refusal = refusalOf(text);
  const note = { incidentId: state.incident.id, text };
  // R12 says its reason in one sentence, and offers at most what a field takes
  const reworded = { ...refusal, more: [], sentence: text.slice(0, 300) };
  return {
    ...Object.fromEntries(posted),
    renderActionsList: [0, 1, 99].map((page) =>
      renderActionsList({
        state,
        page,
        now: at("12:00"),
        botCommand: extras.botCommand,
        canFileIssues: extras.canFileIssues,
      }),
    ),
    renderCatchUp: [0, 1, 5, 99].map((page) => renderCatchUp(state, people.model, page)),
    renderDeclaredAlready: [renderDeclaredAlready(state.incident)],
    renderHelp: [
      renderHelp(
        Array.from({ length: 40 }, () => ({ usage: text.slice(0, 200), summary: text })),
        extras.botCommand,
        { unknown: text, nearest: undefined },
      ),
    ],
    renderList: [0, 11].map((page) =>
      renderList({ incidents: incidents.slice(0, 10), page, total: incidents.length, drills: 3 }),
    ),
    renderPatterns: [renderPatterns(state)],
    renderReplayPlan: [null, ...state.strands.slice(0, 2).map(({ number }) => number)].map(
      (number) => renderReplayPlan(state, number, extras.botCommand),
    ),
    renderPickIncident: [renderPickIncident(incidents, "evidence", text)],
    renderReadiness: [nothing, { ...whole, service: text }].map((facts) =>
      renderReadiness(readiness(facts, readinessNow), readinessNow),
    ),
    renderStats: [0, 8].map((count) => renderStats(statsLike(count), 90)),
    renderRefusedNote: [renderRefusedNote(reworded, note)],
    renderUnsavedNote: [renderUnsavedNote(text, text)],
    renderAskedAgain: [renderAskedAgain(state)],
    renderUndeclaredChange: [undeclaredChange(text, extras.botCommand)],
    renderStatus: [
      renderStatus(state, {
        isGitHubConfigured: extras.canFileIssues,
        canProposePostmortem: extras.canProposePostmortem,
      }),
    ],
  };
}

/** Every reference that this incident can have; one kind more, and this does not compile. */
function referencesOf(state: IncidentState): Record<MessageRef["kind"], MessageRef[]> {
  const userId = people.model;
  const layer = "model";
  const numbers = (items: readonly { number: number }[]) => items.map(({ number }) => number);
  const learned = (item: "gap" | "factor" | "golden" | "risk", items: { number: number }[]) =>
    numbers(items.slice(0, 3)).map((number): MessageRef => ({ kind: "learning", item, number }));
  return {
    panel: [{ kind: "panel" }],
    announcement: [{ kind: "announcement" }],
    "evidence-request": [{ kind: "evidence-request" }],
    "evidence-request-dm": [{ kind: "evidence-request-dm", userId }],
    lever: numbers(state.levers).map((leverNumber) => ({ kind: "lever", leverNumber })),
    "lever-dm": numbers(state.levers).map((leverNumber) => ({
      kind: "lever-dm",
      leverNumber,
      userId: people.business,
    })),
    "lever-reminder": numbers(state.levers).map((leverNumber) => ({
      kind: "lever-reminder",
      leverNumber,
      userId: people.approver,
    })),
    "lever-late": numbers(state.levers).map((leverNumber) => ({ kind: "lever-late", leverNumber })),
    evidence: numbers(state.evidence.slice(-5)).map((evidenceNumber) => ({
      kind: "evidence",
      evidenceNumber,
    })),
    verdict: layerIds.map((each) => ({ kind: "verdict", strandNumber: 1, layer: each })),
    action: numbers(state.actions).map((actionNumber) => ({ kind: "action", actionNumber })),
    closed: [{ kind: "closed" }],
    entry: [{ kind: "entry", sequence: 1 }],
    learning: [
      ...learned("gap", state.gaps),
      ...learned("factor", state.factors),
      ...learned("golden", state.goldens),
      ...learned("risk", state.risks),
    ],
    strand: numbers(state.strands.slice(0, 3)).map((strandNumber) => ({
      kind: "strand",
      strandNumber,
    })),
    hypothesis: numbers(state.hypotheses.slice(0, 3)).map((number) => ({
      kind: "hypothesis",
      number,
    })),
    changes: [{ kind: "changes" }],
    similar: state.similarIncidents.map(({ otherId }) => ({ kind: "similar", otherId })),
    "catch-up": [{ kind: "catch-up", userId }],
    "answer-reminder": (["owner", "stand-in"] as const).map((step) => ({
      kind: "answer-reminder",
      userId,
      layer,
      step,
    })),
    "answer-late": [{ kind: "answer-late", layer }],
    "owners-missing": [{ kind: "owners-missing" }],
    "update-reminder": [{ kind: "update-reminder" }],
    "file-unread": [{ kind: "file-unread", effectId: "e1", userId }],
    repaired: [{ kind: "repaired", effectId: "e1" }],
    trouble: [{ kind: "trouble", effectId: "e1" }],
  };
}

/** Every form, by its file. `text`: what was typed into it, or what a workspace calls its services. */
export function formsOf(state: IncidentState, text: string): Record<string, ModalView[]> {
  const { incident } = state;
  const refusal = refusalOf(text);
  const values = { tradeoff: text, contribution: text, reason: text, why: text };
  const missing = closeMissing(state);
  const message = messageLike(text);
  const services = servicesLike(text);
  const [service] = services;
  const owners = ownersLike(state);
  const changes: MeanwhileChange[] = Array.from({ length: 10 }, () => ({
    by: people.model,
    what: text,
  }));
  const folded = foldedLike(text);
  const learnedOnes = [1, null];
  const levers = state.levers.map(({ number }) => number);
  const everyStrand = state.strands.filter((_, index) => index % 20 === 0 || index === 59);
  return {
    "accept-risk": [acceptRiskModal.render({ state, statement: text, addresses: ["model", "G1"] })],
    "add-action": [
      addActionModal.render({ state, layer: null, title: text, addresses: ["G1", "F1"] }),
      addActionModal.render({ state, layer: "model", values: { criterion: text } }),
    ],
    "add-evidence": evidenceForms(state, presser, text),
    "add-factor": learnedOnes.map((number) =>
      addFactorModal.render({ state, number, statement: text }),
    ),
    "add-gap": learnedOnes.map((number) => addGapModal.render({ state, number, statement: text })),
    "add-golden": learnedOnes.map((number) =>
      addGoldenModal.render({ state, number, input: text }),
    ),
    "add-note": [addNoteModal.render({ incident, text })],
    "add-strand": [addStrandModal.render({ state, name: text })],
    "answer-detection": [answerDetectionModal.render({ state })],
    "answer-layers": [answerLayersModal.render({ state, layers: layerIds, presser })],
    "answer-questions": layerIds.map((layer) => answerQuestionsModal.render({ state, layer })),
    "answer-rows": layerIds.map((claimedLayer) =>
      answerRowsModal.render({ state, strandNumber: 1, claimedLayer, presser }),
    ),
    "answer-split": everyStrand.map(({ number: strandNumber }) =>
      answerSplitModal.render({ state, strandNumber }),
    ),
    "cancel-incident": [cancelIncidentModal.render({ state })],
    checklist: everyStrand.map(({ number: strandNumber }) =>
      checklistModal.render({ state, strandNumber }),
    ),
    "choose-incident": [
      chooseIncidentModal.render({
        incidents: incidentsLike(incident).slice(0, 100),
        purpose: "attach-evidence",
        message,
      }),
    ],
    "close-incident": [
      closeIncidentModal.render({ state, missing, refusal, values }),
      closeIncidentModal.render({ state, missing: [] }),
    ],
    "complete-lever": levers.map((leverNumber) =>
      completeLeverModal.render({ state, leverNumber }),
    ),
    "correct-action": state.actions.map(({ number }) =>
      correctActionModal.render({ state, number }),
    ),
    "correct-entry": [
      correctEntryModal.render({
        incident,
        folded,
        lastSequence: 5_000,
        from: { filter: "all", page: 333 },
      }),
    ],
    "declare-incident": [
      declareIncidentModal.render({
        title: text,
        services,
        isDrill: true,
        userImpact: text,
        source: {
          channelId: "C0SOURCE",
          ts: "1.2",
          link: `https://example.com/${"x".repeat(150)}`,
        },
      }),
    ],
    dissent: layerIds.map((layer) =>
      dissentModal.render({ state, strandNumber: 1, layer, presser }),
    ),
    "edit-details": [editDetailsModal.render({ state })],
    "edit-owners": [editOwnersModal.render({ service: service!, owners, incidentId: incident.id })],
    "edit-service": [service!, null].map((each) =>
      editServiceModal.render({ service: each, incidentId: incident.id }),
    ),
    "edit-strand": everyStrand.map(({ number: strandNumber }) =>
      editStrandModal.render({ state, strandNumber }),
    ),
    "end-lever": levers.map((leverNumber) => endLeverModal.render({ state, leverNumber, presser })),
    "link-items": (["action", "gap", "factor"] as const)
      .filter((kind) => state[`${kind}s`].length > 0)
      .map((kind) => linkItemsModal.render({ state, of: { kind, number: 1 } })),
    more: [moreModal.render({ state })],
    "no-lever-needed": [noLeverNeededModal.render({ state })],
    owners: [null, state].flatMap((shown) =>
      [0, 7].map((page) =>
        ownersModal.render({
          state: shown,
          services,
          owners: new Map(services.map(({ name }) => [name, owners])),
          search: text,
          page,
        }),
      ),
    ),
    pattern: patternIds.flatMap((pattern) =>
      [undefined, cascade].map((compared) =>
        patternModal.render({
          state,
          pattern,
          objectiveMs: 5_000,
          ...(compared ? { compared } : {}),
        }),
      ),
    ),
    "post-update": [postUpdateModal.render({ state, entries: entriesLike(text, 300) })],
    receipt: [
      receiptModal.render({
        title: "Saved",
        sentence: text,
        channelId: "C0INCIDENT",
        incidentId: incident.id,
        marks: [{ id: "flag:Q3:enforcement", sentence: text }],
      }),
    ],
    "raise-hypothesis": [raiseHypothesisModal.render({ state, statement: text })],
    "remove-drill": [removeDrillModal.render({ state })],
    "reopen-incident": [reopenIncidentModal.render({ state, why: text })],
    service: [serviceModal.render({ service: service!, owners, incidentId: incident.id })],
    "set-phase": phaseOrder.map((phase) => setPhaseModal.render({ state, phase, refusal, values })),
    "set-role": [null, ...anyRoleIds].map((role) => setRoleModal.render({ state, role, presser })),
    "set-severity": severityIds.map((severity) =>
      setSeverityModal.render({ state, severity, refusal, values }),
    ),
    "set-verdict": [
      setVerdictModal.render({ state, strandNumber: 1, layer: null, refusal, values }),
      setVerdictModal.render({ state, strandNumber: 1, layer: "model", changes }),
    ],
    stabilize: leverIds.map((lever) => stabilizeModal.render({ state, lever, values })),
    strands: everyStrand.map(({ number: strandNumber }) =>
      strandsModal.render({ state, strandNumber }),
    ),
    timeline: [
      timelineModal.render({
        incident,
        filter: "all",
        chain: { kind: "whole" },
        page: {
          entries: Array.from({ length: entriesOnPage }, (_, index) => foldedLike(text, index + 1)),
          page: 12,
          pages: 334,
          found: 5_000,
          recorded: 5_060,
        },
      }),
    ],
    ...ledgerForms(state, text),
  };
}

/** Home with as much in it as the queries give, and of somebody for whom there is nothing. */
export function homesOf(home: Home, text: string): HomeView[] {
  const nothing = { first: [], total: 0 };
  const empty: Home = {
    answers: nothing,
    levers: nothing,
    actions: nothing,
    incidents: nothing,
    services: nothing,
  };
  return [renderHome(home, "/incident"), renderHome(empty, "/incident"), renderClosedHome(text)];
}
