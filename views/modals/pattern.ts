import type { KnownBlock } from "@slack/types";
import { z } from "zod";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import { currentAnswer } from "#src/domain/layer-state.ts";
import { levers } from "#src/domain/lever.ts";
import { type CascadeSettings, readCascade } from "#src/domain/patterns/cascade.ts";
import { isPatternId, type PatternId, patterns } from "#src/domain/patterns/index.ts";
import { offeredPatterns } from "#src/domain/patterns/offered.ts";
import type { PatternQuestion } from "#src/domain/patterns/pattern.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { ok } from "#src/lib/result.ts";
import { actions, button, context, mention, mrkdwn, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { checkboxesInput, modalView, textInput } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { answerWords, countOf, incidentLine } from "#views/words.ts";
import { fieldsOf, hintOf, readFields, someOf } from "./fields.ts";

export interface PatternProps {
  state: IncidentState;
  pattern: PatternId;
  /** The latency objective of the incident's service in milliseconds; null where nobody has set one. */
  objectiveMs: number | null;
  /** What was compared, where the form comes back with the result. */
  compared?: Cascade;
}

/** Numbers of a tool cascade, as they were typed into its checklist. */
export interface Cascade {
  settings: CascadeSettings;
  objectiveMs: number | null;
}

/** What a person asked to have compared, in which incident's checklist. */
export interface CompareInput extends Cascade {
  incidentId: IncidentId;
  pattern: PatternId;
}

/**
 * The checklist of a failure pattern: what it looks like, what limits the harm first, and its questions, each
 * with the way to answer. A tool cascade compares timeouts and retries with the latency objective (3.29).
 */
export const patternModal: Modal<PatternProps, CompareInput> = {
  callbackId: "pattern",

  render({ state, pattern, objectiveMs, compared }) {
    const { incident } = state;
    const { label, looksLike, questions, lever, leverWhy } = patterns[pattern];
    const hint = { incidentId: incident.id, word: pattern };
    const offer = offeredPatterns(state).find((one) => one.pattern === pattern);
    const isCascade = pattern === "tool_cascade";
    return modalView("pattern", {
      title: "Failure checklist",
      ...(isCascade ? { submit: "Compare" } : {}),
      hint,
      blocks: [
        ...(compared ? resultBlocks(incident.id, compared) : []),
        section(mrkdwn`*${label}*. ${looksLike}`),
        context(
          incidentLine(incident),
          ...(offer ? [`Offered because ${offer.because}.`] : []),
          "It asks, and decides nothing.",
        ),
        {
          ...section(mrkdwn`*First, limit the harm*: ${levers[lever].label}. ${leverWhy}`),
          accessory: button("stabilize", "Record a lever", encodeHint({ incidentId: incident.id })),
        },
        ...questions.flatMap((question, index) => questionBlocks(state, question, index + 1)),
        ...(isCascade ? cascadeFields(compared, objectiveMs) : []),
      ],
    });
  },

  parse(values, metadata) {
    const { incidentId, word } = hintOf(metadata);
    const fields = readFields(formFields, values);
    if (!fields.ok) return fields;
    const { timeout, retries, wait, doubles, calls, objective } = fields.value;
    return ok({
      incidentId,
      pattern: isPatternId(word) ? word : "tool_cascade",
      settings: {
        timeoutMs: timeout ?? 0,
        retries: retries ?? 0,
        backoffMs: wait ?? 0,
        isDoubling: doubles.includes("doubles"),
        calls: calls ?? 1,
      },
      objectiveMs: objective,
    });
  },
};

/** What the comparison says, as the text of an item of evidence. */
export function cascadeText({ settings, objectiveMs }: Cascade): string {
  return readCascade(settings, objectiveMs).sentence;
}

/** The numbers in a button's hint, since what was typed stands in no record. */
export function cascadeWord({ settings, objectiveMs }: Cascade): string {
  const { timeoutMs, retries, backoffMs, isDoubling, calls } = settings;
  return [timeoutMs, retries, backoffMs, Number(isDoubling), calls, objectiveMs ?? ""].join(",");
}

/** The numbers of a hint; undefined where they are none of ours. */
export function parseCascadeWord(word: string | undefined): Cascade | undefined {
  const match = /^([1-9]\d{0,7}),(\d{1,2}),(\d{1,8}),([01]),([1-9]\d{0,2}),(\d{0,8})$/.exec(
    word ?? "",
  );
  if (!match) return undefined;
  const [timeoutMs = 1, retries = 0, backoffMs = 0, doubles, calls = 1] = match
    .slice(1)
    .map(Number);
  return {
    settings: { timeoutMs, retries, backoffMs, isDoubling: doubles === 1, calls },
    objectiveMs: match[6] === "" ? null : Number(match[6]),
  };
}

function resultBlocks(incidentId: IncidentId, compared: Cascade): KnownBlock[] {
  return [
    section(readCascade(compared.settings, compared.objectiveMs).sentence, "cascade"),
    actions("cascade-buttons", [
      button(
        "record-cascade",
        "Record as evidence",
        encodeHint({ incidentId, word: cascadeWord(compared) }),
        { style: "primary" },
      ),
    ]),
  ];
}

function questionBlocks(
  state: IncidentState,
  { question, layer, evidence, look }: PatternQuestion,
  number: number,
): KnownBlock[] {
  const { id: incidentId } = state.incident;
  const { label } = layers[layer];
  const kind = evidenceKinds[evidence];
  const [strand] = state.strands;
  const answer = strand && currentAnswer(state, strand.number, layer);
  const where = state.strands.length > 1 ? `${label} in strand 1` : label;
  const items = state.evidence.filter((item) => item.kind === evidence).length;
  return [
    section(mrkdwn`*${number}. ${question}*\n${look}`),
    context(
      answer
        ? mrkdwn`${where}: ${answerWords(answer)}, says ${mention(answer.author)}.`
        : `${where}: not answered yet.`,
      `${kind}: ${items === 0 ? "none recorded" : `${countOf(items, "item")} recorded`}.`,
    ),
    actions(`pattern-question:${number}`, [
      button("add-evidence", "Add evidence", encodeHint({ incidentId, word: evidence }), {
        spoken: `Add evidence for question ${number}: ${kind}`,
      }),
      button(
        "answer-layers",
        answer ? "Correct the answer" : "Answer",
        encodeHint({ incidentId, layers: layerIds.filter((id) => id === layer) }),
        { spoken: `${answer ? "Correct the answer" : "Answer"} for ${label}, question ${number}` },
      ),
    ]),
  ];
}

function cascadeFields(compared: Cascade | undefined, objectiveMs: number | null): KnownBlock[] {
  const typed = compared?.settings;
  const objective = compared ? compared.objectiveMs : objectiveMs;
  return [
    section(mrkdwn`*Do timeout and retries fit?* Type what the tool's client is set to.`),
    textInput("timeout", "Timeout of one attempt, in milliseconds", {
      initial: typed ? String(typed.timeoutMs) : null,
      placeholder: "4000",
    }),
    textInput("retries", "Retries after the first attempt", {
      initial: typed ? String(typed.retries) : null,
      placeholder: "2",
    }),
    textInput("wait", "Wait before a retry, in milliseconds", {
      isOptional: true,
      initial: typed ? String(typed.backoffMs) : null,
      placeholder: "500",
    }),
    checkboxesInput("doubles", "How it waits", [doubles], {
      isOptional: true,
      initial: typed?.isDoubling ? [doubles.value] : [],
    }),
    textInput("calls", "Calls that one request makes one after the other", {
      isOptional: true,
      initial: typed ? String(typed.calls) : null,
      placeholder: "1",
    }),
    textInput("objective", "Within how many milliseconds is it to answer?", {
      isOptional: true,
      initial: objective === null ? null : String(objective),
      hint:
        objectiveMs === null
          ? "The service has no latency objective yet."
          : "The latency objective of the service.",
    }),
  ];
}

const doubles = { value: "doubles", text: "The wait doubles with each retry" };

const dayMs = 86_400_000;

/** A whole number, thousands with commas or not, with or without "ms" or as seconds: "4 s". Blank is null. */
function wholeNumber(min: number, max: number, error: string) {
  return z.preprocess(
    (value) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null),
    z
      .string()
      .transform((text, check) => {
        const [, digits = "", unit = ""] = /^([\d,]{1,12})\s*(ms|s)?$/i.exec(text) ?? [];
        const plain = digits.replaceAll(/,(?=\d{3}(?:,|$))/g, "");
        const number = /^\d+$/.test(plain) ? Number(plain) * (/^s$/i.test(unit) ? 1000 : 1) : -1;
        if (number >= min && number <= max) return number;
        check.addIssue({ code: "custom", message: error });
        return z.NEVER;
      })
      .nullable(),
  );
}

const timeoutError = "Give a whole number of milliseconds, from 1 to a day, such as 4000.";
const retriesError = "Give a whole number from 0 to 20: how often it is tried again.";

// built once: a form is parsed while Slack waits
const formFields = fieldsOf({
  timeout: wholeNumber(1, dayMs, timeoutError).refine((ms) => ms !== null, timeoutError),
  retries: wholeNumber(0, 20, retriesError).refine((many) => many !== null, retriesError),
  wait: wholeNumber(
    0,
    dayMs,
    "Give a whole number of milliseconds, from 0 to a day, or leave it blank.",
  ),
  doubles: someOf(["doubles"]),
  calls: wholeNumber(1, 100, "Give a whole number from 1 to 100, or leave it blank for one."),
  objective: wholeNumber(
    1,
    dayMs,
    "Give a whole number of milliseconds, from 1 to a day, or leave it blank.",
  ),
});
