const slugLimit = 60;
/** Slack's limit for a channel name (docs.slack.dev, conversations.create). */
const channelNameLimit = 80;

/**
 * A title as a name that is safe in a channel, a branch and a file: lower-case ASCII letters, digits
 * and single hyphens, at most 60 characters; "incident" where nothing is left.
 */
export function slugOf(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return withoutEdgeHyphens(withoutEdgeHyphens(plain).slice(0, slugLimit)) || "incident";
}

/** The incident's channel, without the leading "#": `inc-<number>-<slug>`, at most 80 characters. */
export function channelName(number: number, slug: string): string {
  return withoutEdgeHyphens(`inc-${number}-${slug}`.slice(0, channelNameLimit));
}

function withoutEdgeHyphens(text: string): string {
  return text.replace(/^-+/, "").replace(/-+$/, "");
}

/** The branch of an incident's postmortem (architecture: the contract with the outside). */
export function branchName(number: number): string {
  return `faultline/inc-${number}`;
}
