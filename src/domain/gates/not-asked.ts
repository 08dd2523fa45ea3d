import type { IncidentState } from "#src/domain/incident.ts";
import { isInForce, leverWords } from "#src/domain/lever-use.ts";
import type { Missing } from "#src/domain/rule.ts";

/**
 * What the record of an incident still lacks and no gate asks for (B5, B13.14): shown beside a move or a
 * close, never refused. In the order in which an incident runs.
 */
export function notAsked(state: IncidentState): Missing[] {
  const { incident, evidence, gaps } = state;
  const lacks = (id: string, sentence: string): Missing => ({
    rule: "B5",
    missing: [id],
    sentence,
  });
  const found: Missing[] = [];
  if (incident.incidentClass === null) {
    found.push(lacks("class", "Nobody has said what kind of incident this is."));
  }
  if (incident.userImpact === null) {
    found.push(lacks("impact", "Nobody has said what users suffer."));
  }
  if (incident.promiseBroken === null) {
    found.push(lacks("promise", "Nobody has said which promise to users is broken."));
  }
  const isPreserved =
    evidence.some((item) => item.kind === "E3") || gaps.some((gap) => gap.kind === "no_trace");
  if (!isPreserved) {
    found.push(
      lacks("failing_trace", "No failing request is attached, and no gap says that none exists."),
    );
  }
  return [...found, ...ofLevers(state, lacks)];
}

function ofLevers(
  { levers }: IncidentState,
  lacks: (id: string, sentence: string) => Missing,
): Missing[] {
  return levers.filter(isInForce).flatMap((use) => {
    const what = `“${leverWords(use)}”`;
    const isClaimed = use.state === "claimed" || use.secondState === "claimed";
    return [
      ...(isClaimed ? [lacks(`LV${use.number}`, `${what} is claimed, not confirmed yet.`)] : []),
      ...(use.harmSignal !== null && use.hasHarmMoved === null
        ? [lacks(`LV${use.number}`, `Nobody has said whether ${what} moved its signal.`)]
        : []),
    ];
  });
}
