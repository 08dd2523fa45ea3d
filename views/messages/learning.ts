import type { KnownBlock } from "@slack/types";
import { reproductionMark } from "#src/domain/add-golden.ts";
import { earlierSignalMark } from "#src/domain/detection.ts";
import type { Mark } from "#src/domain/decision.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import type {
  AcceptedRisk,
  ContributingFactor,
  DetectionGap,
  Golden,
} from "#src/domain/learning.ts";
import { actedWith, answeredBy, idInWords } from "#src/domain/links.ts";
import { capacities, factorCategories, gapKinds } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import {
  actions,
  button,
  context,
  mention,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { found } from "#views/find.ts";
import { encodeHint } from "#views/hint.ts";
import { firstOf, incidentReference, numberedWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** A gap, a factor, a golden or an accepted risk in the channel, with what it is linked with. */
export function renderLearning(
  state: IncidentState,
  item: "gap" | "factor" | "golden" | "risk",
  number: number,
): MessageContent {
  switch (item) {
    case "gap":
      return renderGap(state, found(state.gaps, number, "gap"));
    case "factor":
      return renderFactor(state, found(state.factors, number, "factor"));
    case "golden":
      return renderGolden(state, found(state.goldens, number, "golden"));
    case "risk":
      return renderRisk(state, found(state.risks, number, "accepted risk"));
  }
}

function renderGap(state: IncidentState, gap: DetectionGap): MessageContent {
  const { number, kind, layer, statement } = gap;
  const id = `G${number}`;
  const mark = earlierSignalMark(state);
  const title = `Detection gap ${number}: ${gapKinds[kind].toLowerCase()}`;
  const what = `Detection gap ${number}, ${gapKinds[kind].toLowerCase()}`;
  return learning(state, `${what}: “${oneLine(statement, 300)}”.`, [
    section(mrkdwn`*${title}*`, `gap:${id}`),
    section(statement),
    ...(layer ? [context(`Layer: ${layers[layer].label}`)] : []),
    context(answeredWords(state, id)),
    ...(mark ? markBlocks(state, mark) : []),
    ...buttons(state, [
      ...(isAnswered(state, id)
        ? []
        : ([
            ["add-action", "File an action", { word: id }, `File an action for gap ${number}`],
            ["accept-risk", "Accept the risk", { word: id }, `Accept the risk of gap ${number}`],
          ] satisfies ButtonOf[])),
      ["add-gap", "Correct", { itemNumber: number }, `Correct gap ${number}`],
      [
        "link-items",
        "Edit links",
        { itemNumber: number, word: "gap" },
        `Edit links of gap ${number}`,
      ],
    ]),
  ]);
}

function renderFactor(state: IncidentState, factor: ContributingFactor): MessageContent {
  const { number, category, layer, statement } = factor;
  const id = `F${number}`;
  const title = `Contributing factor ${number}: ${factorCategories[category].toLowerCase()}`;
  const what = `Contributing factor ${number}, ${factorCategories[category].toLowerCase()}`;
  const others = actedWith(state, factor);
  const together = numberedWords("factor", others);
  return learning(state, `${what}: “${oneLine(statement, 300)}”.`, [
    section(mrkdwn`*${title}*`, `factor:${id}`),
    section(statement),
    context(`Layer: ${layers[layer].label}`),
    ...(others.length === 0 ? [] : [context(`Acted together with ${together}.`)]),
    context(answeredWords(state, id)),
    ...buttons(state, [
      ...(isAnswered(state, id)
        ? []
        : ([
            ["add-action", "File an action", { word: id }, `File an action for factor ${number}`],
          ] satisfies ButtonOf[])),
      ["add-factor", "Correct", { itemNumber: number }, `Correct factor ${number}`],
      [
        "link-items",
        "Edit links",
        { itemNumber: number, word: "factor" },
        `Edit links of factor ${number}`,
      ],
    ]),
  ]);
}

function renderGolden(state: IncidentState, golden: Golden): MessageContent {
  const { number, input, passWhen, preconditions, fromEvidence, strandNumbers } = golden;
  const mark = reproductionMark(golden);
  return learning(
    state,
    `Golden ${number} is recorded. It passes when: “${oneLine(passWhen, 300)}”.`,
    [
      section(
        mrkdwn`*Golden ${number}: a test that fails where this failure comes back*`,
        `golden:GP${number}`,
      ),
      section(`Asked or done: ${input}`),
      section(`Passes when: ${passWhen}`),
      ...(preconditions ? [context(`Before it runs: ${preconditions}`)] : []),
      ...(state.strands.length > 1
        ? [context(`For ${numberedWords("strand", strandNumbers)}.`)]
        : []),
      ...(fromEvidence === null ? [] : [context(`Reproduces evidence ${fromEvidence}.`)]),
      ...(mark ? markBlocks(state, mark) : []),
      ...buttons(state, [
        ["add-golden", "Correct", { itemNumber: number }, `Correct golden ${number}`],
      ]),
    ],
  );
}

function renderRisk(state: IncidentState, risk: AcceptedRisk): MessageContent {
  const { number, addresses, statement, signedBy, capacity } = risk;
  const who = capacity ? mrkdwn` with ${capacities[capacity].toLowerCase()} authority` : mrkdwn``;
  return learning(
    state,
    mrkdwn`${mention(signedBy)} accepted risk ${number}${who}: “${oneLine(statement, 300)}”.`,
    [
      section(
        mrkdwn`*Accepted risk ${number}*, signed by ${mention(signedBy)}${who}`,
        `risk:AR${number}`,
      ),
      section(statement),
      context(`Nothing will be done about ${listInWords(firstOf(addresses.map(idInWords)))}.`),
    ],
  );
}

function learning(
  state: IncidentState,
  said: string | Mrkdwn,
  blocks: readonly KnownBlock[],
): MessageContent {
  return content(mrkdwn`${incidentReference(state.incident)}: ${said}`, blocks);
}

function markBlocks({ incident }: IncidentState, { id, sentence, opens }: Mark): KnownBlock[] {
  if (!opens || incident.status !== "open") return [section(sentence, id)];
  const value = encodeHint({ incidentId: incident.id });
  return [section(sentence, id), actions(undefined, [button(opens.formId, opens.label, value)])];
}

type ButtonOf = [
  actionId: string,
  label: string,
  hint: { itemNumber?: number; word?: string },
  spoken: string,
];

/** The buttons of an item, while the incident takes changes. */
function buttons({ incident }: IncidentState, of: readonly ButtonOf[]): KnownBlock[] {
  if (incident.status !== "open") return [];
  return [
    actions(
      undefined,
      of.map(([actionId, label, hint, spoken]) =>
        button(actionId, label, encodeHint({ incidentId: incident.id, ...hint }), { spoken }),
      ),
    ),
  ];
}

/** Q4: which actions and signed risks answer it; said where there is none. */
function answeredWords(state: IncidentState, id: string): string {
  const answering = answeredBy(state, id);
  return answering.length > 0
    ? `Answered by ${listInWords(firstOf(answering))}.`
    : "No action answers it yet.";
}

function isAnswered(state: IncidentState, id: string): boolean {
  return answeredBy(state, id).length > 0;
}
