import type { Database, Trx } from "#src/db/open.ts";
import { getService } from "#src/db/services.ts";
import type { Incident } from "#src/domain/incident.ts";
import type { Settings } from "./context.ts";

/** What of an incident goes to GitHub, as its service and the settings stand now. */
export interface UsesOfGitHub {
  /** Whether its actions are filed as issues: there is access, and a repository. */
  isGitHubConfigured: boolean;
  /** The same for its postmortem and the pull request. */
  canProposePostmortem: boolean;
}

/** Asks the service each time: a repository that somebody named in Slack a moment ago counts. */
export async function findUsesOfGitHub(
  db: Database | Trx,
  { gitHub }: Settings,
  { teamId, serviceName }: Pick<Incident, "teamId" | "serviceName">,
): Promise<UsesOfGitHub> {
  const service = serviceName === null ? undefined : await getService(db, teamId, serviceName);
  const { hasAccess, issuesRepo, postmortemRepo } = gitHub;
  return {
    isGitHubConfigured: hasAccess && Boolean(service?.issuesRepo ?? issuesRepo),
    canProposePostmortem: hasAccess && Boolean(service?.postmortemRepo ?? postmortemRepo),
  };
}
