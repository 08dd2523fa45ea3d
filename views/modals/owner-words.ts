import { type LayerId, layers } from "#src/domain/layers/index.ts";
import {
  type FromFile,
  layerOfValue,
  namesSomebody,
  ownerFor,
  type ServiceOwner,
  type ServiceValue,
} from "#src/domain/owners/service.ts";
import {
  mention,
  mentionChannel,
  mentionGroup,
  mrkdwn,
  type Mrkdwn,
  oneLine,
} from "#views/block-kit.ts";

/** Who owns a layer of a service: a person and who stands in for them, a group, or "nobody". */
function serviceOwnerWords(owner: ServiceOwner): Mrkdwn {
  if (owner.groupId !== null) return mentionGroup(owner.groupId);
  if (owner.userId === null) return mrkdwn`nobody`;
  return owner.standInUserId === null
    ? mention(owner.userId)
    : mrkdwn`${mention(owner.userId)}, stand-in ${mention(owner.standInUserId)}`;
}

/** "*Model*: @x, stand-in @y": one line of a service's owners. */
export function ownerLine(owners: readonly ServiceOwner[], layer: LayerId): Mrkdwn {
  const owner = ownerFor(owners, layer);
  const who = serviceOwnerWords(owner);
  return namesSomebody(owner)
    ? mrkdwn`• *${layers[layer].label}*: ${who}`
    : mrkdwn`• *${layers[layer].label}*: _${who}_`;
}

/** What people see for a value of a service that can differ from the services file. */
export function valueLabel(value: ServiceValue): string {
  const layer = layerOfValue(value);
  return layer ? `Owner of ${layers[layer].label}` : labels[value as keyof typeof labels];
}

const labels = {
  promise: "Promise",
  latencyObjectiveMs: "Latency objective",
  isDefault: "Default service",
  issuesRepo: "Repository for issues",
  postmortemRepo: "Repository for postmortems",
  postmortemPath: "Folder of postmortems",
  announceChannel: "Channel for announcements",
} as const;

/** What the services file says of this value, as it stands in "The file says …"; plain where people wrote it. */
export function fileWords(fromFile: FromFile, value: ServiceValue): string | Mrkdwn {
  const layer = layerOfValue(value);
  if (layer) return serviceOwnerWords(ownerFor(fromFile.owners, layer));
  switch (value as keyof typeof labels) {
    case "isDefault":
      return fromFile.isDefault ? "yes" : "no";
    case "latencyObjectiveMs":
      return fromFile.latencyObjectiveMs === null
        ? nothing
        : millisecondsWords(fromFile.latencyObjectiveMs);
    case "announceChannel":
      return fromFile.announceChannel === null ? nothing : mentionChannel(fromFile.announceChannel);
    case "promise":
      return quoted(fromFile.promise);
    case "issuesRepo":
      return quoted(fromFile.issuesRepo);
    case "postmortemRepo":
      return quoted(fromFile.postmortemRepo);
    case "postmortemPath":
      return quoted(fromFile.postmortemPath);
  }
}

/** "2,500 ms" */
export function millisecondsWords(count: number): string {
  return `${String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",")} ms`;
}

const nothing = "nothing";

function quoted(text: string | null): string {
  return text === null ? nothing : `“${oneLine(text, 300)}”`;
}
