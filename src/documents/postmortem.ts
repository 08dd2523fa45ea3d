import type { Incident } from "#src/domain/incident.ts";
import { frontMatter } from "./front-matter.ts";
import { inline, plainLine } from "./github-markdown.ts";
import { commitLimit, titleLimit } from "./limits.ts";
import { pullRequestBody } from "./pull-request-body.ts";
import type { IncidentRecord } from "./record.ts";
import { sections } from "./sections/index.ts";
import { notRecorded } from "./sections/section.ts";

export interface PostmortemDocument {
  /** Of the file, in the postmortem repository. */
  path: string;
  branch: string;
  text: string;
  /** Of the pull request. */
  title: string;
  body: string;
  commitMessage: string;
}

/**
 * The postmortem of an incident and the pull request that proposes it (B11, architecture.md 9), from
 * what is recorded and nothing else. A person reviews, completes and merges it.
 */
export function renderPostmortem(
  record: IncidentRecord & { postmortemPath: string; effectId: string; channelUrl?: string },
): PostmortemDocument {
  const { incident } = record.state;
  const parts = sections.map((section, index) => ({
    title: section.title,
    heading: `## ${index + 1}. ${section.title}`,
    body: section.render(record) ?? notRecorded,
  }));
  const blank = parts.filter((part) => part.body === notRecorded);
  const name = `incident ${incident.number}: ${incident.title}`;
  return {
    path: filePath(incident, record.postmortemPath),
    branch: `faultline/inc-${incident.number}`,
    text: [
      `${frontMatter(record)}\n# Incident ${incident.number}: ${inline(incident.title)}`,
      ...parts.map(({ heading, body }) => `${heading}\n\n${body}`),
      `---\n\n${footer}\n`,
    ].join("\n\n"),
    title: plainLine(`Postmortem of ${name}`, titleLimit),
    body: pullRequestBody(record, { ...record, blankTitles: blank.map((part) => part.title) }),
    commitMessage: plainLine(`Add the postmortem of ${name}`, commitLimit),
  };
}

const footer =
  "Written from the record of the incident by Faultline. No language model wrote any part of it, and nothing in it was decided by a machine: the verdicts, tradeoffs and owners are those that people recorded.";

function filePath({ number, slug, declaredAt }: Incident, folder: string): string {
  const year = String(declaredAt.getUTCFullYear());
  return [...folder.split("/"), year, `inc-${number}-${slug}.md`].filter(Boolean).join("/");
}
