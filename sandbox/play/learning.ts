import type { KnownBlock } from "@slack/types";
import type { OpenView } from "#sandbox/protocol.ts";
import { buttonsOf, optionsOf } from "./blocks.ts";
import { evidenceValues, isCutOf, noteRecorded } from "./items.ts";
import { accepted, type Got } from "./judge.ts";
import { closeForms, type FormValues, pressToOpen, submitForm, typeCommand } from "./person.ts";
import {
  beInChannel,
  type Deed,
  incidentChannel,
  type ItemKind,
  type Stage,
  StuckError,
} from "./stage.ts";

/** Records detection gaps, one form each. */
export const addGap: Deed = (stage, actor, data) =>
  recordAll(stage, actor, "gap", data.gap_ids, {
    text: "gap",
    opens: "add-gap",
    values: (id, form) => {
      const gap = stage.scenario.detection_gaps.find((one) => one.id === id);
      if (!gap) return undefined;
      const { kind, text: statement, layer } = gap;
      return { kind, statement, layer, ...answeredBy(stage, form, id) };
    },
  });

/** Records contributing factors, one form each; a factor that comes later is linked from its own form. */
export const addFactor: Deed = (stage, actor, data) =>
  recordAll(stage, actor, "factor", data.factor_ids, {
    text: "factor",
    opens: "add-factor",
    values: (id, form) => {
      const factor = stage.scenario.contributing_factors.find((one) => one.id === id);
      if (!factor) return undefined;
      const { text: statement, cat: category, layer } = factor;
      const others = stage.scenario.contributing_factors.filter(
        (other) => factor.interacts_with.includes(other.id) || other.interacts_with.includes(id),
      );
      const options = optionsOf(form.blocks as KnownBlock[], "interacts_with");
      const chosen = others.flatMap(({ text }) =>
        options.filter((option) => isCutOf(option.text, text)).map(({ value }) => value),
      );
      return {
        statement,
        category,
        layer,
        ...(chosen.length > 0 ? { interacts_with: chosen } : {}),
        ...answeredBy(stage, form, id),
      };
    },
  });

/** Records goldens, one form each. */
export const addGolden: Deed = (stage, actor, data) =>
  recordAll(stage, actor, "golden", data.golden_ids, {
    text: "golden",
    opens: "add-golden",
    values: (id, form) => {
      const golden = stage.scenario.goldens.find((one) => one.id === id);
      if (!golden) return undefined;
      const { input, pass_when, preconditions, from_evidence } = golden;
      const blocks = form.blocks as KnownBlock[];
      const [from] = evidenceValues(stage, blocks, "from_evidence", [from_evidence]);
      return {
        input,
        pass_when,
        preconditions: preconditions === "" ? null : preconditions,
        ...(from === undefined ? {} : { from_evidence: from }),
      };
    },
  });

/** Signs accepted risks, one form each, in the name of who presses. */
export const acceptRisk: Deed = (stage, actor, data) =>
  recordAll(stage, actor, "risk", data.risk_ids, {
    text: "risk",
    opens: "accept-risk",
    values: (id) => {
      const risk = stage.scenario.accepted_risks.find((one) => one.id === id);
      return risk && { statement: risk.text, addresses: [risk.layer], capacity: risk.capacity };
    },
  });

/** Answers questions about detection (B9), which the form for gaps leads to. */
export const answerDetection: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  await closeForms(stage, actor);
  const gap = await typeCommand(stage, actor, {
    channelId: incidentChannel(stage),
    text: "gap",
    opens: "add-gap",
  });
  if ("said" in gap) return gap.said;
  const buttons = buttonsOf(gap.form.blocks as KnownBlock[]);
  const button = buttons.find(({ actionId }) => actionId === "answer-detection");
  if (!button) throw new StuckError("The form for gaps has no button for the questions.");
  const { actionId, blockId, label } = button;
  const opened = await pressToOpen(
    stage,
    actor,
    { in: { viewId: gap.form.id }, actionId, blockId, label },
    "answer-detection",
  );
  if ("said" in opened) return opened.said;
  const values = Object.fromEntries(
    (stage.scenario.detection_answers ?? [])
      .filter(({ question }) => (data.questions ?? []).includes(question))
      .map(({ question, answer }) => [question, answer]),
  );
  return submitForm(stage, actor, opened.form, values);
};

/** The actions that answer a gap or a factor, where they were recorded before it. */
function answeredBy(stage: Stage, form: OpenView, id: string): FormValues {
  const titles = stage.scenario.corrective_actions
    .filter((action) => action.addresses?.includes(id))
    .map((action) => action.title);
  const chosen = optionsOf(form.blocks as KnownBlock[], "actions")
    .filter(({ text }) => titles.some((title) => isCutOf(text, title)))
    .map(({ value }) => value);
  return chosen.length > 0 ? { actions: chosen } : {};
}

interface Form {
  /** Typed after the command. */
  text: string;
  opens: string;
  /** What this item fills in; undefined where the scenario has no such item. */
  values(id: string, form: OpenView): FormValues | undefined;
}

/** One form for each item; stops at the first that is not taken. A mark on one of them is the answer to all. */
async function recordAll(
  stage: Stage,
  actor: string,
  kind: ItemKind,
  ids: string[] | undefined,
  form: Form,
): Promise<Got> {
  await beInChannel(stage, actor);
  let answer = accepted();
  for (const id of ids ?? []) {
    await closeForms(stage, actor);
    const opened = await typeCommand(stage, actor, {
      channelId: incidentChannel(stage),
      text: form.text,
      opens: form.opens,
    });
    if ("said" in opened) return opened.said;
    const values = form.values(id, opened.form);
    if (!values) continue;
    const got = await submitForm(stage, actor, opened.form, values);
    if (got.result === "refused" || got.result === "nothing") return got;
    noteRecorded(stage, kind, id);
    if (got.result !== "accepted" || answer.result === "accepted") answer = got;
  }
  return answer;
}
