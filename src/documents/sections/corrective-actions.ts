import type { CorrectiveAction } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { type ConstraintKind, constraintKinds } from "#src/domain/vocabulary.ts";
import { inline, link } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { nameOf, sentence } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

/** B11.13: the actions by the kind of constraint that they add, each with its issue, owner, day and criterion (B10). */
export const correctiveActions: Section = {
  title: "Corrective actions",
  render: ({ state: { actions }, names }) => {
    if (actions.length === 0) return undefined;
    const kinds = [...(Object.keys(constraintKinds) as ConstraintKind[]), null];
    return kinds
      .map((kind) => ({ kind, of: actions.filter((one) => one.constraintKind === kind) }))
      .filter(({ of }) => of.length > 0)
      .map(({ kind, of }) =>
        [
          `### ${kind ? constraintKinds[kind] : "Kind of constraint not recorded"}`,
          ...of.map((action) => actionPart(action, names)),
        ].join("\n\n"),
      )
      .join("\n\n");
  },
};

function actionPart(action: CorrectiveAction, names: Names): string {
  const { number, title, owner, dueOn, layer, criterion, enforcement } = action;
  return [
    `**Action ${number}: ${inline(title)}** (${issue(action)})\n`,
    `- **Done when:** ${sentence(criterion)}`,
    `- **Owner:** ${nameOf(names, owner)}, due on ${inline(dueOn)}`,
    `- **Layer:** ${layers[layer].label}`,
    `- **Enforced by:** ${enforcement ? inline(enforcement) : "nothing recorded"}`,
  ].join("\n");
}

function issue({ issueNumber, issueUrl }: CorrectiveAction): string {
  if (issueNumber === null) return "not filed as an issue yet";
  return (issueUrl && link(`issue ${issueNumber}`, issueUrl)) || `issue ${issueNumber}`;
}
