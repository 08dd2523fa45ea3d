// Goal: what people type is stored exactly, and what cannot be is refused at its field, in words that help.
// Method: fill the rendered form as a person would, submit it, parse it.

import { describe, expect, test } from "vitest";
import { addActionModal } from "#views/modals/add-action.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { attributedState, incidentState, people } from "#test/support/factories.ts";
import { fillForm, submit, type Typed } from "#test/support/fill-form.ts";

const fresh = incidentState();
const presser = people.coordinator;

describe("declare-incident", () => {
  const view = declareIncidentModal.render({
    title: "",
    services: [{ name: "policy-helper", isDefault: true }],
    isDrill: false,
  });
  const declare = (typed: Typed) => submit(declareIncidentModal, view, typed);

  test("a title and a severity are enough", () => {
    expect(declare({ title: "Old rule", severity: "SEV1" })).toEqual({
      title: "Old rule",
      severity: "SEV1",
      isSeverityUnsure: false,
      serviceName: "policy-helper",
      userImpact: null,
      incidentClass: null,
      onsetAt: null,
      noticedAt: null,
      noticedHow: null,
      isDrill: false,
    });
  });

  test("unsure counts as SEV2 and is remembered as unsure", () => {
    expect(declare({ title: "Old rule", severity: "unsure" })).toMatchObject({
      severity: "SEV2",
      isSeverityUnsure: true,
    });
  });

  test("everything else that was filled in arrives, times in seconds", () => {
    expect(
      declare({
        title: "Old rule",
        severity: "SEV3",
        service: null,
        user_impact: "wrong rate",
        incident_class: "correctness",
        onset_at: "1773036000",
        noticed_at: "1773047400",
        noticed_how: "support",
      }),
    ).toMatchObject({
      serviceName: null,
      userImpact: "wrong rate",
      incidentClass: "correctness",
      onsetAt: new Date("2026-03-09T06:00:00Z"),
      noticedAt: new Date("2026-03-09T09:10:00Z"),
      noticedHow: "support",
    });
  });

  test("a drill stays a drill", () => {
    const drill = declareIncidentModal.render({ title: "Exercise", services: [], isDrill: true });
    expect(submit(declareIncidentModal, drill, { severity: "SEV4" })).toMatchObject({
      isDrill: true,
    });
  });

  test.each([
    ["nothing", null],
    ["spaces", "   \n\t "],
    ["what cannot be seen", "\u200B\u200E\uFEFF"],
  ])("a title of %s is refused at the field", (_, title) => {
    expect(declare({ title, severity: "SEV2" })).toEqual({
      errors: { title: "Say in a few words what is wrong." },
    });
  });

  test("each wrong field has its own error", () => {
    expect(declare({ title: null, user_impact: "x".repeat(3214) })).toEqual({
      errors: {
        title: "Say in a few words what is wrong.",
        severity: "Choose a severity; “not sure yet” is fine.",
        user_impact: "At most 3,000 characters; this has 3,214.",
      },
    });
  });

  test.each([
    "Rechnung 📎 falsch 🧾",
    "الإجابة خاطئة",
    "<!channel> look at `rm -rf` | <@U0EVERY> & *bold*",
    "a\r\nb\n\n  c",
    "&lt;already&gt; &amp;amp;",
  ])("%j is stored as it was typed, but for the blanks at its ends", (text) => {
    expect(declare({ title: `  ${text}\n`, severity: "SEV2", user_impact: text })).toMatchObject({
      title: text,
      userImpact: text,
    });
  });

  test("3,000 characters fit, and no more", () => {
    const text = "é".repeat(3000);
    expect(declare({ title: "t", severity: "SEV2", user_impact: text })).toMatchObject({
      userImpact: text,
    });
  });

  test("a null character, which cannot be stored, is refused at the field", () => {
    expect(declare({ title: "a\0b", severity: "SEV2" })).toEqual({
      errors: { title: "Take out the null character; it cannot be stored." },
    });
  });
});

