import type { IncidentState } from "#src/domain/incident.ts";
import { detectionAnswerTo, detectionQuestionIds } from "#src/domain/detection.ts";
import { layers } from "#src/domain/layers/index.ts";
import { detectionQuestions, gapKinds } from "#src/domain/vocabulary.ts";
import { table } from "#src/documents/github-markdown.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import { duration, utcMinute } from "#src/documents/times.ts";
import { lowerFirst, nameOf, noticedBy, said, saidLast } from "#src/documents/words.ts";
import { answeredWords } from "./answered-words.ts";
import { earliestWindows } from "./onset.ts";
import type { Section } from "./section.ts";

/** B11.10, B9: how it was noticed, what was missing, and the questions about detection, answered or not. */
export const detection: Section = {
  title: "Why detection did not catch it",
  render: (record) => [howNoticed(record.state), gaps(record), ...questions(record)].join("\n\n"),
};

function howNoticed(state: IncidentState): string {
  const { incident } = state;
  const { noticedAt, onsetAt, declaredAt } = incident;
  const signals = noticedBy(incident);
  const source = signals
    ? `It was noticed through ${signals}`
    : "How it was noticed is not recorded";
  if (!onsetAt) {
    const known =
      earliestWindows(state)?.sentence ??
      "When it began is not known, so neither is how long it ran unseen.";
    return `${source}. ${known}`;
  }
  const seen = noticedAt ?? declaredAt;
  return `${source}${signals ? "," : "; it was declared"} ${duration(onsetAt, seen)} after the estimated onset.`;
}

function gaps({ state }: IncidentRecord): string {
  if (state.gaps.length === 0) return "No detection gap is recorded.";
  const lines = state.gaps.map(({ number, kind, layer, statement }) => {
    const where = layer ? `, in ${layers[layer].label}` : "";
    const answered = answeredWords(state, `G${number}`, "**Nothing answers it yet.**");
    return `- **Gap ${number}**, ${lowerFirst(gapKinds[kind])}${where}: ${saidLast(statement)} ${answered}`;
  });
  return `What was missing to see it earlier:\n\n${lines.join("\n")}`;
}

function questions({ state, names }: IncidentRecord): string[] {
  const rows = detectionQuestionIds.flatMap((question) => {
    const given = detectionAnswerTo(state, question);
    if (!given) return [];
    const who = `${nameOf(names, given.author)}, ${utcMinute(given.recordedAt)}`;
    return [[detectionQuestions[question], said(given.answer), who]];
  });
  const open = detectionQuestionIds.filter((question) => !detectionAnswerTo(state, question));
  const heads = ["Question", "Answer", "Who says so, when (UTC)"];
  const which =
    rows.length > 0
      ? "These questions about detection were not answered:"
      : "None of the questions about detection was answered by anybody:";
  return [
    ...(rows.length > 0 ? [table(heads, rows)] : []),
    ...(open.length > 0
      ? [`${which}\n\n${open.map((question) => `- ${detectionQuestions[question]}`).join("\n")}`]
      : []),
  ];
}
