/**
 * Goal: what is typed into a form is there again after a reload of the page, and in no other form.
 * Method: drafts as the browser's storage has them, read again, and drawn in their form.
 */
import { createElement } from "react";
import { expect, test } from "vitest";
import { fill, newDraft } from "#sandbox/page/kit/draft.ts";
import { ModalForm } from "#sandbox/page/kit/modal-form.tsx";
import { readDraft } from "#sandbox/page/slack/form-drafts.ts";
import type { OpenView } from "#sandbox/protocol.ts";
import { drawn } from "./kit-parts.ts";
import { plain } from "./kit-sampler.ts";

const view = {
  type: "modal",
  id: "V1",
  hash: "1",
  title: plain("Declare"),
  submit: plain("Declare"),
  blocks: [
    {
      type: "input",
      block_id: "what",
      label: plain("What is wrong?"),
      element: { type: "plain_text_input", action_id: "what" },
    },
  ],
  values: { what: null },
} as unknown as OpenView;
const keptText = JSON.stringify(fill(newDraft(view), "what", "old answers"));

function shown(form: OpenView): string {
  const nothing = () => {};
  return drawn(
    createElement(ModalForm, {
      view: form,
      depth: 1,
      errors: {},
      isBusy: false,
      onSubmit: nothing,
      onClose: nothing,
      onAct: nothing,
      keeper: { read: () => readDraft(keptText, form.id), write: nothing },
    }),
  );
}

test("what was typed stands in the form again, also in its next version", () => {
  expect(shown(view)).toContain('value="old answers"');
  expect(shown({ ...view, hash: "2" })).toContain('value="old answers"');
});

test("another form has nothing of it", () => {
  expect(shown({ ...view, id: "V2" })).not.toContain("old answers");
});

test("what the storage has of no known form is nothing", () => {
  for (const text of [undefined, "", "null", "{", '"V1"', '{"of":{"id":"V1"}}']) {
    expect(readDraft(text, "V1")).toBeUndefined();
  }
});
