import { layerLabels } from "#sandbox/play/step-words.ts";
import type { Scenario, ScenarioAnswer, ScenarioEvidence, ScenarioRow } from "#sandbox/scenario.ts";
import { splits } from "#src/domain/figures/figures.ts";
import {
  changeStates,
  confidences,
  constraintKinds,
  evidenceKinds,
  factorCategories,
  gapKinds,
  verdictKinds,
} from "#src/domain/vocabulary.ts";
import type { FormOnScreen } from "./browser-form.ts";
import { closeAll, type Person } from "./browser-person.ts";

/** What people of a scenario do at the page, in the words of its forms. */
export interface Deeds {
  /** Fills in and saves the form for one item of evidence. */
  recordEvidence(who: Person, id: string): Promise<void>;
  /** Fills in what somebody answers for one layer after the other, and saves it. */
  answer(form: FormOnScreen, layers: string[]): Promise<void>;
  /** Opens the checklist, and in it the form behind a button of a layer. */
  openInChecklist(who: Person, button: string, title: string): Promise<FormOnScreen>;
  answerRows(who: Person, layer: string, rows: string[]): Promise<void>;
  /** Fills in what is decided of a layer, and sends it. */
  claim(who: Person, claim: Claim): Promise<FormOnScreen>;
  fillAction(form: FormOnScreen, id: string): Promise<void>;
  recordGap(who: Person, id: string): Promise<void>;
  recordFactor(who: Person, id: string): Promise<void>;
  recordGolden(who: Person, id: string): Promise<void>;
  item(id: string): ScenarioEvidence;
  /** This evidence was recorded otherwise. */
  noteRecorded(id: string): void;
}

export interface Claim {
  layer: string;
  verdict: keyof typeof verdictKinds;
  confidence?: keyof typeof confidences;
  contribution?: string;
}

const layer = (id = "") => layerLabels[id] ?? id;

