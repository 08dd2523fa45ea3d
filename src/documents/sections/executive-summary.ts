import { weakRulesOf } from "#src/domain/action-checks.ts";
import { isOfEarlierVerdict } from "#src/domain/dissent.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import type { Incident, IncidentState, LeverUse } from "#src/domain/incident.ts";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import { currentAnswer, currentVerdicts, supportingItems } from "#src/domain/layer-state.ts";
import { leverWords } from "#src/domain/lever-use.ts";
import { outcomeOf } from "#src/domain/outcome.ts";
import { isSameMinute } from "#src/domain/past-time.ts";
import { layersInWords } from "#src/domain/words.ts";
import { incidentClasses } from "#src/domain/vocabulary.ts";
import { inline } from "#src/documents/github-markdown.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import { duration, utcTime } from "#src/documents/times.ts";
import { contributions, firstBroke, proximateVerdicts } from "#src/documents/what-broke.ts";
import { count, lowerFirst, noticedBy, said, saidLast, sentence } from "#src/documents/words.ts";
import { earliestWindows } from "./onset.ts";
import type { Section } from "./section.ts";

/** B11.2, 3.21: what failed for whom, how long, how it was mitigated, what broke first, what follows. Estimates are called that. */
export const executiveSummary: Section = {
  title: "Executive summary",
  render: (record) =>
    [
      whatFailed(record.state.incident),
      howLong(record.state),
      mitigation(record.state),
      ...whatBrokeFirst(record.state),
      basis(record),
      whatFollows(record.state),
    ].join("\n\n"),
};

function whatFailed(incident: Incident): string {
  const { severity, incidentClass, serviceName, userImpact } = incident;
  const kind = incidentClass ? `${lowerFirst(incidentClasses[incidentClass])} ` : "";
  const service = serviceName ? ` of ${inline(serviceName)}` : "";
  const drill = incident.isDrill ? " It was a drill." : "";
  const impact = userImpact
    ? ` What users saw, as reported and not measured: ${saidLast(userImpact)}`
    : " What users saw is not recorded.";
  return `This was a ${severity} ${kind}incident${service}: ${saidLast(incident.title)}${drill}${impact}`;
}

function howLong(state: IncidentState): string {
  const { incident } = state;
  const { onsetAt, noticedAt, declaredAt, closedAt, recoveredAt } = incident;
  const isOneEnd = closedAt !== null && recoveredAt !== null && isSameMinute(closedAt, recoveredAt);
  const signals = noticedBy(incident);
  const source = signals ? `, through ${signals},` : "";
  return [
    onsetAt
      ? `By estimate it began on ${utcTime(onsetAt)}.`
      : (earliestWindows(state)?.sentence ??
        "When it began is not known; nobody has estimated it."),
    noticedAt
      ? `It was noticed${source} on ${utcTime(noticedAt)}${onsetAt ? `, ${duration(onsetAt, noticedAt)} later` : ""}, and declared ${duration(noticedAt, declaredAt)} after that.`
      : `It was declared on ${utcTime(declaredAt)}${onsetAt ? `, ${duration(onsetAt, declaredAt)} later` : ""}.`,
    ...(isOneEnd ? [] : [recovery(incident)]),
    closedAt
      ? `The response ended${isOneEnd ? ", and recovery was reached," : ""} on ${utcTime(closedAt)}, ${duration(declaredAt, closedAt)} after the declaration${onsetAt ? ` and ${duration(onsetAt, closedAt)} after the estimated onset` : ""}.`
      : "The response has not ended.",
  ].join(" ");
}

function recovery({ recoveredAt, onsetAt, declaredAt }: Incident): string {
  return recoveredAt
    ? `Recovery was reached on ${utcTime(recoveredAt)}, ${duration(onsetAt ?? declaredAt, recoveredAt)} after ${onsetAt ? "the estimated onset" : "the declaration"}.`
    : "When users were no longer affected is not recorded.";
}

function mitigation({ levers, incident }: IncidentState): string {
  if (levers.length === 0) {
    return incident.noLeverNeededWhy
      ? `No lever was needed to limit the harm: ${saidLast(incident.noLeverNeededWhy)}`
      : "No stabilization lever was recorded.";
  }
  const used = `To limit the harm, ${count(levers.length, "measure")} ${levers.length === 1 ? "(a lever) was" : "(levers) were"} taken.`;
  return [used, ...levers.map(leverSentence)].join(" ");
}

function leverSentence(use: LeverUse): string {
  const what = said(leverWords(use));
  const tradeoff = sentence(use.tradeoff);
  if (!use.endedAt || use.endedHow === "kept") {
    const kept = use.endedAt ? " and is kept for good" : "";
    return `${what} has been in force since ${utcTime(use.startedAt)}${kept}. What is given up for it: ${tradeoff}`;
  }
  return `${what} was in force for ${duration(use.startedAt, use.endedAt)} and was then taken back. What was given up for it: ${tradeoff}`;
}

