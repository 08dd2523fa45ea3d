import type { LayerOwner } from "#src/domain/incident.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";

/** An AI product or feature: what it promises, and where its issues and postmortems go. Null: as the configuration says. */
export interface Service {
  name: string;
  isDefault: boolean;
  /** What it promises its users, in words that a user would use. */
  promise: string | null;
  latencyObjectiveMs: number | null;
  /** `owner/name` */
  issuesRepo: string | null;
  postmortemRepo: string | null;
  /** Folder in that repository. */
  postmortemPath: string | null;
  /** Channel id. */
  announceChannel: string | null;
}

/** The owner of a service's layer, who is asked in each of its incidents. */
export type ServiceOwner = Omit<LayerOwner, "takenBy" | "remindedAt">;

/** What the services file says of a service, people as Slack ids. */
export interface FromFile extends Omit<Service, "name"> {
  owners: ServiceOwner[];
}

/** A service as it is kept. */
export interface StoredService extends Service {
  /** Null where the services file does not know it. */
  fromFile: FromFile | null;
  /** When and by whom it was edited in Slack last; null: it stands as it was imported. */
  editedAt: Date | null;
  editedBy: UserId | null;
}

/** A value of a service that can differ from the services file: a field of it, or the owner of a layer. */
export type ServiceValue = keyof Omit<Service, "name"> | `owner:${LayerId}`;

/** The fields of a service beside its name, in the order people see them. */
export const serviceFields = [
  "promise",
  "latencyObjectiveMs",
  "isDefault",
  "issuesRepo",
  "postmortemRepo",
  "postmortemPath",
  "announceChannel",
] as const satisfies readonly (keyof Omit<Service, "name">)[];

/** Every value that can differ, in the order people see them. */
export const serviceValues: readonly ServiceValue[] = [
  ...serviceFields,
  ...layerIds.map((layer): ServiceValue => `owner:${layer}`),
];

/** Which values of a service are not as the services file says; none where the file does not know it. */
export function differencesFromFile(
  service: StoredService,
  owners: readonly ServiceOwner[],
): ServiceValue[] {
  const { fromFile } = service;
  if (fromFile === null) return [];
  return [
    ...serviceFields.filter((field) => service[field] !== fromFile[field]),
    ...layerIds
      .filter((layer) => !isSameOwner(ownerFor(owners, layer), ownerFor(fromFile.owners, layer)))
      .map((layer): ServiceValue => `owner:${layer}`),
  ];
}

/** The layer of an owner's value; undefined for a field. */
export function layerOfValue(value: ServiceValue): LayerId | undefined {
  return layerIds.find((layer) => value === `owner:${layer}`);
}

/** Who owns this layer; a row that names nobody where none is kept. */
export function ownerFor(owners: readonly ServiceOwner[], layer: LayerId): ServiceOwner {
  return (
    owners.find((owner) => owner.layer === layer) ?? {
      layer,
      userId: null,
      standInUserId: null,
      groupId: null,
    }
  );
}

/** Whether a person or a group is named. */
export function namesSomebody(owner: ServiceOwner): boolean {
  return (owner.userId ?? owner.groupId) !== null;
}

/** Whether both name the same people and group. */
export function isSameOwner(a: ServiceOwner, b: ServiceOwner): boolean {
  return a.userId === b.userId && a.standInUserId === b.standInUserId && a.groupId === b.groupId;
}

/** Whether a text is a GitHub repository as `owner/name`, by GitHub's own rules for both. */
export function isRepository(text: string): boolean {
  const [owner = "", name = "", ...rest] = text.split("/");
  return (
    rest.length === 0 &&
    /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i.test(owner) &&
    /^[\w.-]{1,100}$/.test(name) &&
    !/^\.{1,2}$/.test(name)
  );
}

/**
 * Whether a text is a folder inside a repository: names of letters, digits, dots, hyphens and
 * underscores with "/" between; nothing that leads out of it and nothing that an address would escape.
 */
export function isSafeFolder(text: string): boolean {
  return (
    text.length <= 200 &&
    text.split("/").every((name) => /^[\w.-]+$/.test(name) && !/^\.{1,2}$/.test(name))
  );
}
