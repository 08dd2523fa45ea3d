import type { Outcome } from "#src/domain/decision.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { Person, UserId } from "#src/domain/person.ts";
import { mustBeAbleTo } from "#src/domain/policy.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import {
  isSameOwner,
  layerOfValue,
  ownerFor,
  type Service,
  serviceFields,
  type ServiceOwner,
  type ServiceValue,
  type StoredService,
} from "./service.ts";

export interface SaveServiceInput {
  service: Service;
  /** False: the service of this name is changed. */
  isNew: boolean;
  /** When it was edited last as the form was drawn, in milliseconds since 1970; 0: never. */
  seenEditedAt: number;
}

export interface SaveServiceOwnersInput {
  serviceName: string;
  /** All layers of the form; one that names nobody has no owner from now on. */
  owners: ServiceOwner[];
  /** As in `SaveServiceInput`. */
  seenEditedAt: number;
}

export interface TakeFileValueInput {
  serviceName: string;
  value: ServiceValue;
}

/** What is written of a service; null: it stands as it is. */
export interface ServiceEdit {
  service: Service | null;
  owners: ServiceOwner[];
  isNew: boolean;
  outcome: Outcome;
}

type Edited = Result<ServiceEdit, Rejection>;

/**
 * A service is created or changed. Its name stays: incidents refer to it. The form that was sent
 * before, word for word, is taken again; one that does not know what somebody else has changed is not.
 */
export function decideSaveService(
  standing: StoredService | undefined,
  { service, isNew, seenEditedAt }: SaveServiceInput,
): Edited {
  const isSame =
    standing !== undefined && serviceFields.every((field) => standing[field] === service[field]);
  if (isSame) return ok(edit({ outcome: said(`Saved ${service.name}.`) }));
  if (isNew) {
    if (standing) return err(nameTaken);
    return ok(
      edit({ service, isNew, outcome: said(`Added ${service.name}. Name its owners next.`) }),
    );
  }
  const rejection = gone(standing) ?? changedMeanwhile(standing, seenEditedAt);
  if (rejection) return err(rejection);
  return ok(edit({ service, outcome: said(`Saved ${service.name}.`) }));
}

/** The owners of a service's layers, each with a stand-in, or a group; only full members can answer. */
export function decideSaveOwners(
  standing: { service: StoredService | undefined; owners: readonly ServiceOwner[] },
  input: SaveServiceOwnersInput,
  people: ReadonlyMap<UserId, Person>,
): Edited {
  const unfit = input.owners.map((owner) => unfitOwner(owner, people)).find((one) => one);
  if (unfit) return err(unfit);
  const { serviceName } = input;
  const changed = input.owners.filter(
    (owner) => !isSameOwner(owner, ownerFor(standing.owners, owner.layer)),
  );
  const outcome = said(
    `Saved the owners of ${serviceName}. Incidents that are open keep those they began with.`,
  );
  if (standing.service && changed.length === 0) return ok(edit({ outcome }));
  const rejection =
    gone(standing.service) ?? changedMeanwhile(standing.service, input.seenEditedAt);
  return rejection ? err(rejection) : ok(edit({ owners: changed, outcome }));
}

/** One value becomes what the services file says of it. */
export function decideTakeFileValue(
  standing: StoredService | undefined,
  { value }: TakeFileValueInput,
): Edited {
  const missing = gone(standing);
  if (!standing || missing) return err(missing ?? notThere);
  const { fromFile } = standing;
  if (!fromFile) {
    const message = "The services file does not name this service any more. It stands as it is.";
    return err({ code: "stale", message });
  }
  const layer = layerOfValue(value);
  const outcome = said("Took over what the services file says.");
  if (layer) return ok(edit({ owners: [ownerFor(fromFile.owners, layer)], outcome }));
  const field = serviceFields.find((one) => one === value);
  if (!field) return err({ code: "not_found", message: "A service has no value of this name." });
  const { name, ...facts } = standing;
  return ok(edit({ service: { ...factsOf(facts), name, [field]: fromFile[field] }, outcome }));
}

function factsOf(stored: Omit<StoredService, "name">): Omit<Service, "name"> {
  const { isDefault, promise, latencyObjectiveMs } = stored;
  const { issuesRepo, postmortemRepo, postmortemPath, announceChannel } = stored;
  return {
    isDefault,
    promise,
    latencyObjectiveMs,
    issuesRepo,
    postmortemRepo,
    postmortemPath,
    announceChannel,
  };
}

function unfitOwner(
  { layer, userId, standInUserId }: ServiceOwner,
  people: ReadonlyMap<UserId, Person>,
): Rejection | undefined {
  const task = `answer for ${layers[layer].label}`;
  const unfit = (id: UserId | null, field: string) =>
    id === null ? undefined : mustBeAbleTo(task, people.get(id), field);
  return unfit(userId, `owner:${layer}`) ?? unfit(standInUserId, `stand_in:${layer}`);
}

const notThere: Rejection = {
  code: "not_found",
  message: "There is no such service any more. Open the list of services again.",
};

const nameTaken: Rejection = {
  code: "bad_field",
  field: "name",
  message: "A service of this name stands already. Open it in the list, or choose another name.",
};

function gone(standing: StoredService | undefined): Rejection | undefined {
  return standing ? undefined : notThere;
}

function changedMeanwhile(
  standing: StoredService | undefined,
  seenEditedAt: number,
): Rejection | undefined {
  if ((standing?.editedAt?.getTime() ?? 0) === seenEditedAt) return undefined;
  const message =
    "Somebody changed this service while the form was open, so nothing was saved. Close the form, open the service again and see what stands now.";
  return { code: "stale", message };
}

function edit(parts: Partial<ServiceEdit> & { outcome: Outcome }): ServiceEdit {
  return { service: null, owners: [], isNew: false, ...parts };
}

function said(sentence: string): Outcome {
  return { sentence, incidentId: null };
}
