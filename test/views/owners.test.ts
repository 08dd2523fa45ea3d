// Goal: who answers is read at a glance, in messages and in the list of services; a form takes what is
// right and says at the field what is not; 200 services and texts at every limit stay within Slack's.
// Method: golden files, filled-in forms, and the limits of test/support/block-kit-limits.ts.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { ModalView } from "@slack/types";
import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentId, IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import {
  type FromFile,
  isRepository,
  isSafeFolder,
  type ServiceOwner,
  type StoredService,
} from "#src/domain/owners/service.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { editOwnersModal } from "#views/modals/edit-owners.ts";
import { editServiceModal } from "#views/modals/edit-service.ts";
import { ownersModal } from "#views/modals/owners.ts";
import { serviceModal } from "#views/modals/service.ts";
import { anyState } from "#test/support/any-incident.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import { answer, at, incidentState, people } from "#test/support/factories.ts";
import { submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import { plainOwner } from "#test/support/not-yet.ts";

const extras = { botCommand: "/incident", canFileIssues: true, canProposePostmortem: true };
const noIncident = 0 as IncidentId;

const owner = (facts: Partial<LayerOwner>): LayerOwner => ({
  layer: "model",
  userId: people.model,
  groupId: null,
  ...plainOwner,
  ...facts,
});

/** Model is late and its stand-in is asked; retrieval is a group's; infrastructure was taken for a group. */
const mixed = incidentState({
  owners: [
    owner({ standInUserId: people.retrieval, remindedAt: at("09:40") }),
    owner({ layer: "retrieval_data", userId: null, groupId: "S0SEARCH" }),
    owner({ layer: "orchestration_tools", userId: null, groupId: "S0SEARCH" }),
    owner({
      layer: "infrastructure",
      userId: null,
      groupId: "S0INFRA",
      takenBy: people.infrastructure,
    }),
  ],
  answers: [answer("infrastructure")],
});
const late = {
  ...mixed,
  owners: [owner({ userId: null, groupId: "S0SEARCH", remindedAt: at("09:40") })],
};
const answered = { ...mixed, answers: layerIds.map((layer) => answer(layer)) };
const closed: IncidentState = { ...mixed, incident: { ...mixed.incident, status: "closed" } };

const reminder = (step: "owner" | "stand-in"): MessageRef => ({
  kind: "answer-reminder",
  layer: "model",
  step,
  userId: step === "owner" ? people.model : people.retrieval,
});
const lateMessage: MessageRef = { kind: "answer-late", layer: "model" };
const missing: MessageRef = { kind: "owners-missing" };

const messages: [name: string, ref: MessageRef, state: IncidentState][] = [
  ["evidence-request-groups", { kind: "evidence-request" }, mixed],
  ["answer-reminder-owner", reminder("owner"), mixed],
  ["answer-reminder-stand-in", reminder("stand-in"), mixed],
  ["answer-reminder-answered", reminder("owner"), answered],
  ["answer-late", lateMessage, mixed],
  ["answer-late-group", lateMessage, late],
  ["answer-late-answered", lateMessage, answered],
  ["owners-missing", missing, mixed],
  ["owners-missing-named", missing, answered],
];

test.each(messages)("the message %s reads as in its golden file", (name, ref, state) => {
  const message = renderMessage(ref, state, extras);
  expect(messageFaults(message)).toEqual([]);
  expectGolden(`views/message-${name}`, message);
});

test("once the response is over no message about owners has a button", () => {
  for (const [, ref] of messages) {
    const { blocks } = renderMessage(ref, closed, extras);
    expect(JSON.stringify(blocks)).not.toContain('"button"');
  }
});

test("whoever owns and answers what, in any incident, no message about owners is over a limit", () => {
  const anyUser = fc.constantFrom(null, people.model, people.retrieval);
  const anyOwner = fc.record({
    layer: fc.constantFrom(...layerIds),
    userId: anyUser,
    standInUserId: anyUser,
    takenBy: anyUser,
    groupId: fc.constantFrom(null, "S0SEARCH"),
    remindedAt: fc.constantFrom(null, at("09:40")),
  });
  const anyOwners = fc.uniqueArray(anyOwner, { selector: ({ layer }) => layer });
  fc.assert(
    fc.property(anyState, anyOwners, (state, owners) => {
      for (const [, ref] of messages) {
        expect(messageFaults(renderMessage(ref, { ...state, owners }, extras))).toEqual([]);
      }
    }),
    { numRuns: 50 },
  );
});

const serviceOwner = (facts: Partial<ServiceOwner>): ServiceOwner => ({
  layer: "model",
  userId: people.model,
  standInUserId: null,
  groupId: null,
  ...facts,
});

const fromFile: FromFile = {
  isDefault: true,
  promise: "Answers follow the rule in force",
  latencyObjectiveMs: 2500,
  issuesRepo: "acme/search",
  postmortemRepo: null,
  postmortemPath: null,
  announceChannel: "C0INCIDENTS",
  owners: [serviceOwner({})],
};

const service = (facts: Partial<StoredService> = {}): StoredService => {
  const { owners: _, ...said } = fromFile;
  return { name: "policy-helper", ...said, fromFile, editedAt: null, editedBy: null, ...facts };
};
const owners = [
  serviceOwner({ standInUserId: people.retrieval }),
  serviceOwner({ layer: "infrastructure", userId: null, groupId: "S0INFRA" }),
];
const edited = service({
  promise: "Answers by <the rule> & its date",
  latencyObjectiveMs: null,
  isDefault: false,
  announceChannel: null,
  postmortemPath: "docs/postmortems",
  editedAt: at("08:00"),
  editedBy: people.coordinator,
});

const list = (facts: Partial<Parameters<typeof ownersModal.render>[0]> = {}): ModalView =>
  ownersModal.render({
    state: null,
    services: [service(), edited],
    owners: new Map([["policy-helper", owners]]),
    search: "",
    page: 0,
    ...facts,
  });

const many = Array.from({ length: 200 }, (_, index) =>
  service({ name: `service ${String(index + 1).padStart(3, "0")}`, isDefault: index === 0 }),
);

const modals: [name: string, view: ModalView][] = [
  ["owners-incident", list({ state: mixed })],
  ["owners-empty", list({ services: [] })],
  ["owners-page", list({ services: many.slice(0, 51), page: 1 })],
  [
    "service",
    serviceModal.render({ service: service(), owners: [serviceOwner({})], incidentId: noIncident }),
  ],
  ["service-differs", serviceModal.render({ service: edited, owners, incidentId: noIncident })],
  ["edit-service-new", editServiceModal.render({ service: null, incidentId: noIncident })],
  ["edit-service", editServiceModal.render({ service: edited, incidentId: noIncident })],
  ["edit-owners", editOwnersModal.render({ service: service(), owners, incidentId: noIncident })],
];

const faultsOf = (view: ModalView) => modalFaults({ ...view });

test.each(modals)("the form %s reads as in its golden file", (name, view) => {
  expect(faultsOf(view)).toEqual([]);
  expectGolden(`views/modal-${name}`, view);
});

test("200 services are reached by paging, each once, and no page is over a limit", () => {
  const names = new Set<string>();
  for (let page = 0; page < 8; page += 1) {
    const view = list({ state: mixed, services: many, page });
    expect(faultsOf(view)).toEqual([]);
    const shown = JSON.stringify(view.blocks).match(/"service \d{3}(?=\\n)/g) ?? [];
    for (const name of shown) {
      expect(names).not.toContain(name);
      names.add(name);
    }
    expect(view.blocks.some(({ block_id: id }) => id === `page:${page + 1}`)).toBe(page < 7);
    expect(view.blocks.some(({ block_id: id }) => id === `page:${page - 1}`)).toBe(page > 0);
  }
  expect(names.size).toBe(200);
  // a page that is not there any more is the last one
  expect(JSON.stringify(list({ services: many, page: 99 }))).toContain("Page 8 of 8");
});

test.each(["x", "&", "<", "😀", "﷽", "*"])(
  "texts of %s at every limit stay within Slack's",
  (piece) => {
    const long = (max: number) => piece.repeat(Math.floor(max / piece.length));
    const fullest = service({
      name: long(150),
      promise: long(3000),
      issuesRepo: `${"a".repeat(39)}/${"b".repeat(100)}`,
      postmortemRepo: `${"a".repeat(39)}/${"b".repeat(100)}`,
      postmortemPath: "p".repeat(200),
      latencyObjectiveMs: 86_400_000,
      editedAt: at("08:00"),
      editedBy: people.coordinator,
      fromFile: { ...fromFile, promise: long(5000), isDefault: false, owners: [] },
    });
    const all = layerIds.map((layer) => serviceOwner({ layer, standInUserId: people.retrieval }));
    expect(
      faultsOf(serviceModal.render({ service: fullest, owners: all, incidentId: noIncident })),
    ).toEqual([]);
    expect(faultsOf(editServiceModal.render({ service: fullest, incidentId: noIncident }))).toEqual(
      [],
    );
    expect(
      faultsOf(editOwnersModal.render({ service: fullest, owners: all, incidentId: noIncident })),
    ).toEqual([]);
    const names = Array.from({ length: 60 }, () => fullest);
    const tooLong = service({ name: long(400) });
    expect(faultsOf(list({ services: [...names, tooLong], search: long(200), page: 2 }))).toEqual(
      [],
    );
  },
);

const newService = editServiceModal.render({ service: null, incidentId: noIncident });

test("a new service is parsed as it was filled in", () => {
  const input = submit(editServiceModal, newService, {
    name: "Policy assistant",
    promise: " Follows the rule in force ",
    latency_objective_ms: "2,500 ms",
    default: ["default"],
    issues_repo: "acme/search",
    postmortem_path: "docs/postmortems",
    announce_channel: "C0INCIDENTS",
  });
  expect(input).toEqual({
    isNew: true,
    seenEditedAt: 0,
    service: {
      name: "Policy assistant",
      promise: "Follows the rule in force",
      latencyObjectiveMs: 2500,
      isDefault: true,
      issuesRepo: "acme/search",
      postmortemRepo: null,
      postmortemPath: "docs/postmortems",
      announceChannel: "C0INCIDENTS",
    },
  });
});

test("a service that is edited keeps its name, and says which edit its form has seen", () => {
  const view = editServiceModal.render({ service: edited, incidentId: noIncident });
  expect(submit(editServiceModal, view, { promise: null })).toMatchObject({
    isNew: false,
    seenEditedAt: at("08:00").getTime(),
    service: { name: "policy-helper", promise: null, postmortemPath: "docs/postmortems" },
  });
});

test.each([
  ["name", ""],
  ["name", "x".repeat(151)],
  ["latency_objective_ms", "soon"],
  ["latency_objective_ms", "0"],
  ["latency_objective_ms", "2.5"],
  ["latency_objective_ms", "-5"],
  ["issues_repo", "search"],
  ["issues_repo", "https://github.com/acme/search"],
  ["postmortem_repo", "acme/.."],
  ["postmortem_path", "/docs"],
  ["postmortem_path", "docs/../../etc"],
  ["postmortem_path", "docs\\x"],
])("a wrong %s (%s) is refused at its field", (field, text) => {
  const filled = { name: "Policy assistant", [field]: text };
  expect(submit(editServiceModal, newService, filled)).toEqual({
    errors: { [field]: expect.any(String) as unknown },
  });
});

test.each(["..", ".", "a/..", "a//b", "/a", "a/", "a b", "a?b", "a\\b", "a%2e", "", "é"])(
  "%j is no folder of a repository",
  (text) => expect(isSafeFolder(text)).toBe(false),
);

test.each([
  ["acme/search", true],
  ["a-c/x.y_z", true],
  ["acme/..", false],
  ["-acme/x", false],
  ["acme-/x", false],
  ["acme/x/y", false],
  ["acme", false],
  ["acme/x y", false],
])("%j is a repository: %s", (text, is) => expect(isRepository(text)).toBe(is));

const ownersForm = editOwnersModal.render({ service: edited, owners: [], incidentId: noIncident });

test("owners are parsed: a person with a stand-in, a group by its id or as a mention, nobody", () => {
  const input = submit(editOwnersModal, ownersForm, {
    "owner:model": people.model,
    "stand_in:model": people.retrieval,
    "group:retrieval_data": "S0SEARCH",
    "group:infrastructure": "<!subteam^S0INFRA|@infra>",
  });
  const nobody = { userId: null, standInUserId: null, groupId: null };
  expect(input).toEqual({
    serviceName: "policy-helper",
    seenEditedAt: at("08:00").getTime(),
    owners: layerIds.map((layer) => ({
      ...nobody,
      layer,
      ...(layer === "model"
        ? { userId: people.model, standInUserId: people.retrieval }
        : layer === "retrieval_data"
          ? { groupId: "S0SEARCH" }
          : layer === "infrastructure"
            ? { groupId: "S0INFRA" }
            : {}),
    })),
  });
});

test.each<[at: string, typed: Record<string, string>]>([
  ["group:model", { "owner:model": people.model, "group:model": "S0SEARCH" }],
  ["group:model", { "group:model": "@search" }],
  ["stand_in:model", { "stand_in:model": people.model }],
  ["stand_in:model", { "stand_in:model": people.model, "group:model": "S0SEARCH" }],
  ["stand_in:model", { "owner:model": people.model, "stand_in:model": people.model }],
])("owners that do not go together are refused at %s", (field, typed) => {
  expect(submit(editOwnersModal, ownersForm, typed)).toEqual({
    errors: { [field]: expect.any(String) as unknown },
  });
});

test("what people typed is never markup in the list or the service", () => {
  const typed = "<!channel> *x* _y_";
  const differing = service({ name: typed, promise: typed });
  const views = [
    list({ services: [differing], search: typed }),
    serviceModal.render({
      service: { ...differing, fromFile: { ...fromFile, promise: typed.repeat(2) } },
      owners: [serviceOwner({})],
      incidentId: noIncident,
    }),
  ];
  for (const view of views) {
    const texts = textsIn(view.blocks).filter(({ text }) => text.includes("*x*"));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.filter(({ type }) => type !== "plain_text")).toEqual([]);
  }
});

interface Text {
  type: string;
  text: string;
}

/** Every text object, wherever it stands. */
function textsIn(node: unknown): Text[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "type" in node && "text" in node && typeof node.text === "string";
  return [...(own ? [node as Text] : []), ...Object.values(node).flatMap(textsIn)];
}
