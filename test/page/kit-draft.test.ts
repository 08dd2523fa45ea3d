/**
 * Goal: what is typed into a form stays while the app changes the form, as in Slack, and nothing of a
 * field that is gone is sent.
 * Method: forms over several versions, without a browser.
 */
import { describe, expect, test } from "vitest";
import {
  carryOver,
  fill,
  type FormVersion,
  newDraft,
  noteSent,
  valuesOf,
} from "#sandbox/page/kit/draft.ts";
import type { Given } from "#sandbox/page/kit/surface.ts";
import { initialValues } from "#sandbox/page/kit/values.ts";

function form(hash: string, values: Record<string, Given>, changes: Partial<FormVersion> = {}) {
  const blocks = Object.keys(values).map((id) => ({
    type: "input",
    block_id: id,
    element: { type: "plain_text_input", action_id: id },
  }));
  return { id: "V1", hash, blocks, values, ...changes };
}

describe("the app sends the form anew", () => {
  test("what is typed stays in the fields that stay, and new fields have their own", () => {
    const draft = fill(newDraft(form("1", { title: null, owner: "ana" })), "title", "Old rule");
    const next = carryOver(draft, form("2", { title: null, severity: "SEV2" }));
    expect(valuesOf(next)).toEqual({ title: "Old rule", severity: "SEV2" });
  });

  test("what was sent along and comes back does not overwrite what is typed since", () => {
    let draft = fill(newDraft(form("1", { title: null })), "title", "Old");
    draft = noteSent(draft, valuesOf(draft));
    draft = fill(draft, "title", "Old rule");
    expect(valuesOf(carryOver(draft, form("2", { title: "Old" })))).toEqual({ title: "Old rule" });
  });

  test("a value that the app chose itself is shown", () => {
    const draft = fill(newDraft(form("1", { title: null })), "title", "Anna did it");
    const next = carryOver(draft, form("2", { title: "The rule was old" }));
    expect(valuesOf(next)).toEqual({ title: "The rule was old" });
  });

  test("a field of another action_id is another field", () => {
    const draft = fill(newDraft(form("1", { title: null })), "title", "Old rule");
    const blocks = [
      { block_id: "title", element: { type: "plain_text_input", action_id: "title-2" } },
    ];
    expect(valuesOf(carryOver(draft, form("2", { title: null }, { blocks })))).toEqual({
      title: null,
    });
  });

  test("another form begins anew", () => {
    const draft = fill(newDraft(form("1", { title: null })), "title", "Old rule");
    expect(valuesOf(carryOver(draft, form("1", { title: null }, { id: "V2" })))).toEqual({
      title: null,
    });
  });

  test("a cleared field stays cleared", () => {
    const draft = fill(newDraft(form("1", { layers: ["model"] })), "layers", []);
    expect(valuesOf(carryOver(draft, form("2", { layers: ["model"] })))).toEqual({ layers: [] });
  });
});

test("what is prefilled is held as the sandbox holds it", () => {
  const option = { text: { type: "plain_text", text: "One" }, value: "1" };
  const blocks = [
    { block_id: "a", element: { type: "static_select", initial_option: option } },
    { block_id: "b", element: { type: "checkboxes", initial_options: [option] } },
    { block_id: "c", element: { type: "datetimepicker", initial_date_time: 1_773_048_000 } },
    { block_id: "d", element: { type: "plain_text_input", initial_value: "" } },
    { block_id: "e", accessory: { type: "users_select", initial_user: "U0ANA" } },
    { block_id: "f", elements: [{ type: "button" }, { type: "multi_users_select" }] },
    { block_id: "g", text: { type: "plain_text", text: "x" } },
  ];
  expect(initialValues(blocks)).toEqual({
    a: "1",
    b: ["1"],
    c: "1773048000",
    d: null,
    e: "U0ANA",
    f: null,
  });
});
