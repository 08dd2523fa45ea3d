import { err, ok, type Result } from "#src/lib/result.ts";
import { requestAnswers, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision, Mark } from "./decision.ts";
import type { Answer } from "./evidence.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import type { AnswerLayersInput, LayerAnswerInput } from "./inputs.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";
import { nextVerdictRevision } from "./layer-state.ts";
import { changesByOthers, type LaterEntry, overtaken, printOfAnswer } from "./meanwhile.ts";
import { nothingNew } from "./nothing-new.ts";
import { nextRevision } from "./next-number.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import {
  refuseOverClaim,
  ruleOut,
  setsVerdict,
  stillRuledOut,
  strandsNotRuledOut,
  takenBack,
  withAnswer,
} from "./ruling-out.ts";
import { updateStrands } from "./strand-effects.ts";
import type { NewTimelineEntry } from "./timeline.ts";
import { gapsAfterAnswer } from "./undeterminable-gaps.ts";
import { changeStates } from "./vocabulary.ts";
import { layersInWords } from "./words.ts";

/**
 * Records the answers of one form, each as the next revision of its layer; "I rule my layer out" sets
 * the verdict cleared (not applicable, where that is the answer) for the strands the answer covers,
 * where R2 finds nothing missing; else the answer is kept and says what is. An answer without the tick
 * takes such a verdict back. A claim is left alone (`ruling-out.ts`). `later`: what was recorded since
 * the form was drawn.
 */
export function decideAnswerLayers(
  state: IncidentState,
  input: AnswerLayersInput,
  by: By,
  later: readonly LaterEntry[] = [],
): Result<Decision, Rejection> {
  const given = input.answers.filter((one) => !isLeftAsShown(one, later));
  const rejection =
    refuseIfOver(state.incident) ??
    unknownInAnswers(state, input) ??
    given.map((one) => refuseOverClaim(state, one)).find((one) => one) ??
    refuseWording(Object.fromEntries(given.map((one) => [`sentence:${one.layer}`, one.sentence])));
  if (rejection) return err(rejection);

  // a form of several layers comes back with those that nobody touched: they are not answered anew
  const touched = given.filter((one) => !saysTheSame(state, one));
  const isOtherAuthor = given.some((one) => standingAnswer(state, one)?.author !== input.author);
  const changed = touched.length === 0 && isOtherAuthor ? given : touched;
  if (changed.length === 0) return ok(nothingNew(state));
  const meanwhile = changesByOthers(
    later,
    by.userId,
    (entry) => changed.some((one) => isAbout(entry, one)),
    answeredInWords,
  );
  if (meanwhile.length > 0) return err(overtaken(meanwhile));

  const answers: Answer[] = [];
  const verdicts: Verdict[] = [];
  const endedVerdicts: Verdict[] = [];
  const marks: Mark[] = [];
  for (const one of changed) {
    const { layer, rulesOut: _, isBeyondTelling: __, seen: ___, ...said } = one;
    const answer: Answer = {
      ...said,
      layer,
      // the short form does not ask them: what was said to single questions stands
      questionAnswers: standingAnswer(state, one)?.questionAnswers ?? {},
      author: input.author,
      recorder: by.userId,
      recordedAt: by.now,
      revision: nextRevision([...state.answers, ...answers].filter((a) => a.layer === layer)),
    };
    answers.push(answer);
    const { claims, refused } = ruleOut(state, one, answer);
    for (const claim of claims) {
      const standing = { ...state, verdicts: [...state.verdicts, ...verdicts] };
      const revision = nextVerdictRevision(standing, claim.strandNumber, layer);
      verdicts.push({ ...claim, recorder: by.userId, recordedAt: by.now, revision });
    }
    const refusedStrands = refused.map(({ strandNumber }) => strandNumber);
    endedVerdicts.push(...takenBack(state, one, refusedStrands));
    marks.push(...notRuledOutYet(state, layer, refused), ...questionsOf(answer));
  }

  const answered: LayerId[] = [...new Set(answers.map((answer) => answer.layer))];
  const untouchedClaims = changed.flatMap((one) => stillRuledOut(state, one) ?? []);
  const recorded = `Recorded the answer for ${layersInWords(answered)}.`;
  const gaps = gapsAfterAnswer(answers.reduce(withAnswer, state), null, by);
  return ok({
    changes: {
      incident: { phase: phaseAfter(state.incident.phase, "diagnosing") },
      answers,
      verdicts,
      endedVerdicts: endedVerdicts.map(({ strandNumber, layer, scope }) => ({
        strandNumber,
        layer,
        scope,
      })),
      ...gaps.changes,
    },
    timeline: [
      ...entriesOf(answers, verdicts, endedVerdicts, input).map((entry): NewTimelineEntry => ({
        lane: "diagnosis",
        happenedAt: by.now,
        actor: by.userId,
        ...entry,
      })),
      ...gaps.timeline,
    ],
    effects: [
      updatePanel(state.incident.id),
      ...requestAnswers(state, answered),
      ...answers.flatMap((answer) => updateStrands(state, answer.strandNumbers)),
      ...gaps.effects,
    ],
    outcome: {
      sentence: [recorded, ...untouchedClaims].join(" "),
      incidentId: state.incident.id,
      ...(untouchedClaims.length + marks.length > 0 ? { isShown: true } : {}),
      ...(marks.length > 0 ? { marks } : {}),
    },
  });
}

