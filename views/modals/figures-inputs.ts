import type { KnownBlock } from "@slack/types";
import { splits } from "#src/domain/figures/figures.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { context, oneLine } from "#views/block-kit.ts";
import {
  checkboxesInput,
  dateTimeInput,
  fileInput,
  numberInput,
  selectInput,
  textInput,
} from "#views/inputs.ts";
import { listOf, textOf, type Values } from "#views/values.ts";
import { firstOf } from "#views/words.ts";
import { evidenceChoices } from "./choices.ts";
import { traceIdLabel, traceInputs } from "./trace-fields.ts";

/** The value of "No, this is a new replay". */
const newReplay = "new";

/** The fields in which counts are typed, pasted or prefilled; one line each row. Their block_ids are the keys. */
const countInputs = {
  arms: {
    label: "The arms, one a line: how many failed of how many runs",
    placeholder: "baseline: 9 of 20\neffort high (override, Orchestration & tools): 2 of 20",
    hint: "First the baseline, the request as it was. Then the overrides: each sets one thing back to its last known good value; several layers with “+”. Other roles: all last known good, reverse, mitigation (a patch, a fix, a new prompt: any change forward). CSV or JSON pasted here is read, too. With a file of test results below, write what each arm was meant to run with in place of its counts: “baseline: index_version=idx-1”. Results of a replay plan say that themselves.",
  },
  cohorts: {
    label: "Failures by group, one group a line",
    placeholder: "pool-1m: 61 of 100\npool-a: 3 of 100",
    hint: "How many failed of how many requests, at the same time. CSV or JSON pasted here is read, too.",
  },
  series: {
    label: "Or failures over time, one window a line",
    placeholder:
      "2025-08-05 12:00 to 2025-08-29 08:00, in: 80 of 10000\n2025-08-29 08:00 to 2025-09-04 12:00, out: 9 of 9000",
    hint: "Times in UTC; “in” where the change was in, “out” before and after. Only a part of it: put it behind, such as “, region eu-1”.",
  },
  ablation: {
    label: "The measure with the change and without it, one arm a line",
    placeholder: "claude-opus-4.6, with: 1200 of 4000\nclaude-opus-4.6, without: 1040 of 4000",
    hint: "How many failed of how many. To show it both ways, put the change back and add “claude-opus-4.6 added back, with: …”. CSV or JSON pasted here is read, too. With a file of test results below, write what each was meant to run with in place of its counts.",
  },
  stacks: {
    label: "The smallest request that fails, on each stack, one stack a line",
    placeholder: "CPU, control: 0 of 10\nTPU: 10 of 10",
    hint: "How many failed of how many runs; “control” is the stack that should hold. CSV or JSON pasted here is read, too. With a file of test results below, write what each was meant to run with in place of its counts.",
  },
} as const;
export type CountField = keyof typeof countInputs;
const countFields = Object.keys(countInputs) as CountField[];

/** The count fields of each kind that has any. */
export const countFieldsOf: Partial<Record<EvidenceKind, readonly CountField[]>> = {
  E4: ["arms"],
  E5: ["cohorts", "series"],
  E6: ["ablation"],
  E7: ["stacks"],
};

const measureLabel = "What was counted as a failure?";
const inputCountLabel = "Over how many unrelated inputs was the same mistake seen?";
const fileEndings = ["csv", "json", "txt"];
const splitChoices = Object.entries(splits).map(([value, { label }]) => ({ value, text: label }));

/** What a kind asks for before anything else: its counts, or the file that holds them (B3.1, R5 a to d). */
export function mainFigures(
  state: IncidentState,
  kind: EvidenceKind | null,
  values: Values,
): KnownBlock[] {
  switch (kind) {
    case "E4":
      return isAddingArms(kind, values)
        ? [...replayInput(state, values), ...addedArms(state, values), file()]
        : [...replayInput(state, values), count("arms", values, true), file()];
    case "E5":
      return [
        count("cohorts", values, true),
        selectInput("split_by", "What do the groups differ in?", splitChoices, {
          isOptional: true,
          initial: textOf(values, "split_by"),
          hint: "Asked for where groups are given.",
        }),
        count("series", values),
        tick("other_pins", "What else changed when it went in or out?", values, {
          value: "equal",
          text: "No other version changed at either edge",
        }),
        file(false),
      ];
    case "E6":
      return [
        count("ablation", values, true),
        tick("same_build", "Did anything else differ between the arms?", values, {
          value: "same",
          text: "Both arms ran on the same build",
        }),
        file(),
      ];
    case "E7":
      return [count("stacks", values, true), file()];
    case "E3":
      return traceInputs(values);
    default:
      return [];
  }
}

/** What a kind asks for besides, after what it shows and for which layers. */
export function moreFigures(kind: EvidenceKind | null, values: Values): KnownBlock[] {
  switch (kind) {
    case "E5":
    case "E6":
      return [measure(values), inputCount(values)];
    case "E1":
    case "E2":
      return [
        dateTimeInput("changed_at", "When did it change?", {
          isOptional: true,
          initial: dateIn(values, "changed_at"),
        }),
        tick("permission", "Is it about a permission?", values, {
          value: "permission",
          text: "It shows the permission that made an action possible",
        }),
      ];
    case "E10":
      return [
        tick("other_failure", "Which failure does it show?", values, {
          value: "other",
          text: "It shows another failure than the one this strand is about",
        }),
      ];
    default:
      return [];
  }
}

