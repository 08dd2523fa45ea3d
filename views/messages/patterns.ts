import type { KnownBlock } from "@slack/types";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { type PatternId, patternIds, patterns } from "#src/domain/patterns/index.ts";
import { offeredPatterns } from "#src/domain/patterns/offered.ts";
import { listInWords } from "#src/domain/words.ts";
import { button, context, mrkdwn, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { countOf, incidentLine } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** `/incident patterns`: the checklists that fit what is recorded, with why, then the others; a button opens each. */
export function renderPatterns(state: IncidentState): MessageContent {
  const { incident } = state;
  const offered = offeredPatterns(state);
  const others = patternIds.filter((id) => !offered.some(({ pattern }) => pattern === id));
  const title =
    offered.length === 0
      ? "Nothing that is recorded looks like one of these failures yet. Their checklists:"
      : `${countOf(offered.length, "checklist fits", "checklists fit")} what is recorded: ${listInWords(offered.map(({ pattern }) => patterns[pattern].label))}.`;
  return content(mrkdwn`${title}`, [
    section(title),
    context(incidentLine(incident), "A checklist asks. It decides nothing: people do."),
    ...offered.flatMap(({ pattern, because }) => [
      patternRow(incident, pattern),
      context(`Offered because ${because}.`),
    ]),
    ...(offered.length > 0 && others.length > 0 ? [section("Others:")] : []),
    ...others.map((pattern) => patternRow(incident, pattern)),
  ]);
}

function patternRow({ id: incidentId }: Incident, pattern: PatternId): KnownBlock {
  const { label, looksLike } = patterns[pattern];
  return {
    ...section(mrkdwn`*${label}*. ${looksLike}`, `pattern:${pattern}`),
    accessory: button("pattern", "Open", encodeHint({ incidentId, word: pattern }), {
      spoken: `Open the checklist for ${label}`,
    }),
  };
}
