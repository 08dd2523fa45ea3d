// Goal: a form's answer says what came of it, loses nothing, and only fits the use case that takes what
// the form gives. Method: `on` with a modal and use cases of the test's own; the type checker is part of it.

import type { InputBlock, ModalView } from "@slack/types";
import { expect, test } from "vitest";
import type { Outcome } from "#src/domain/decision.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { severities, type Severity } from "#src/domain/severity.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { on, type SubmissionAnswer } from "#src/slack/submission.ts";
import type { Context } from "#src/usecases/context.ts";
import type { UseCase } from "#src/usecases/use-case.ts";
import { modalFaults } from "#test/support/block-kit-limits.ts";
import { fillForm } from "#test/support/fill-form.ts";
import {
  checkboxesInput,
  choicesOf,
  dateInput,
  dateTimeInput,
  multiSelectInput,
  selectInput,
  userInput,
} from "#views/inputs.ts";
import { encodeHint, parseHint } from "#views/hint.ts";
import type { Modal } from "#views/modal.ts";
import type { OpenForm } from "#views/open-form.ts";
import { textOf } from "#views/values.ts";

interface Input {
  title: string;
}

const view: ModalView = {
  type: "modal",
  callback_id: "titled",
  title: { type: "plain_text", text: "Title" },
  blocks: [],
};
const titled: Modal<{ title: string }, Input> = {
  callbackId: "titled",
  render: () => view,
  parse: (values) => {
    const title = textOf(values, "title");
    return title ? ok({ title }) : err({ title: "Give it a title." });
  },
};

const ctx = {} as Context;
const chosen = (value: string) => ({
  text: { type: "plain_text" as const, text: severities[value as Severity] ?? "Model" },
  value,
});
const open: OpenForm = {
  callback_id: "titled",
  private_metadata: "m",
  title: { type: "plain_text", text: "Title" },
  submit: { type: "plain_text", text: "Save" },
  close: null,
  blocks: [
    {
      type: "input",
      block_id: "title",
      label: { type: "plain_text", text: "Title" },
      element: { type: "plain_text_input", action_id: "title", initial_value: "Typed before" },
    } as InputBlock,
    selectInput("severity", "How bad is it?", choicesOf(severities), { initial: "SEV1" }),
    multiSelectInput("layers", "Layers", choicesOf({ model: "Model", prompt: "Prompt" })),
    userInput("owner", "Who?", { initial: "U0BEFORE" }),
    dateInput("due", "By when?"),
    dateTimeInput("at", "When?"),
    checkboxesInput("marks", "Marks", choicesOf({ a: "A", b: "B" }), { initial: ["a"] }),
  ],
  state: {
    values: {
      title: { title: { type: "plain_text_input", value: "Old rule" } },
      severity: { severity: { type: "static_select", selected_option: chosen("SEV2") } },
      layers: { layers: { type: "multi_static_select", selected_options: [chosen("model")] } },
      owner: { owner: { type: "users_select", selected_user: "U0CHOSEN" } },
      due: { due: { type: "datepicker", selected_date: "2026-03-23" } },
      at: { at: { type: "datetimepicker", selected_date_time: 1_773_047_700 } },
      marks: { marks: { type: "checkboxes", selected_options: [] } },
    },
  },
};
const form = {
  values: { title: "Old rule" },
  metadata: "m",
  inputIds: ["title", "severity"],
  view: open,
};
const inTime = { isSlow: false };
const outcome: Outcome = { sentence: "Saved as incident 7.", incidentId: null };

const saying =
  (result: Result<Outcome, Rejection>): UseCase<Input> =>
  async () =>
    result;

test("what was recorded closes the form", async () => {
  const answer = await on(titled, saying(ok(outcome))).handle(ctx, form, inTime);
  expect(answer).toEqual({ kind: "close" });
});

test("what is worth reading, or was recorded before, stands in the form's place", async () => {
  const shown = saying(ok({ ...outcome, isShown: true }));
  const answer = await on(titled, shown).handle(ctx, form, inTime);
  expect(answer).toMatchObject({ kind: "update", view: { callback_id: "receipt" } });
  expect(JSON.stringify(answer)).toContain("Saved as incident 7.");
});

test("where Slack or GitHub is slow the answer says that more may come later", async () => {
  const answer = await on(titled, saying(ok(outcome))).handle(ctx, form, { isSlow: true });
  expect(JSON.stringify(answer)).toMatch(/Saved as incident 7\..+ may come later\./);
});

test("what the modal finds wrong stands at its field, and the use case is not asked", async () => {
  const useCase: UseCase<Input> = async () => expect.fail("it should not have been asked");
  const blank = { ...form, values: { title: null } };
  const answer = await on(titled, useCase).handle(ctx, blank, inTime);
  expect(answer).toEqual({ kind: "errors", errors: { title: "Give it a title." } });
});

test("what only the state can tell stands at its field, with its rule", async () => {
  const rejected = err({
    code: "bad_field" as const,
    message: "Name one owner.",
    field: "severity",
    rule: "Q2",
  });
  const answer = await on(titled, saying(rejected)).handle(ctx, form, inTime);
  expect(answer).toEqual({ kind: "errors", errors: { severity: "Name one owner. [Q2]" } });
});

test.each(["not_allowed", "stale", "not_found", "conflict"] as const)(
  "a rejection (%s) stands at the first field, and the form stays filled",
  async (code) => {
    const answer = await on(titled, saying(err({ code, message: "It is over." }))).handle(
      ctx,
      form,
      inTime,
    );
    expect(answer).toEqual({ kind: "errors", errors: { title: "It is over." } });
  },
);

