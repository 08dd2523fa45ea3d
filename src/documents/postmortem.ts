import type { Incident } from "#src/domain/incident.ts";
import { branchName } from "#src/domain/slug.ts";
import { attributionText, toAttributionFile } from "./attribution-file.ts";
import type { Sha256 } from "./attribution-file/canonical.ts";
import { frontMatter } from "./front-matter.ts";
import { plainLine } from "./github-markdown.ts";
import { commitLimit, titleLimit } from "./limits.ts";
import { withNames } from "./mentions.ts";
import { pullRequestBody } from "./pull-request-body.ts";
import type { IncidentRecord } from "./record.ts";
import { sections } from "./sections/index.ts";
import { nameOf, said } from "./words.ts";

export interface PostmortemDocument {
  /** Of the file, in the postmortem repository. */
  path: string;
  branch: string;
  text: string;
  /** Of the pull request. */
  title: string;
  body: string;
  commitMessage: string;
  /** What lies beside it: all that its verdicts rest on, for `npm run verify`. */
  attribution: { path: string; text: string; commitMessage: string };
}

/**
 * The postmortem of an incident and the pull request that proposes it (B11, architecture.md 9), from
 * what is recorded and nothing else; with the file of its attribution. `sha256`: hex of a text. A person
 * reviews, completes and merges it.
 */
export function renderPostmortem(
  given: IncidentRecord & {
    postmortemPath: string;
    effectId: string;
    sha256: Sha256;
    channelUrl?: string;
  },
): PostmortemDocument {
  const { names } = given;
  const file = toAttributionFile(given, given.sha256);
  const record = {
    ...given,
    state: withNames(given.state, names),
    timeline: withNames(given.timeline, names),
    refusals: withNames(given.refusals, names),
  };
  const { incident } = record.state;
  const parts = sections.map(({ title, render }) => ({ title, body: render(record) }));
  const shown = parts.flatMap(({ title, body }) => (body === undefined ? [] : [{ title, body }]));
  const blankTitles = parts.filter(({ body }) => body === undefined).map(({ title }) => title);
  const name = `${incident.isDrill ? "drill, " : ""}incident ${incident.number}: ${incident.title}`;
  const path = filePath(incident, record.postmortemPath);
  return {
    path,
    branch: branchName(incident.number),
    text: [
      `${frontMatter(record)}\n# ${incident.isDrill ? "Drill, incident" : "Incident"} ${incident.number}: ${said(incident.title)}`,
      ...(incident.isDrill ? [drill] : []),
      ...shown.map(({ title, body }, index) => `## ${index + 1}. ${title}\n\n${body}`),
      `---\n\n${besides(path, file.seal.digest)}\n\n${footer(record)}\n`,
    ].join("\n\n"),
    title: plainLine(`Postmortem of ${name}`, titleLimit),
    body: pullRequestBody(record, { ...record, blankTitles }),
    commitMessage: plainLine(`Add the postmortem of ${name}`, commitLimit),
    attribution: {
      path: attributionPath(path),
      text: attributionText(file),
      commitMessage: plainLine(`Add what the verdicts rest on, ${name}`, commitLimit),
    },
  };
}

const drill =
  "**This was a drill.** It was declared to practise; no user was affected by it, and it counts in no figure.";

/** The name of the file beside a postmortem's, whatever folder it is in: `….attribution.json` for `….md`. */
export function attributionPath(path: string): string {
  return `${path.replace(/\.md$/, "")}.attribution.json`;
}

/** Where to test the verdicts, and the seal to compare, since a changed file can be sealed anew. */
function besides(path: string, digest: string): string {
  const name = attributionPath(path).split("/").at(-1) ?? "";
  return `All that the verdicts rest on lies beside this document, in \`${name}\`. Whoever has Faultline's source can test them without its database: \`npm run verify -- ${name}\`. The seal of that file is \`${digest}\`.`;
}

/** What the bot drafted, and who said what is said here (B11). */
function footer({ state: { incident }, names }: IncidentRecord): string {
  return [
    "Faultline put this together from the record of the incident: it ordered, counted and computed, and no language model wrote any part of it.",
    "The verdicts, tradeoffs, owners, gaps and risks are those that people recorded, under their names.",
    incident.closeApprover
      ? `${nameOf(names, incident.closeApprover)} approved closing it${incident.closedAs === "undetermined" ? " as undetermined" : ""}.`
      : "",
    `${nameOf(names, incident.postmortemDriver)} drives this postmortem; whoever merges this document approves it.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function filePath({ number, slug, declaredAt }: Incident, folder: string): string {
  const year = String(declaredAt.getUTCFullYear());
  return [...folder.split("/"), year, `inc-${number}-${slug}.md`].filter(Boolean).join("/");
}
