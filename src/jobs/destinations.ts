import type { Database, Trx } from "#src/db/open.ts";
import { getService } from "#src/db/services.ts";
import type { Incident } from "#src/domain/incident.ts";
import type { JobSettings } from "./handler.ts";
import type { OwnerOf } from "./pacing.ts";

/** Where an incident's announcements, issues and postmortem go; undefined where nothing is set. */
export interface Destinations {
  announceChannel: string | undefined;
  /** `owner/name` */
  issuesRepo: string | undefined;
  postmortemRepo: string | undefined;
  /** Folder in that repository. */
  postmortemPath: string;
}

/** What the incident's service says, else the settings (architecture: a service may override both repositories). */
export async function findDestinations(
  db: Database | Trx,
  settings: JobSettings,
  incident: Pick<Incident, "teamId" | "serviceName">,
): Promise<Destinations> {
  const service =
    incident.serviceName === null
      ? undefined
      : await getService(db, incident.teamId, incident.serviceName);
  return {
    announceChannel: service?.announceChannel ?? settings.announceChannel,
    issuesRepo: service?.issuesRepo ?? settings.issuesRepo,
    postmortemRepo: service?.postmortemRepo ?? settings.postmortemRepo,
    postmortemPath: service?.postmortemPath ?? settings.postmortemPath,
  };
}

/** Whose GitHub limit an effect counts against: the owner of the repository it is for. */
export function githubOwnerOf(settings: JobSettings): OwnerOf {
  return async (trx, effect) => {
    if (effect.incidentId === null) return undefined;
    const incident = await trx
      .selectFrom("incident")
      .select(["teamId", "serviceName"])
      .where("id", "=", effect.incidentId)
      .executeTakeFirstOrThrow();
    const found = await findDestinations(trx, settings, incident as Incident);
    const repo = effect.name === "file-issue" ? found.issuesRepo : found.postmortemRepo;
    return repo?.split("/")[0];
  };
}
