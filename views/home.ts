import type { HomeView, KnownBlock } from "@slack/types";
import type { Home, HomeIncident } from "#src/domain/home.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
  actions,
  button,
  context,
  divider,
  header,
  linkTo,
  mrkdwn,
  mention,
  mentionChannel,
  oneLine,
  section,
} from "./block-kit.ts";
import { encodeHint } from "./hint.ts";
import { countOf, incidentName, leverLine, severityWords, statusWords } from "./words.ts";

/**
 * The Home tab of one person: what waits for them, the open incidents, their services. Every list is the
 * first part and a count, so it stays below Slack's 100 blocks however much there is.
 */
export function renderHome(home: Home, botCommand: string): HomeView {
  return {
    type: "home",
    blocks: [
      actions("home", [
        button(
          "declare-incident",
          "Declare an incident",
          encodeHint({ incidentId: 0 as IncidentId }),
          { style: "primary" },
        ),
      ]),
      ...waiting(home),
      divider(),
      ...openIncidents(home, botCommand),
      divider(),
      ...services(home, botCommand),
    ],
  };
}

/** The Home of somebody who may not see incidents, or whom we do not know yet: one sentence. */
export function renderClosedHome(sentence: string): HomeView {
  return { type: "home", blocks: [section(sentence)] };
}

function waiting({ answers, levers, actions: own }: Home): KnownBlock[] {
  const count = answers.total + levers.total + own.total;
  return [
    header("Waiting for you"),
    ...(count === 0 ? [section("Nothing waits for you.")] : []),
    ...answers.first.map(({ incident, layers }) =>
      row(
        `Answer for ${layersInWords(layers)} in ${line(incident)}`,
        `answer:${incident.number}`,
        button("answer-layers", "Answer", encodeHint({ incidentId: incident.id, layers }), {
          style: "primary",
          spoken: `Answer in incident ${incident.number}`,
        }),
      ),
    ),
    ...rest(
      answers.total - answers.first.length,
      "incident that waits for an answer of yours",
      "incidents that wait for an answer of yours",
    ),
    ...levers.first.flatMap((one) => leverBlocks(one)),
    ...rest(levers.total - levers.first.length, "lever to confirm", "levers to confirm"),
    ...own.first.flatMap(({ incident, number, title, dueOn, issueUrl }) => [
      section(`Due ${dueOn}: ${oneLine(title)}`, `action:${incident.number}:AC${number}`),
      context(
        issueUrl === null
          ? `Action ${number} of ${incidentName(incident).toLowerCase()}.`
          : mrkdwn`Action ${number} of ${incidentName(incident).toLowerCase()}. ${linkTo(issueUrl, "Its issue")}`,
      ),
    ]),
    ...rest(own.total - own.first.length, "action that you own", "actions that you own"),
  ];
}

function leverBlocks({ incident, ...use }: Home["levers"]["first"][number]): KnownBlock[] {
  const hint = encodeHint({ incidentId: incident.id, leverNumber: use.number });
  return [
    section(`Did you authorize lever ${use.number} (${leverLine(use)}) in ${line(incident)}?`),
    actions(`lever:${incident.number}:LV${use.number}`, [
      button("confirm-lever", "Yes, I authorized it", hint),
      button("decline-lever", "No, I did not", hint),
    ]),
  ];
}

function openIncidents({ incidents }: Home, botCommand: string): KnownBlock[] {
  const more = incidents.total - incidents.first.length;
  return [
    header("Open incidents"),
    ...(incidents.total === 0 ? [section("No incident is open.")] : []),
    ...incidents.first.flatMap((incident) => [
      section(line(incident)),
      context(
        mrkdwn`${incident.isMine ? "Yours · " : ""}${incident.channelId === null ? mrkdwn`#${incident.channelName}` : mentionChannel(incident.channelId)} · ${statusWords(incident)} · ${mention(incident.coordinator)} leads`,
      ),
    ]),
    ...(more > 0
      ? [context(`And ${more} more: type ${botCommand} list to page through all.`)]
      : []),
  ];
}

function services({ services: own }: Home, botCommand: string): KnownBlock[] {
  const more = own.total - own.first.length;
  return [
    header("Your services"),
    ...(own.total === 0
      ? [section(`You own no layer of a service. ${botCommand} owners shows who does.`)]
      : own.first.map(({ name, owns, standsIn }) => {
          const parts = [
            ...(owns.length > 0 ? [`you answer for ${layersInWords(owns)}`] : []),
            ...(standsIn.length > 0 ? [`you stand in for ${layersInWords(standsIn)}`] : []),
          ];
          return section(`${oneLine(name)}: ${parts.join("; ")}`);
        })),
    ...(more > 0 ? [context(`And ${more} more: ${botCommand} owners shows them.`)] : []),
  ];
}

/** "Incident 12 · SEV2 · Old travel rule in answers" */
function line(incident: HomeIncident): string {
  return `${incidentName(incident)} · ${severityWords(incident)} · ${oneLine(incident.title)}`;
}

function row(text: string, blockId: string, accessory: ReturnType<typeof button>): KnownBlock {
  return { ...section(text, blockId), accessory };
}

function rest(more: number, one: string, many: string): KnownBlock[] {
  return more > 0 ? [context(`And ${countOf(more, `more ${one}`, `more ${many}`)}.`)] : [];
}
