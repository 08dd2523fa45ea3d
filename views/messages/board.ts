import type { Answer } from "#src/domain/evidence.ts";
import type { IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { currentVerdicts, isExamined, layerState } from "#src/domain/layer-state.ts";
import { changesInWindow } from "#src/domain/ledger/window-changes.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { answererOf, answerStanding } from "#src/domain/owners/owner.ts";
import {
  dateTime,
  joinMrkdwn,
  mrkdwn,
  mention,
  mentionGroup,
  type Mrkdwn,
} from "#views/block-kit.ts";
import { answerWords, countOf, numberedWords, verdictWords } from "#views/words.ts";

/** Who is asked for each layer, who is late, who answered what, what was decided. */
export function boardText(state: IncidentState): Mrkdwn {
  const answered = layerIds.filter((layer) => isExamined(state, layer));
  const title = mrkdwn`*Evidence board: ${answered.length} of ${layerIds.length} layers answered, ${countOf(state.evidence.length, "item")} of evidence*`;
  return joinMrkdwn([title, ...layerIds.map((layer) => boardLine(state, layer))], "\n");
}

function boardLine(state: IncidentState, layer: LayerId): Mrkdwn {
  const owner = state.owners.find((one) => one.layer === layer);
  const answers = answersFor(state, layer);
  const told =
    answers.length === 0
      ? notAnswered(state, layer, owner)
      : joinMrkdwn(
          [
            ...answers.slice(0, perLayerAtMost).map((answer) => answerLine(answer, owner)),
            ...(answers.length > perLayerAtMost
              ? [mrkdwn`${countOf(answers.length - perLayerAtMost, "more answer")}`]
              : []),
            ...stillOpen(state, layer, owner),
          ],
          "; ",
        );
  const verdicts = verdictsFor(state, layer);
  const decided = verdicts.length === 0 ? mrkdwn`` : mrkdwn`. *${joinMrkdwn(verdicts, "; ")}*`;
  return mrkdwn`• *${layers[layer].label}* (${ownerWords(owner)}): ${told}${decided}${changedWords(state, layer)}`;
}

/** What the ledger found of a layer: ". 2 changes, 1 undeclared"; empty where nothing. */
function changedWords(state: IncidentState, layer: LayerId): string {
  const found = changesInWindow(state).filter((one) => one.layer === layer);
  if (found.length === 0) return "";
  const undeclared = found.filter(({ isDeclared }) => !isDeclared).length;
  return `. ${countOf(found.length, "change")}${undeclared === 0 ? "" : `, ${undeclared} undeclared`}`;
}

function notAnswered(
  state: IncidentState,
  layer: LayerId,
  owner: LayerOwner | undefined,
  where = "",
): Mrkdwn {
  if (state.incident.status !== "open") return mrkdwn`_not answered${where}_`;
  if (answerStanding(state, layer) !== "late" || !owner?.remindedAt) {
    return mrkdwn`_not answered yet${where}_`;
  }
  return mrkdwn`*late*${where}, reminded ${dateTime(owner.remindedAt)}`;
}

/** An answer can stand for one strand alone: the others still wait. */
function stillOpen(state: IncidentState, layer: LayerId, owner: LayerOwner | undefined): Mrkdwn[] {
  const open = state.strands
    .map(({ number }) => number)
    .filter((number) => layerState(state, number, layer) === "unexamined");
  if (open.length === 0) return [];
  return [notAnswered(state, layer, owner, ` for ${numberedWords("strand", open, 5)}`)];
}

/** Answers and verdicts shown for one layer; the checklist has them all. */
const perLayerAtMost = 2;

/** The answers to a layer; one for single strands that says the same as the one for all goes without saying. */
function answersFor(state: IncidentState, layer: LayerId): Answer[] {
  const answers = state.answers.filter((answer) => answer.layer === layer);
  const forAll = answers.find(({ strandNumbers }) => strandNumbers === null);
  return answers.filter(
    (answer) =>
      answer === forAll ||
      forAll === undefined ||
      answer.author !== forAll.author ||
      answerWords(answer) !== answerWords(forAll),
  );
}

function answerLine(answer: Answer, owner: LayerOwner | undefined): Mrkdwn {
  const { strandNumbers } = answer;
  const where = strandNumbers === null ? "" : ` (${numberedWords("strand", strandNumbers, 5)})`;
  const asked = owner && answererOf(owner);
  const who = answer.author === asked ? mrkdwn`` : mrkdwn`, says ${mention(answer.author)}`;
  return mrkdwn`${answerWords(answer)}${who}${where}`;
}

/** The verdicts on a layer where there is one strand; several strands are listed by themselves. */
function verdictsFor(state: IncidentState, layer: LayerId): Mrkdwn[] {
  const [only, ...others] = state.strands;
  if (!only || others.length > 0) return [];
  return currentVerdicts(state, only.number)
    .filter((verdict) => verdict.layer === layer)
    .slice(0, perLayerAtMost)
    .map((verdict) => mrkdwn`${verdictWords(verdict)}`);
}

/** Who is asked for a layer: whoever took it, a person, a user group, or "nobody named". */
export function ownerWords(owner: LayerOwner | undefined): Mrkdwn {
  const person = owner && answererOf(owner);
  if (person) return mention(person);
  if (owner?.groupId) return mentionGroup(owner.groupId);
  return mrkdwn`nobody named`;
}