/** The deeds of one run; evidence is known by the number it was recorded under. */
export function deedsOf(scenario: Scenario): Deeds {
  const recorded: string[] = [];
  const find = <Item extends { id: string }>(items: readonly Item[], id: string): Item => {
    const found = items.find((one) => one.id === id);
    if (!found) throw new Error(`There is no ${id} in this scenario.`);
    return found;
  };
  const evidence = (ids: readonly string[]) =>
    ids.map((id) => `Evidence ${recorded.indexOf(id) + 1} `);
  const actionsFor = (id: string) =>
    scenario.corrective_actions
      .filter(({ id: action, addresses }) => action !== "A3" && addresses?.includes(id))
      .map(({ title }) => new RegExp(RegExp.escape(title)));
  const answersOf = (layers: readonly string[]): ScenarioAnswer[] =>
    (scenario.strands[0]?.answers ?? []).filter((one) => layers.includes(one.layer));

  return {
    item: (id) => find(scenario.evidence, id),
    noteRecorded: (id) => void recorded.push(id),

    async recordEvidence(who, id) {
      const item = find(scenario.evidence, id);
      const form = await who.open("/incident evidence", "Add evidence");
      await form.choose("What kind of evidence is it?", evidenceKinds[item.kind as "E1"]);
      await form.write("What does it show?", item.what);
      const { cohorts = [] } = item;
      if (cohorts.length > 0) {
        const lines = cohorts.map(({ group, n, fails }) => `${group}: ${fails} of ${n}`);
        await form.write("Failures by group, one group a line", lines.join("\n"));
        // the groups of S0 are versions of its index
        await form.choose("What do the groups differ in?", splits.index_version.label);
      }
      for (const [label, layers] of [
        ["It speaks for these layers as the cause", item.supports],
        ["It speaks against these layers", item.contradicts],
        ["It rules these layers out", item.clears],
      ] as const) {
        if (layers.length > 0) await form.pick(label, ...layers.map(layer));
      }
      await form.press("Save");
      await form.isGone();
      // what the counts say stands in a receipt
      if (cohorts.length > 0) await closeAll(who, "Saved");
      recorded.push(id);
    },

    async answer(form, layers) {
      for (const [nth, given] of answersOf(layers).entries()) {
        const part = form.set(nth);
        const certain = [
          "Known for sure from a complete change record",
          "This stands for all questions of the layer",
          ...(given.verdict === "cleared" ? ["I rule my layer out"] : []),
        ];
        await part.tick(
          "Did this layer change or degrade near the window?",
          changeStates[given.answer],
        );
        await part.tick("How certain is that?", ...certain);
        await part.pick("Evidence for it", ...evidence(given.evidence_ids));
      }
      await form.press("Save");
      await form.isGone();
    },

    openInChecklist: openFromChecklist,

    async answerRows(who, claimed, rows) {
      const matrix = (scenario.strands[0]?.matrix ?? []).filter(({ row }) => rows.includes(row));
      const form = await openFromChecklist(
        who,
        `Opposing questions of ${layer(claimed)}`,
        "Opposing questions",
      );
      for (const row of matrix) {
        const part = form.set(Number(row.row.slice(-1)) - 1);
        const question = questions[row.row] ?? "";
        await form.choose(question, readingOf(row));
        await part.write("Why, in a sentence", row.answer);
        await part.pick("Evidence for it", ...evidence(row.evidence_ids));
      }
      await form.choose("Who says so?", `@${matrix[0]?.author}`);
      await form.press("Save");
      await form.isGone();
      await backToChannel(who);
    },

    async claim(who, { layer: id, verdict, confidence, contribution }) {
      const form = await openFromChecklist(who, `Set a verdict for ${layer(id)}`, "Set a verdict");
      await form.choose("What do you decide?", verdictKinds[verdict]);
      if (confidence) await form.tick("How sure is it?", confidences[confidence]);
      if (contribution)
        await form.write("How did it break, or what did it contribute?", contribution);
      await form.press("Set verdict");
      return form;
    },

    async fillAction(form, id) {
      const action = find(scenario.corrective_actions, id);
      await form.write("What will be changed?", action.title);
      await form.choose("Which layer does it change?", layer(action.layer));
      await form.choose("Who owns it?", `@${action.owner}`);
      await form.write("When is it due?", action.due?.slice(0, 10) ?? "");
      await form.write("How can somebody else tell that it is done?", action.criterion ?? "");
      await form.write("What enforces it?", action.enforcement ?? "");
      await form.write("How is it verified once it is in place?", action.verification ?? "");
      const kind = constraintKinds[action.constraint as "runtime"];
      await form.choose("What kind of change is it?", kind);
      await form.pick("What does it answer?", "Strand 1 ");
    },

    async recordGap(who, id) {
      const gap = find(scenario.detection_gaps, id);
      const form = await who.open("/incident gap", "Record a gap");
      await form.choose("What was missing?", gapKinds[gap.kind as "no_trace"]);
      await form.write("What would have shown the failure earlier?", gap.text);
      await form.choose("Which layer does it belong to?", layer(gap.layer));
      await form.pick("Which recorded actions answer it?", ...actionsFor(id));
      await form.press("Save");
      await form.isGone();
    },

    async recordFactor(who, id) {
      const factor = find(scenario.contributing_factors, id);
      const before = scenario.contributing_factors.filter(
        (one) => one.interacts_with.includes(id) && one.id < id,
      );
      const form = await who.open("/incident factor", "Record a factor");
      await form.write("Which condition made this more likely or worse?", factor.text);
      const category = factorCategories[factor.cat as "masking"];
      await form.choose("What kind of condition is it?", category);
      await form.choose("Which layer does it belong to?", layer(factor.layer));
      if (before.length > 0)
        await form.pick("Which factors did it act together with?", "Factor 1 ");
      const actions = actionsFor(id);
      if (actions.length > 0) await form.pick("Which recorded actions answer it?", ...actions);
      await form.press("Save");
      await form.isGone();
    },

    async recordGolden(who, id) {
      const golden = find(scenario.goldens, id);
      const form = await who.open("/incident golden", "Record a golden");
      await form.write("What is asked or done in the test?", golden.input);
      await form.write("When does it pass?", golden.pass_when);
      await form.write("What must hold before it runs?", golden.preconditions);
      const [from] = evidence([golden.from_evidence]);
      await form.choose("Which recorded failure does it reproduce?", new RegExp(`^${from}`));
      await form.press("Save");
      await form.isGone();
    },
  };
}

async function openFromChecklist(
  who: Person,
  button: string,
  title: string,
): Promise<FormOnScreen> {
  const checklist = await who.open("/incident checklist", "Checklist");
  await checklist.press(button);
  return who.form(title);
}

/** Closes the checklist, which is what stands below the form that was opened from it. */
async function backToChannel(who: Person): Promise<void> {
  const checklist = await who.form("Checklist");
  await checklist.press("Close");
  await checklist.isGone();
}

/** S0's questions against “Retrieval & data”, in the words of the form. */
const questions: Readonly<Record<string, string>> = {
  RD1: "Were the right documents retrieved but ignored?",
  RD2: "Does an access rule or filter in application code hide documents?",
  RD3: "Does a cache serve old answers?",
  RD4: "Did the prompt that rewrites queries change?",
  RD5: "Is the document true at its source?",
};

/** What each of them rules out when it is answered with no. */
function readingOf({ row }: ScenarioRow): string {
  const cleared: Record<string, string> = {
    RD1: "Does not point to Model",
    RD2: "Does not point to Integration & UI",
    RD3: "Does not point to Infrastructure",
    RD4: "Does not point to Prompt & policy",
    RD5: "Points to no other layer",
  };
  return cleared[row] ?? "";
}