const refused = err({
  code: "refused" as const,
  message: "Look at Model first.",
  refusal: { rules: ["R1"], missing: ["model"], sentence: "Look at Model first.", more: [] },
});

test("a rule's refusal stands on top of the same form, which keeps what was filled in", async () => {
  const seen: unknown[] = [];
  const submission = on(titled, saying(refused), {
    renderRefusal: async (_ctx, what) => {
      seen.push(what);
      return view;
    },
  });
  expect(await submission.handle(ctx, form, inTime)).toEqual({ kind: "update", view });
  const { values, metadata } = form;
  expect(seen).toEqual([{ values, metadata, refusal: refused.error.refusal }]);
});

test("a refusal of a form that cannot be drawn anew stands at the first field", async () => {
  const bare = await on(titled, saying(refused)).handle(ctx, form, inTime);
  expect(bare).toEqual({ kind: "errors", errors: { title: "Look at Model first. [R1]" } });
  const gone = on(titled, saying(refused), { renderRefusal: async () => undefined });
  expect(await gone.handle(ctx, form, inTime)).toEqual(bare);
});

const reworded = {
  rules: ["R12"],
  missing: ["rewrite"],
  sentence: "Name the role, not the person.",
  more: [],
  rewrite: { field: "title", text: "The rule of 1 March was not indexed" },
};
const unworthy = err({ code: "refused" as const, message: "Name the role.", refusal: reworded });

test("R12: the same form comes back filled as it was, with the refusal and the offered words on top", async () => {
  const drawn = await viewOf(on(titled, saying(unworthy)).handle(ctx, form, inTime));
  expect(modalFaults({ ...drawn })).toEqual([]);
  expect(drawn).toMatchObject({ callback_id: "titled", private_metadata: "m" });
  expect(drawn.blocks.map((block) => block.block_id)).toEqual([
    "refusal:R12:rewrite",
    "refusal-offer",
    "refusal-rewrite",
    "refusal-use",
    ...open.blocks.map((block) => block.block_id),
  ]);
  expect(JSON.stringify(drawn.blocks[2])).toContain("The rule of 1 March was not indexed");
  // what the person sees in it now is what they had typed and chosen
  expect(fillForm(drawn)).toEqual({
    title: "Old rule",
    severity: "SEV2",
    layers: ["model"],
    owner: "U0CHOSEN",
    due: "2026-03-23",
    at: "1773047700",
    marks: [],
  });
});

test("R12: refused again, the form shows the newest refusal alone", async () => {
  const submission = on(titled, saying(unworthy));
  const once = await viewOf(submission.handle(ctx, form, inTime));
  const again = { ...form, view: { ...open, blocks: once.blocks } as OpenForm };
  expect(await viewOf(submission.handle(ctx, again, inTime))).toEqual(once);
});

test("R12: where the form does not ask for the text, the refusal stands at its first field", async () => {
  const elsewhere = { ...reworded, rewrite: { field: "summary", text: "x" } };
  const refusal = err({ code: "refused" as const, message: "Name the role.", refusal: elsewhere });
  const answer = await on(titled, saying(refusal)).handle(ctx, form, inTime);
  expect(answer).toEqual({ kind: "errors", errors: { title: "Name the role. [R12]" } });
});

async function viewOf(answering: Promise<SubmissionAnswer>): Promise<ModalView> {
  const answer = await answering;
  if (answer.kind !== "update") throw new Error(`the form was answered with ${answer.kind}`);
  return answer.view;
}

test("a modal goes with no use case that needs something else", () => {
  const dated: UseCase<{ dueOn: string }> = async () => ok(outcome);
  // @ts-expect-error the modal gives a title, the use case takes a day
  on(titled, dated);
  const numbered: UseCase<{ title: number }> = async () => ok(outcome);
  // @ts-expect-error the modal's title is a text
  on(titled, numbered);
  expect(on(titled, saying(ok(outcome))).callbackId).toBe("titled");
});

test("a form with a field that somebody else changed stays filled, says what stands, and is taken when it is sent again", async () => {
  const metadata = encodeHint({ incidentId: 7 as IncidentId, shown: { title: "a", slice: "b" } });
  const view = { ...open, private_metadata: metadata };
  const stale: Rejection = {
    code: "stale",
    message: "Somebody else changed this.",
    changes: [{ by: null, what: "the name is “Theirs” now" }],
    shown: { title: "c" },
  };
  const answer = await on(titled, saying(err(stale))).handle(
    ctx,
    { ...form, metadata, view },
    inTime,
  );
  if (answer.kind !== "update") throw new Error("the form is not drawn again");
  expect(modalFaults(answer.view as never)).toEqual([]);
  expect(answer.view.blocks[0]).toMatchObject({ block_id: "meanwhile" });
  expect(JSON.stringify(answer.view.blocks[0])).toContain("Meanwhile the name is “Theirs” now.");
  expect(fillForm(answer.view)).toMatchObject({ title: "Old rule", severity: "SEV2" });
  expect(parseHint(answer.view.private_metadata)).toEqual({
    incidentId: 7,
    shown: { title: "c", slice: "b" },
  });
  // overtaken once more, it says the newest alone
  const again = { ...view, blocks: answer.view.blocks as OpenForm["blocks"] };
  const second = await on(titled, saying(err(stale))).handle(
    ctx,
    { ...form, metadata, view: again },
    inTime,
  );
  expect(JSON.stringify(second).match(/"meanwhile"/g)).toHaveLength(1);
});