/** The first strands by themselves; the others are counted, and told under “Attribution”. */
function whatBrokeFirst(state: IncidentState): string[] {
  const shown = state.strands.slice(0, strandsAtMost).map(({ number }) => whatBroke(state, number));
  const more = state.strands.length - shown.length;
  return more > 0
    ? [
        ...shown,
        `${count(more, "more strand")} ${more === 1 ? "is" : "are"} told under “Attribution”.`,
      ]
    : shown;
}

const strandsAtMost = 8;

function whatBroke(state: IncidentState, strandNumber: number): string {
  const strand = state.strands.find((one) => one.number === strandNumber);
  const subject =
    state.strands.length > 1 ? `**In strand ${strandNumber} (${said(strand?.name ?? "")})** ` : "";
  const parts = [
    `${subject}${firstBroke(state, strandNumber)}`,
    ...whyBelieved(state, strandNumber),
  ];
  for (const { layer, contribution } of contributions(state, strandNumber)) {
    parts.push(`${layers[layer].label} contributed: ${sentence(contribution ?? "")}`);
  }
  const verdicts = currentVerdicts(state, strandNumber);
  const cleared = layerIds.filter((layer) =>
    verdicts.some((one) => one.layer === layer && one.verdict === "cleared"),
  );
  if (cleared.length > 0)
    parts.push(`${layersInWords(cleared)} ${cleared.length === 1 ? "was" : "were"} ruled out.`);
  return parts.join(" ");
}

/** What the owner of the layer that broke says of it, and the evidence for it, the decisive kinds first. */
function whyBelieved(state: IncidentState, strandNumber: number): string[] {
  const [named] = proximateVerdicts(state, strandNumber);
  if (!named || outcomeOf(state, strandNumber).kind !== "layer") return [];
  const isDecisive = (item: EvidenceItem) => decisiveLayers(item).includes(named.layer);
  const owner = currentAnswer(state, strandNumber, named.layer)?.sentence;
  const items = supportingItems(state, strandNumber, named.layer)
    .toSorted((a, b) => Number(isDecisive(b)) - Number(isDecisive(a)))
    .slice(0, 3)
    .map(({ number, what }) => `${said(what)} (evidence ${number})`);
  return [
    ...(named.contribution ? [sentence(named.contribution)] : []),
    ...(owner ? [`Its owner says: ${saidLast(owner)}`] : []),
    ...(items.length > 0 ? [`What was found: ${items.join("; ")}.`] : []),
  ];
}

function basis({ state, refusals }: IncidentRecord): string {
  const claims = refusals.filter((one) => one.attempted === "set-verdict").length;
  const answered = new Set(state.answers.map((one) => one.layer)).size;
  const all = answered === layerIds.length ? "all" : `${answered} of`;
  const known = `This rests on ${count(state.evidence.length, "item")} of evidence, on answers for ${all} ${layerIds.length} layers of the product (its parts that can break by themselves), and on ${count(state.rowAnswers.length, "answer")} to questions that could have pointed elsewhere.`;
  const against = state.dissents.filter((one) => !isOfEarlierVerdict(state, one)).length;
  return [known, ...refused(claims), ...disagreed(against)].join(" ");
}

function refused(claims: number): string[] {
  if (claims === 0) return [];
  return [
    `On the way ${count(claims, "claim")} about a layer ${claims === 1 ? "was" : "were"} refused, because something ${claims === 1 ? "it" : "they"} needed was not answered yet (see “Attribution”).`,
  ];
}

/** R10: who disagrees is heard where the verdict is told. */
function disagreed(against: number): string[] {
  if (against === 0) return [];
  return [
    `${count(against, "disagreement")} with a verdict ${against === 1 ? "stands" : "stand"} beside it (see “Attribution”).`,
  ];
}

function whatFollows(state: IncidentState): string {
  const { gaps, risks } = state;
  const learned = [
    ...(gaps.length > 0
      ? [
          `${count(gaps.length, "detection gap")} (what was missing to see it earlier) ${gaps.length === 1 ? "was" : "were"} found.`,
        ]
      : []),
    ...(risks.length > 0
      ? [
          `${count(risks.length, "risk")} ${risks.length === 1 ? "was" : "were"} accepted and signed.`,
        ]
      : []),
  ];
  return [followUp(state), ...learned].join(" ");
}

function followUp(state: IncidentState): string {
  const { actions } = state;
  if (actions.length === 0) return "No corrective action is recorded.";
  const filed = actions.filter((one) => one.issueNumber !== null).length;
  const weak = actions.filter((one) => weakRulesOf(state, one).length > 0).length;
  const due = actions.map((one) => one.dueOn).toSorted();
  const last = due.at(-1) ?? "";
  const when = due[0] === last ? `due on ${last}` : `due between ${due[0]} and ${last}`;
  const owned = actions.length === 1 ? "has an owner" : "each have one owner";
  const weakness = weak > 0 ? `, and ${weak} ${weak === 1 ? "is" : "are"} weak` : "";
  return `${count(actions.length, "corrective action")} ${owned}, ${when}; ${filed === actions.length ? "all" : filed === 0 ? "none" : filed} of them ${filed === 1 && actions.length > 1 ? "is" : "are"} filed as ${filed === 1 && actions.length > 1 ? "an issue" : "issues"}${weakness}.`;
}