describe("stabilize", () => {
  const typed = {
    authorizer: people.business,
    tradeoff: "60 questions a day go to the help desk",
    revert_condition: "index rebuilt",
  };

  test("a lever brings its own layer", () => {
    const view = stabilizeModal.render({ state: fresh, lever: "restrict_triggering" });
    expect(submit(stabilizeModal, view, typed)).toEqual({
      incidentId: 7,
      lever: "restrict_triggering",
      ownWords: null,
      layer: "integration_ui",
      authorizer: people.business,
      tradeoff: typed.tradeoff,
      revertCondition: "index rebuilt",
      scope: null,
      savedFirst: null,
      capacity: null,
      cannotBeUndone: false,
      secondAuthorizer: null,
      secondCapacity: null,
      noSecondWhy: null,
      harmSignal: null,
    });
  });

  test("“other” needs words and a layer", () => {
    const view = stabilizeModal.render({ state: fresh, lever: "other" });
    expect(submit(stabilizeModal, view, { ...typed, own_words: "  " })).toEqual({
      errors: {
        own_words: "Say in your own words what was done.",
        layer: "Choose the layer that it changes.",
      },
    });
    expect(
      submit(stabilizeModal, view, { ...typed, own_words: "Mirror off", layer: "infrastructure" }),
    ).toMatchObject({ lever: "other", ownWords: "Mirror off", layer: "infrastructure" });
  });

  test("“other”, sent before the form could ask for its words, is refused where something can be done", () => {
    const view = stabilizeModal.render({ state: fresh, lever: null });
    expect(submit(stabilizeModal, view, { ...typed, lever: "other" })).toEqual({
      errors: { lever: expect.stringContaining("Choose the lever again") },
    });
  });

  test("authorizer, tradeoff and when it is taken back are asked for", () => {
    const view = stabilizeModal.render({ state: fresh, lever: "reroute" });
    const input = submit(stabilizeModal, view, {}) as { errors: object };
    expect(Object.keys(input.errors)).toEqual(["authorizer", "tradeoff", "revert_condition"]);
  });
});

describe("end-lever", () => {
  const view = endLeverModal.render({ state: attributedState(), leverNumber: 1, presser });

  test("how, who and why arrive", () => {
    expect(submit(endLeverModal, view, { ended_how: "kept", why: "it stays" })).toEqual({
      incidentId: 7,
      leverNumber: 1,
      endedHow: "kept",
      endedBy: presser,
      why: "it stays",
    });
  });

  test("without how and why it is refused at the fields", () => {
    const input = submit(endLeverModal, view, {}) as { errors: object };
    expect(Object.keys(input.errors)).toEqual(["ended_how", "why"]);
  });
});

describe("add-action", () => {
  const view = addActionModal.render({ state: fresh, layer: "retrieval_data" });
  const typed = {
    title: "Index job fails when it skips a document",
    owner: people.retrieval,
    due_on: "2026-03-23",
    criterion: "the job exits non-zero",
  };

  test("an action arrives, its owner's login without the @", () => {
    expect(submit(addActionModal, view, { ...typed, owner_login: " @octo-retrieval " })).toEqual({
      incidentId: 7,
      title: typed.title,
      owner: people.retrieval,
      ownerLogin: "octo-retrieval",
      dueOn: "2026-03-23",
      criterion: "the job exits non-zero",
      layer: "retrieval_data",
      constraintKind: null,
      enforcement: null,
      addresses: [],
      verification: null,
      isImmediateSafety: false,
    });
  });

  test("Q0: title, owner, due date and criterion are asked for, each at its field", () => {
    const input = submit(addActionModal, view, { title: " " }) as {
      errors: Record<string, string>;
    };
    expect(Object.keys(input.errors)).toEqual(["title", "owner", "due_on", "criterion"]);
    expect(Object.values(input.errors).every((error) => error.endsWith("[Q0]"))).toBe(true);
  });

  test.each(["octo retrieval", "https://github.com/octo", "-octo", "x".repeat(40)])(
    "%s is no GitHub login",
    (owner_login) => {
      expect(submit(addActionModal, view, { ...typed, owner_login })).toEqual({
        errors: { owner_login: expect.stringContaining("as GitHub shows it") },
      });
    },
  );

  test.each(["2026-02-30", "tomorrow"])("%s is no day", (due_on) => {
    expect(submit(addActionModal, view, { ...typed, due_on })).toEqual({
      errors: { due_on: "Choose a day from the calendar." },
    });
  });
});

describe("close-incident", () => {
  const view = closeIncidentModal.render({ state: fresh, missing: [] });

  test("R14: undetermined needs an approver", () => {
    expect(submit(closeIncidentModal, view, { close_as: "undetermined" })).toEqual({
      errors: { approver: "Name who approves closing without knowing what broke first. [R14]" },
    });
  });

  test("how it ends arrives", () => {
    expect(submit(closeIncidentModal, view, {})).toEqual({
      incidentId: 7,
      closeAs: "attributed",
      approver: null,
    });
  });
});

test("a choice that is on no list, as from a form of yesterday's, is refused at its field", () => {
  const view = declareIncidentModal.render({ title: "t", services: [], isDrill: false });
  const values = { ...fillForm(view), severity: "SEV9" };
  expect(declareIncidentModal.parse(values, view.private_metadata ?? "")).toEqual({
    ok: false,
    error: { severity: expect.stringContaining("Choose from the list") },
  });
});

test("a form that comes back without its hint is a fault of ours, not of the person's", () => {
  expect(() => closeIncidentModal.parse({ close_as: "attributed" }, "")).toThrow(
    "without the hint",
  );
});
