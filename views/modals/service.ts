import type { KnownBlock } from "@slack/types";
import type { IncidentId } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import {
  differencesFromFile,
  type FromFile,
  type ServiceOwner,
  type ServiceValue,
  type StoredService,
} from "#src/domain/owners/service.ts";
import {
  actions,
  button,
  context,
  dateTime,
  divider,
  header,
  joinMrkdwn,
  mention,
  mentionChannel,
  mrkdwn,
  type Mrkdwn,
  oneLine,
  section,
  truncate,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";
import { countOf } from "#views/words.ts";
import { fileWords, millisecondsWords, ownerLine, valueLabel } from "./owner-words.ts";

export interface ServiceProps {
  service: StoredService;
  owners: readonly ServiceOwner[];
  /** The incident whose owners the list shows, to go back to it; 0 where there is none. */
  incidentId: IncidentId;
}

/** One service to read: its promise, who owns its layers, where its things go, and how it differs from the services file. */
export const serviceModal: Pick<Modal<ServiceProps, never>, "callbackId" | "render"> = {
  callbackId: "service",
  render: ({ service, owners, incidentId }) => {
    const hint = { incidentId, word: service.name };
    const value = encodeHint(hint);
    return modalView("service", {
      title: "Service",
      hint,
      blocks: [
        header(oneLine(service.name)),
        section(promiseWords(service)),
        context(latencyWords(service)),
        section(destinationWords(service)),
        section(
          joinMrkdwn(
            [mrkdwn`*Who answers*`, ...layerIds.map((layer) => ownerLine(owners, layer))],
            "\n",
          ),
        ),
        actions("service", [
          button("edit-owners", "Name owners", value, { style: "primary" }),
          button("edit-service", "Edit", value, { spoken: "Edit this service" }),
          button("list-services", "All services", encodeHint({ incidentId })),
        ]),
        ...differenceBlocks(service, owners),
        context(editedWords(service)),
      ],
    });
  },
};

function promiseWords({ promise }: StoredService): string {
  return promise === null
    ? "What it promises its users is not written down yet."
    : `What it promises its users: ${truncate(promise, 1500)}`;
}

function latencyWords({ latencyObjectiveMs }: StoredService): string {
  return latencyObjectiveMs === null
    ? "Within how many milliseconds it should answer is not written down yet."
    : `Latency objective: ${millisecondsWords(latencyObjectiveMs)} or faster.`;
}

/** Where its things go; "as set up for all services" where the service says nothing of its own. */
function destinationWords(service: StoredService): Mrkdwn {
  const own = (text: string | null) => (text === null ? asForAll : mrkdwn`\`${text}\``);
  const channel =
    service.announceChannel === null ? asForAll : mentionChannel(service.announceChannel);
  return joinMrkdwn(
    [
      ...(service.isDefault ? [mrkdwn`*The default service:* chosen where nobody says.`] : []),
      mrkdwn`*Issues:* ${own(service.issuesRepo)}`,
      mrkdwn`*Postmortems:* ${own(service.postmortemRepo)}, folder ${own(service.postmortemPath)}`,
      mrkdwn`*Announced in:* ${channel}`,
    ],
    "\n",
  );
}

const asForAll = mrkdwn`_as set up for all services_`;

/** What was edited in Slack counts; each value that the file says differently can be taken over. */
function differenceBlocks(service: StoredService, owners: readonly ServiceOwner[]): KnownBlock[] {
  const { fromFile } = service;
  const values = differencesFromFile(service, owners);
  if (fromFile === null || values.length === 0) return [];
  const many = countOf(values.length, "value is", "values are");
  return [
    divider(),
    section(
      mrkdwn`*${many} not as the services file says.* What stands above counts, until somebody takes over what the file says.`,
    ),
    ...values.map((value) => differenceBlock(service, fromFile, value)),
  ];
}

function differenceBlock(
  service: StoredService,
  fromFile: FromFile,
  value: ServiceValue,
): KnownBlock {
  const words = fileWords(fromFile, value);
  const label = valueLabel(value);
  const blockId = `file-value:${value}`;
  return {
    ...(typeof words === "string"
      ? section(`${label}. The file says ${words}.`, blockId)
      : section(mrkdwn`${label}. The file says ${words}.`, blockId)),
    accessory: button(
      "take-file-value",
      "Take over the file's value",
      encodeHint({ incidentId: 0 as IncidentId, word: service.name }),
      { spoken: `${label}: take over the file's value` },
    ),
  };
}

function editedWords({ editedAt, editedBy, fromFile }: StoredService): Mrkdwn {
  if (editedAt !== null && editedBy !== null) {
    return mrkdwn`Edited last by ${mention(editedBy)}, ${dateTime(editedAt)}.`;
  }
  return fromFile === null
    ? mrkdwn`Not in the services file.`
    : mrkdwn`As the services file says; nobody has edited it in Slack.`;
}
