import { weakRulesOf } from "#src/domain/action-checks.ts";
import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { idInWords } from "#src/domain/links.ts";
import { type ConstraintKind, constraintKinds } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { inline, link } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { nameOf, sentence } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

/** B11.13: the actions by the kind of constraint that they add, each with its issue, owner, day and criterion (B10). */
export const correctiveActions: Section = {
  title: "Corrective actions",
  render: ({ state, names }) => {
    const { actions } = state;
    if (actions.length === 0) return "No corrective action is recorded.";
    const kinds = [...(Object.keys(constraintKinds) as ConstraintKind[]), null];
    const parts = kinds
      .map((kind) => ({ kind, of: actions.filter((one) => one.constraintKind === kind) }))
      .filter(({ of }) => of.length > 0)
      .map(({ kind, of }) =>
        [
          `### ${kind ? constraintKinds[kind] : "Kind of change not recorded"}`,
          ...of.map((action) => actionPart(state, action, names)),
        ].join("\n\n"),
      );
    return ["Listed by the kind of change that each of them makes.", ...parts].join("\n\n");
  },
};

function actionPart(state: IncidentState, action: CorrectiveAction, names: Names): string {
  const { number, title, owner, dueOn, layer, criterion, enforcement, verification } = action;
  const answered = answers(state, action);
  return [
    `**Action ${number}: ${inline(title)}** (${issue(action)})\n`,
    ...weakRulesOf(state, action).flatMap((rule) =>
      weaknesses[rule] ? [`- **Weak:** ${weaknesses[rule]}`] : [],
    ),
    `- **Done when:** ${sentence(criterion)}`,
    `- **Owner:** ${nameOf(names, owner)}, due on ${inline(dueOn)}`,
    `- **Layer:** ${layers[layer].label}`,
    ...(answered ? [`- **Answers:** ${answered}`] : []),
    `- **Enforced by:** ${enforcement ? inline(enforcement) : "nothing recorded"}`,
    ...(verification ? [`- **Verified by:** ${inline(verification)}`] : []),
  ].join("\n");
}

/** Why a rule found an action weak (B10), for who reads it later. */
const weaknesses: Readonly<Record<string, string>> = {
  Q3: "nothing enforces it, so it holds as long as people remember to.",
  Q5: "it does not fit what kind of failure this was.",
};

/** Strands are named where there are several; factors and gaps always. */
function answers({ strands }: IncidentState, { addresses }: CorrectiveAction): string {
  const shown = strands.length > 1 ? addresses : addresses.filter((id) => !id.startsWith("S"));
  return listInWords(shown.map((id) => inline(idInWords(id))));
}

function issue({ issueNumber, issueUrl, isProvisional }: CorrectiveAction): string {
  if (issueNumber === null) {
    return isProvisional ? "provisional, not filed as an issue" : "not filed as an issue yet";
  }
  return (issueUrl && link(`issue ${issueNumber}`, issueUrl)) || `issue ${issueNumber}`;
}
