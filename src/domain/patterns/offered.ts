import { isCounted } from "#src/domain/evidence-weight.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { leverWords } from "#src/domain/lever-use.ts";
import { incidentClasses } from "#src/domain/vocabulary.ts";
import { type PatternId, patternIds, patterns } from "./index.ts";
import type { Pattern } from "./pattern.ts";

/** A checklist that fits what is recorded, and why, as a clause: "the title says “stale”". */
export interface OfferedPattern {
  pattern: PatternId;
  because: string;
}

/**
 * The checklists whose signs stand in the record, the one with most signs first; of equals the more specific.
 * A hint where to look: it changes nothing, and no rule reads it. Source: B4, 3.28 to 3.31.
 */
export function offeredPatterns(state: IncidentState): OfferedPattern[] {
  const texts = textsOf(state);
  return patternIds
    .map((pattern) => ({ pattern, signs: signsOf(state, patterns[pattern], texts) }))
    .filter(({ signs }) => signs.length > 0)
    .toSorted((one, other) => other.signs.length - one.signs.length)
    .map(({ pattern, signs: [because = ""] }) => ({ pattern, because }));
}

/**
 * The best offer in one line: "This looks like corpus drift (the title says “stale”): see its checklist."
 * Null where no sign is recorded. The button beside it has the action_id `pattern` and the pattern's id as its hint's word.
 */
export function patternLine(state: IncidentState): { pattern: PatternId; sentence: string } | null {
  const [first] = offeredPatterns(state);
  if (!first) return null;
  const { label } = patterns[first.pattern];
  const sentence = `This looks like ${label.charAt(0).toLowerCase()}${label.slice(1)} (${first.because}): see its checklist.`;
  return { pattern: first.pattern, sentence };
}

interface Written {
  /** "the title" */
  where: string;
  text: string;
}

/** What people wrote of the failure, the nearest to what users see first. */
function textsOf({ incident, strands, evidence }: IncidentState): Written[] {
  const several = strands.length > 1;
  const written: (Written | { where: string; text: string | null })[] = [
    { where: "the title", text: incident.title },
    { where: "the user impact", text: incident.userImpact },
    { where: "the broken promise", text: incident.promiseBroken },
    ...strands.flatMap(({ number, name, symptom }) => [
      { where: several ? `the symptom of strand ${number}` : "the symptom", text: symptom },
      { where: `the name of strand ${number}`, text: name === incident.title ? null : name },
    ]),
    ...evidence
      // what clears a layer names it too
      .filter((item) => isCounted(item) && item.supports.length > 0)
      .map(({ number, what }) => ({ where: `item ${number}`, text: what })),
  ];
  return written.filter((one): one is Written => one.text !== null);
}

function signsOf(
  { incident, levers }: IncidentState,
  { signs }: Pattern,
  texts: readonly Written[],
): string[] {
  const { incidentClass } = incident;
  const used = levers.find((use) => use.lever !== "other" && signs.levers?.includes(use.lever));
  return [
    ...texts.flatMap(({ where, text }) => {
      const word = signs.words.exec(text)?.[0].slice(0, wordAtMost);
      return word === undefined ? [] : [`${where} says “${word}”`];
    }),
    ...(used ? [`“${leverWords(used)}” is in the record`] : []),
    ...(incidentClass !== null && signs.classes?.includes(incidentClass)
      ? [`its class is ${incidentClasses[incidentClass]}`]
      : []),
  ];
}

const wordAtMost = 40;