/** Whether an item is added to a replay that is recorded. */
export function isAddingArms(kind: string | null, values: Values): boolean {
  const replay = textOf(values, "replay");
  return kind === "E4" && replay !== null && replay !== newReplay;
}

/**
 * What was typed into fields that the form does not ask for any more, since another kind or replay was
 * chosen: it stays, marked as not saved, so that choosing wrongly costs nothing.
 */
export function leftOver(blocks: readonly KnownBlock[], values: Values): KnownBlock[] {
  const asked = new Set(blocks.map(({ block_id: id }) => id));
  const lost = (id: string) => !asked.has(id) && (textOf(values, id) ?? "").trim() !== "";
  const kept: KnownBlock[] = [
    ...countFields.filter(lost).map((field) => ({
      ...count(field, values),
      hint: undefined,
    })),
    ...Object.entries(plainTexts)
      .filter(([id]) => lost(id))
      .map(([id, label]) =>
        textInput(id, label, {
          isOptional: true,
          isMultiline: id === "what" || id === "slice",
          initial: textOf(values, id),
        }),
      ),
    ...(lost("input_count") ? [inputCount(values)] : []),
  ].map(({ hint: _, ...block }) => block as KnownBlock);
  if (kept.length === 0) return [];
  return [
    context("What stands below is kept while the form is open. It is not saved with this choice."),
    ...kept,
  ];
}

const plainTexts: Readonly<Record<string, string>> = {
  what: "What does it show?",
  link: "Where can others see it?",
  source: "Where does it come from?",
  slice: "Only for a part of it?",
  measure: measureLabel,
  trace: traceIdLabel,
};

/** Only where there is a replay to add to; the form follows the choice. */
function replayInput({ evidence }: IncidentState, values: Values): KnownBlock[] {
  const replays = evidence.filter(({ kind }) => kind === "E4");
  if (replays.length === 0) return [];
  const chosen = textOf(values, "replay") ?? newReplay;
  // one place is the new replay's
  const known = evidenceChoices(replays, [Number(chosen)], 99);
  return [
    selectInput(
      "replay",
      "Add to a replay that is recorded?",
      [{ value: newReplay, text: "No, this is a new replay" }, ...known],
      { isOptional: true, initial: chosen, isDispatched: true },
    ),
  ];
}

/** More arms for a replay: what it has, and the one that is missing most often, the reverse arm (R5a). */
function addedArms({ evidence }: IncidentState, values: Values): KnownBlock[] {
  const chosen = evidence.find(({ number }) => String(number) === textOf(values, "replay"));
  const has = (chosen?.data.arms ?? []).map(
    ({ name, n, fails }) => `${oneLine(name, 60)} ${fails} of ${n}`,
  );
  const typed = textOf(values, "arms");
  return [
    ...(has.length > 0 ? [context(`It has: ${firstOf(has).join(", ")}.`)] : []),
    textInput("arms", "The arms to add, one a line: how many failed of how many runs", {
      isOptional: true,
      isMultiline: true,
      initial: typed,
      placeholder: "last known good with effort medium (reverse, Orchestration & tools): 8 of 20",
      hint: "Its baseline counts for these, too. A reverse arm has everything at last known good and puts only the suspect back: if it fails again, that is the other half of the demonstration. With a file of test results below, write what each arm was meant to run with in place of its counts.",
      hasFocus: !typed,
    }),
  ];
}

function count(field: CountField, values: Values, hasFocus = false) {
  const { label, placeholder, hint } = countInputs[field];
  const typed = textOf(values, field);
  return textInput(field, label, {
    isOptional: true,
    isMultiline: true,
    initial: typed,
    placeholder,
    hint,
    hasFocus: hasFocus && !typed,
  });
}

/** `isOfTests`: what tools for tests write is read, too. */
function file(isOfTests = true): KnownBlock {
  return fileInput("file", "Or the counts as a file", {
    isOptional: true,
    // Slack lets only endings through that it knows: promptfoo's .jsonl comes as .txt
    endings: [...fileEndings, ...(isOfTests ? ["xml"] : [])],
    hint: isOfTests
      ? "CSV, JSON, or test results as they are: promptfoo's JSON, JUnit XML. At most 1 MB. I read it once you have saved, check what its rows really ran with, and tell you if something in it is wrong."
      : "CSV or JSON, at most 1 MB. I read it once you have saved, and tell you if something in it is wrong.",
  });
}

function tick(
  id: string,
  label: string,
  values: Values,
  choice: { value: string; text: string },
): KnownBlock {
  return checkboxesInput(id, label, [choice], { isOptional: true, initial: listOf(values, id) });
}

function measure(values: Values) {
  return textInput("measure", measureLabel, {
    isOptional: true,
    initial: textOf(values, "measure"),
    placeholder: "A wrong answer, as the graders see it",
  });
}

function inputCount(values: Values) {
  const typed = textOf(values, "input_count");
  return numberInput("input_count", inputCountLabel, {
    isOptional: true,
    initial: typed !== null && /^\d{1,9}$/.test(typed) ? typed : null,
    hint: "Three and more show that it is not one odd input. Leave it blank if nobody has looked.",
  });
}

function dateIn(values: Values, id: string): Date | null {
  const seconds = textOf(values, id);
  return seconds !== null && /^\d{10}$/.test(seconds) ? new Date(Number(seconds) * 1000) : null;
}