function entriesOf(
  answers: Answer[],
  verdicts: Verdict[],
  endedVerdicts: Verdict[],
  { author }: AnswerLayersInput,
): Pick<NewTimelineEntry, "kind" | "data">[] {
  return [
    ...answers.map(({ layer, change, sentence, revision, strandNumbers: strands }) => ({
      kind: "answer_recorded" as const,
      data: { layer, change, sentence, author, revision, strands },
    })),
    ...verdicts.map(({ strandNumber: strand, layer, verdict, confidence, contribution }) => ({
      kind: "verdict_set" as const,
      data: { strand, layer, verdict, confidence, contribution, author },
    })),
    ...endedVerdicts.map(({ strandNumber: strand, layer, verdict }) => ({
      kind: "verdict_taken_back" as const,
      data: { strand, layer, verdict, author },
    })),
  ];
}

/** R2: the tick was not admissible. The first strand's sentence says what to do; the others miss the same or more. */
function notRuledOutYet(
  state: IncidentState,
  layer: LayerId,
  refused: ReturnType<typeof ruleOut>["refused"],
): Mark[] {
  const [first] = refused;
  if (!first) return [];
  const { rules, missing, sentence } = first.refusal;
  const where = refused.slice(0, 10).map(({ strandNumber }) => strandNumber);
  const more = refused.length > where.length ? " and others" : "";
  const strands =
    state.strands.length > 1 ? ` This is about strand ${where.join(", ")}${more}.` : "";
  return [
    {
      id: `insufficient:${rules.join("+")}:${missing.join(",")}`,
      sentence: `Your answer is saved. ${sentence}${strands} Then tick it again.`,
      opens: { formId: "add-evidence", label: `Add evidence about ${layers[layer].label}` },
    },
  ];
}

/** B2, the second step: offered where the short answer does not speak for them. */
function questionsOf({ layer, change, standsForAllQuestions }: Answer): Mark[] {
  if (standsForAllQuestions || change === "not_applicable") return [];
  const { label, questions } = layers[layer];
  return [
    {
      id: `questions:${layer}`,
      sentence: `If you know more: ${label} has ${questions.length} questions. You can leave them, or answer those that you can.`,
      opens: { formId: "answer-questions", label: `Questions of ${label}`, layers: [layer] },
    },
  ];
}

/** Nobody touched it in the form, and somebody else has answered since: what they said stands. */
function isLeftAsShown(given: LayerAnswerInput, later: readonly LaterEntry[]): boolean {
  return (
    given.seen !== undefined &&
    given.seen === printOfAnswer(given) &&
    later.some((entry) => isAbout(entry, given))
  );
}

function isAbout({ kind, data }: LaterEntry, given: LayerAnswerInput): boolean {
  if (kind !== "answer_recorded" || data["layer"] !== given.layer) return false;
  const strands = data["strands"];
  if (!Array.isArray(strands) || given.strandNumbers === null) return true;
  return given.strandNumbers.some((number) => (strands as number[]).includes(number));
}

function answeredInWords({ data }: LaterEntry): string {
  const change = changeStates[data["change"] as keyof typeof changeStates];
  return `answered “${change}” for ${layers[data["layer"] as LayerId].label}`;
}

function standingAnswer(state: IncidentState, given: LayerAnswerInput): Answer | undefined {
  return state.answers.find((answer) => keyOf(answer) === keyOf(given));
}

/** Whether exactly this is recorded already, whoever said so, and the layer ruled out or not as the form says. */
function saysTheSame(state: IncidentState, given: LayerAnswerInput): boolean {
  const standing = standingAnswer(state, given);
  if (!standing) return false;
  const isSame =
    standing.change === given.change &&
    standing.isSourceComplete === given.isSourceComplete &&
    standing.standsForAllQuestions === given.standsForAllQuestions &&
    standing.sentence === given.sentence &&
    // a menu gives them in an order of its own
    inOrder(standing.evidenceNumbers) === inOrder(given.evidenceNumbers);
  const toSet = setsVerdict(given) ? strandsNotRuledOut(state, given) : takenBack(state, given);
  return isSame && toSet.length === 0;
}

function inOrder(numbers: readonly number[]): string {
  return numbers.toSorted((a, b) => a - b).join();
}

function unknownInAnswers(state: IncidentState, input: AnswerLayersInput): Rejection | undefined {
  const seen = new Set<string>();
  for (const answer of input.answers) {
    const { layer, strandNumbers, evidenceNumbers } = answer;
    const unknown = unknownReference(state, { layers: [layer], strandNumbers, evidenceNumbers });
    if (unknown) return unknown;
    const key = keyOf(answer);
    if (seen.has(key)) {
      const message = `${layers[layer].label} is answered twice in this form. Keep one of the two.`;
      return { code: "bad_field", field: `change:${layer}`, message };
    }
    seen.add(key);
  }
  return undefined;
}

function keyOf({ layer, strandNumbers }: Pick<Answer, "layer" | "strandNumbers">): string {
  return `${layer}:${strandNumbers?.join("+") ?? "all"}`;
}
