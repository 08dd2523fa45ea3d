import type { KnownBlock } from "@slack/types";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { answererOf, answerStanding, ownerOf, standInOf } from "#src/domain/owners/owner.ts";
import {
  differencesFromFile,
  namesSomebody,
  type ServiceOwner,
  type StoredService,
} from "#src/domain/owners/service.ts";
import {
  actions,
  button,
  context,
  divider,
  header,
  mention,
  mentionGroup,
  mrkdwn,
  type Mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint, type Hint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { countOf, incidentLine } from "#views/words.ts";

export interface OwnersProps {
  /** The incident in whose channel it was asked for; null elsewhere. */
  state: IncidentState | null;
  /** The services whose names hold what was typed, the default one first. */
  services: readonly StoredService[];
  /** The owners of each service, by its name. */
  owners: ReadonlyMap<string, readonly ServiceOwner[]>;
  /** What was typed to find a service; empty: all are listed. */
  search: string;
  /** Counts from 0. */
  page: number;
}

/** Services and who owns their layers, 25 a page; in an incident's channel first who answers in this incident. */
export const ownersModal: Pick<Modal<OwnersProps, never>, "callbackId" | "render"> = {
  callbackId: "owners",
  render: (props) => {
    const { state, services, owners, search } = props;
    const pages = Math.max(1, Math.ceil(services.length / perPage));
    const page = Math.min(props.page, pages - 1);
    const incidentId = state?.incident.id ?? noIncident;
    const hint: Hint = {
      incidentId,
      page,
      ...(search === "" ? {} : { word: search.slice(0, longestName) }),
    };
    const shown = services.slice(page * perPage, (page + 1) * perPage);
    return modalView("owners", {
      title: "Services and owners",
      hint,
      blocks: [
        ...(state === null || page > 0 ? [] : incidentBlocks(state)),
        section(countWords(services.length, search, page, pages)),
        ...shown.map((service, index) =>
          serviceBlock(service, owners.get(service.name) ?? [], incidentId, index),
        ),
        ...pageButtons(hint, page, pages),
        actions("add-service", [
          button("edit-service", "Add a service", encodeHint({ incidentId }), {
            style: services.length === 0 && search === "" ? "primary" : undefined,
          }),
        ]),
      ],
    });
  },
};

const perPage = 25;
const noIncident = 0 as IncidentId;
/** What a button's hint takes; a longer name can come from the services file alone. */
const longestName = 200;

function countWords(count: number, search: string, page: number, pages: number): string {
  const where = pages > 1 ? ` Page ${page + 1} of ${pages}.` : "";
  if (count > 0 && search === "") return `${countOf(count, "service")}.${where}`;
  if (count > 0)
    return `${countOf(count, "service")} with “${oneLine(search, 80)}” in the name.${where}`;
  return search === ""
    ? "No service is set up yet. Add one, so that the right people are asked at once."
    : `No service has “${oneLine(search, 80)}” in its name.`;
}

function serviceBlock(
  service: StoredService,
  owners: readonly ServiceOwner[],
  incidentId: IncidentId,
  index: number,
): KnownBlock {
  const named = owners.filter(namesSomebody).length;
  const differing = differencesFromFile(service, owners).length;
  const facts = [
    `${named} of ${layerIds.length} layers have an owner`,
    ...(service.isDefault ? ["the default service"] : []),
    ...(differing > 0 ? [`${countOf(differing, "value")} not as in the services file`] : []),
    ...(service.name.length > longestName
      ? ["its name is too long to open it here: shorten it in the services file"]
      : []),
  ];
  const line = section(`${oneLine(service.name, 80)}\n${facts.join(" · ")}`, `service:${index}`);
  if (service.name.length > longestName) return line;
  return {
    ...line,
    accessory: button("show-service", "Open", encodeHint({ incidentId, word: service.name }), {
      spoken: `Open ${oneLine(service.name, 60)}`,
    }),
  };
}

/** Each in a row of its own: two buttons of one row cannot have one action_id. */
function pageButtons(hint: Hint, page: number, pages: number): KnownBlock[] {
  const to = (label: string, target: number): KnownBlock =>
    actions(`page:${target}`, [
      button("list-services", label, encodeHint({ ...hint, page: target })),
    ]);
  return [
    ...(page + 1 < pages ? [to("More services", page + 1)] : []),
    ...(page > 0 ? [to("Back", page - 1)] : []),
  ];
}

/** Who answers in this incident: a copy of the service's owners, made when it was declared. */
function incidentBlocks(state: IncidentState): KnownBlock[] {
  const isOpen = state.incident.status === "open";
  return [
    header("Who answers in this incident"),
    context(incidentLine(state.incident)),
    ...layerIds.map((layer) => layerBlock(state, layer, isOpen)),
    divider(),
  ];
}

function layerBlock(state: IncidentState, layer: LayerId, isOpen: boolean): KnownBlock {
  const standing = answerStanding(state, layer);
  const line = section(
    mrkdwn`*${layers[layer].label}*: ${whoWords(state, layer)}${standings[standing]}`,
    `owner:${layer}`,
  );
  if (!isOpen) return line;
  const hint = encodeHint({ incidentId: state.incident.id, layers: [layer] });
  const label = standing === "nobody" ? "Name owner" : "Change owner";
  return {
    ...line,
    accessory: button("set-role", label, hint, { spoken: `${label}: ${layers[layer].label}` }),
  };
}

const standings = {
  answered: " (answered)",
  asked: " (asked, no answer yet)",
  late: " (late: reminded, no answer yet)",
  nobody: ", so nobody is asked",
} as const;

function whoWords(state: IncidentState, layer: LayerId): Mrkdwn {
  const owner = ownerOf(state, layer);
  const answerer = owner ? answererOf(owner) : null;
  if (!owner || (answerer === null && owner.groupId === null)) return mrkdwn`nobody named`;
  const group = owner.groupId === null ? undefined : mentionGroup(owner.groupId);
  if (answerer === null) return group ?? mrkdwn`nobody named`;
  const standIn = standInOf(owner);
  const who = standIn
    ? mrkdwn`${mention(answerer)}, stand-in ${mention(standIn)}`
    : mention(answerer);
  return group ? mrkdwn`${who} for ${group}` : who;
}
