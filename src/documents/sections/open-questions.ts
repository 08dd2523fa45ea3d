import type { IncidentState } from "#src/domain/incident.ts";
import { isAttributed, isUndeterminable, openLayers } from "#src/domain/layer-state.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { answeredBy } from "#src/domain/links.ts";
import { reasonsInWords } from "#src/domain/recurrence.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import type { SimilarRecord } from "#src/documents/record.ts";
import { link } from "#src/documents/github-markdown.ts";
import { evidenceWords, said } from "#src/documents/words.ts";
import { earliestWindows } from "./onset.ts";
import type { Section } from "./section.ts";

/** B11.16: what the record itself leaves open, so that nobody takes it for settled, and which incidents look like it (R13). */
export const openQuestions: Section = {
  title: "Open questions",
  render: ({ state, similar }) => {
    const open = [
      ...state.strands.flatMap(({ number }) => ofStrand(state, number)),
      ...ofRecord(state),
    ];
    const like = similar.map(similarLine);
    if (open.length + like.length === 0) return undefined;
    return [
      ...open.map((line) => `- ${line}`),
      ...(like.length === 0
        ? []
        : ["", "Similar incidents:", "", ...like.map((line) => `- ${line}`)]),
    ]
      .join("\n")
      .trim();
  },
};

const answers = {
  shown: "Nobody has said whether it is the same failure.",
  linked: "",
  reopened: "It was reopened.",
  dismissed: "It is another failure.",
} as const;

/** R13: why it looks the same, what people said to it, and what of it is still open. */
function similarLine({ number, title, url, state, ...one }: SimilarRecord): string {
  const name = (url === null ? undefined : link(`Incident ${number}`, url)) ?? `Incident ${number}`;
  const why =
    one.reasons.length === 0 ? "linked by hand" : reasonsInWords(one.reasons, one.isSameLayer);
  const open =
    one.openActions === 0
      ? ""
      : `${one.openActions} of its actions ${one.openActions === 1 ? "is" : "are"} not known to be done.`;
  return [`${name}, ${said(title)}: ${why}.`, answers[state], open]
    .filter((part) => part !== "")
    .join(" ");
}

function ofStrand(state: IncidentState, number: number): string[] {
  const where = state.strands.length > 1 ? `Strand ${number}: ` : "";
  const unknown = layerIds.filter((layer) => isUndeterminable(state, number, layer));
  const unanswered = openLayers(state, number);
  return [
    ...(isAttributed(state, number) ? [] : [`${where}what broke first is not known.`]),
    ...(unknown.length > 0
      ? [`${where}${layersInWords(unknown)} cannot be told: what was needed to tell was not kept.`]
      : []),
    ...(unanswered.length > 0
      ? [`${where}nobody has answered for ${layersInWords(unanswered)}.`]
      : []),
  ];
}

function ofRecord(state: IncidentState): string[] {
  const { incident, gaps, factors, goldens, levers, actions, evidence } = state;
  const bare = gaps.filter(({ number }) => answeredBy(state, `G${number}`).length === 0);
  const unanswered = factors.filter(({ number }) => answeredBy(state, `F${number}`).length === 0);
  const unwatched = levers.filter((use) => use.harmSignal !== null && use.hasHarmMoved === null);
  const unseen = levers.filter((use) => use.state === "claimed");
  const unfiled = actions.filter(({ issueNumber }) => issueNumber === null);
  const unverified = evidence.filter(
    ({ kind, isVerified }) => kind === "E10" && isVerified === null,
  );
  const hasTest = goldens.some(({ fromEvidence }) => fromEvidence !== null);
  return [
    ...(incident.onsetAt
      ? []
      : [earliestWindows(state)?.sentence ?? "When it began is not known."]),
    ...(incident.recoveredAt ? [] : ["When users were no longer affected is not recorded."]),
    ...(bare.length > 0 ? [`No action and no signed risk answers gap ${numbersOf(bare)}.`] : []),
    ...(unanswered.length > 0
      ? [`No action answers contributing factor ${numbersOf(unanswered)}.`]
      : []),
    ...(unwatched.length > 0
      ? [
          `Nobody has said whether lever ${numbersOf(unwatched)} moved the number that shows the harm.`,
        ]
      : []),
    ...(hasTest ? [] : ["No regression test is made of a recorded failure of this incident."]),
    ...(unseen.length > 0
      ? [`The authorizer of lever ${numbersOf(unseen)} never confirmed having authorized it.`]
      : []),
    ...(unfiled.length > 0
      ? [
          `Action ${numbersOf(unfiled)} ${unfiled.length === 1 ? "is" : "are"} not filed as an issue.`,
        ]
      : []),
    ...(unverified.length > 0
      ? [
          `Nobody has verified ${evidenceWords(unverified.map(({ number }) => number))}; reports like these do not count until somebody has.`,
        ]
      : []),
  ];
}

function numbersOf(items: readonly { number: number }[]): string {
  return listInWords(items.map(({ number }) => String(number)));
}
