/** What is done on GitHub, which takes access and a repository that somebody named. */
export interface GitHubUses {
  canFileIssues: boolean;
  canProposePostmortem: boolean;
  /** Variables to set where there is access and no repository; empty where all is named. */
  unnamed: string[];
}

interface Named {
  issuesRepo?: string | null;
  postmortemRepo?: string | null;
}

/** What is done with these settings and services: a repository that any service names is enough. */
export function gitHubUses(
  hasAccess: boolean,
  settings: Named,
  services: readonly Named[],
): GitHubUses {
  const named = [settings, ...services];
  const hasIssues = named.some((one) => Boolean(one.issuesRepo));
  const hasPostmortems = named.some((one) => Boolean(one.postmortemRepo));
  return {
    canFileIssues: hasAccess && hasIssues,
    canProposePostmortem: hasAccess && hasPostmortems,
    unnamed: [
      ...(hasAccess && !hasIssues ? ["FAULTLINE_ISSUES_REPO"] : []),
      ...(hasAccess && !hasPostmortems ? ["FAULTLINE_POSTMORTEM_REPO"] : []),
    ],
  };
}
