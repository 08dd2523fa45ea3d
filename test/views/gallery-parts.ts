// What else a workspace holds beside one incident, as much of it as can be: for `gallery.ts`.

import type { ModalView } from "@slack/types";
import type { Home, HomeIncident } from "#src/domain/home.ts";
import type { Incident, IncidentId, IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { ServiceOwner, StoredService } from "#src/domain/owners/service.ts";
import type { UserId } from "#src/domain/person.ts";
import type { PinnedMessage } from "#src/domain/pin-message.ts";
import type { OtherIncident } from "#src/domain/similar.ts";
import { type Stats, statsOf } from "#src/domain/stats.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import type { FoldedEntry } from "#src/domain/timeline-fold.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { at, people } from "#test/support/factories.ts";

/** How many services there are. */
const manyServices = 200;

/** A Home in which each list is `shown` long, and there is a lot more. */
export function homeLike(state: IncidentState, text: string, shown: number): Home {
  const { incident } = state;
  const each = <Item>(item: Item) => ({
    first: Array.from({ length: shown }, () => item),
    total: 500,
  });
  const listed = incidentsLike(incident).slice(0, shown) as HomeIncident[];
  return {
    answers: {
      first: listed.map((one) => ({ incident: one, layers: [...layerIds] })),
      total: 500,
    },
    levers: {
      first: listed.map((one) => ({ incident: one, number: 1, lever: "other", ownWords: text })),
      total: 500,
    },
    actions: {
      first: listed.map((one) => ({
        incident: one,
        number: 1,
        title: text,
        dueOn: "2026-03-23",
        issueUrl: "https://github.com/example/assistant/issues/41",
      })),
      total: 500,
    },
    incidents: { first: listed.map((one) => ({ ...one, isMine: true })), total: 500 },
    services: each({ name: text, owns: [...layerIds], standsIn: [...layerIds] }),
  };
}

/** Two hundred services of which each name, promise and folder is as long as it may be. */
export function servicesLike(text: string): StoredService[] {
  return Array.from({ length: manyServices }, (_, index) => {
    const kept = {
      isDefault: index === 0,
      promise: text,
      latencyObjectiveMs: 400,
      issuesRepo: `${"o".repeat(39)}/${"r".repeat(100)}`,
      postmortemRepo: `${"o".repeat(39)}/${"r".repeat(100)}`,
      postmortemPath: "p".repeat(200),
      announceChannel: "C0INCIDENTS",
    };
    const name = `${index} ${text}`.slice(0, 150).toWellFormed().trim();
    const fromFile = { ...kept, promise: `${text} once`, owners: [] };
    return { ...kept, name, fromFile, editedAt: at("09:00"), editedBy: people.model };
  });
}

/** The owners of an incident as those of its service. */
export function ownersLike(state: IncidentState): ServiceOwner[] {
  return state.owners.map(({ layer, userId, groupId, standInUserId }) => ({
    layer,
    userId,
    groupId,
    standInUserId,
  }));
}

/** A hundred and twenty incidents like this one. */
export function incidentsLike(incident: Incident): Incident[] {
  return Array.from({ length: 120 }, (_, index) => ({
    ...incident,
    id: (index + 1) as IncidentId,
    number: index + 1,
  }));
}

/** A refusal that misses a lot. */
export function refusalOf(text: string): RuleRefusal {
  return {
    rules: ["R1", "R9"],
    missing: Array.from({ length: 90 }, (_, index) => `LV${index}`),
    sentence: text,
    more: Array.from({ length: 30 }, () => text),
    rewrite: { field: "why", text },
  };
}

/** A message of an app, with many files. */
export function messageLike(text: string): PinnedMessage {
  return {
    channelId: "C0INCIDENT",
    ts: "1774000000.000100",
    author: null,
    authorName: text,
    text: text.repeat(40),
    files: Array.from({ length: 30 }, () => text),
    link: `https://example.slack.com/archives/C0INCIDENT/p1${"0".repeat(200)}`,
  };
}

/** Notes and pinned messages, in turn. */
export function entriesLike(text: string, count: number): TimelineEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    lane: "diagnosis",
    kind: index % 2 === 0 ? "note_added" : "message_pinned",
    happenedAt: at("09:30"),
    actor: people.model,
    data: { text, author: people.model, link: null, files: [text] },
    sequence: index + 1,
    recordedAt: at("09:31"),
    hash: "0".repeat(64),
  }));
}

/** An entry with fifty corrections. */
export function foldedLike(text: string, sequence = 1): FoldedEntry {
  const [first, ...rest] = entriesLike(text, 51);
  const entry: TimelineEntry = { ...first!, sequence };
  const corrections = rest.map((one): TimelineEntry => ({
    ...one,
    kind: "entry_corrected",
    data: { entry: sequence, text, reason: text, why: text },
  }));
  return { entry, original: entry, corrections, withdrawal: null };
}

/** An incident that looks like another one, with many open actions. */
export function otherLike(text: string): OtherIncident {
  return {
    id: 2 as IncidentId,
    number: 12,
    title: text.slice(0, 150),
    isDrill: false,
    status: "closed",
    phase: "learning",
    closedAs: "attributed",
    closedAt: at("08:00"),
    declaredAt: at("07:00"),
    channelId: "C0OTHER",
    postmortemUrl: "https://github.com/example/postmortems/pull/3",
    brokeFirst: [...layerIds],
    openActions: Array.from({ length: 40 }, (_, index) => ({
      number: index + 1,
      title: text.slice(0, 150),
      owner: people.model,
      dueOn: "2026-03-23",
      issueUrl: `https://github.com/example/assistant/issues/${index}`,
    })),
  };
}

/** So many incidents, in each of which the model was named first and every layer broke first. */
export function statsLike(count: number): Stats {
  return statsOf(
    Array.from({ length: count }, (_, index) => ({
      incidentId: (index + 1) as IncidentId,
      status: "closed",
      onsetAt: at("08:00"),
      noticedAt: at("09:00"),
      declaredAt: at("09:20"),
      diagnosedAt: at("10:00"),
      firstLayer: layerIds[index % layerIds.length] ?? "model",
      firstBrokeFirst: [...layerIds],
      brokeFirst: [...layerIds],
      strands: 3,
      unattributed: 1,
      refusedClaims: 2,
    })),
  );
}

/** The evidence form as it opens, of each kind with every field that takes a text filled in, and with a replay chosen. */
export function evidenceForms(state: IncidentState, presser: UserId, text: string): ModalView[] {
  const fields = ["what", "link", "source", "slice", "arms", "cohorts", "series", "ablation"];
  const more = ["stacks", "measure", "input_count", "changed_at"];
  const filled = Object.fromEntries([...fields, ...more].map((field) => [field, text]));
  const replay = state.evidence.find(({ kind }) => kind === "E4")?.number;
  return [
    { what: text, source: text },
    ...["E2", "E4", "E5", "E6", "E7", "E10"].map((kind) => ({ values: { ...filled, kind } })),
    { values: { ...filled, kind: "E4", replay: String(replay ?? "new") } },
  ].map((props) => addEvidenceModal.render({ state, presser, ...props }));
}

/** The longest that the comparison of a tool cascade reads. */
export const cascade = {
  settings: {
    timeoutMs: 86_399_999,
    retries: 20,
    backoffMs: 86_399_999,
    isDoubling: true,
    calls: 100,
  },
  objectiveMs: 86_399_999,
};
