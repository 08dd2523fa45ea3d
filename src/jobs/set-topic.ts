import { getIncidentState } from "#src/db/incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Incident } from "#src/domain/incident.ts";
import { mrkdwn, oneLine, truncateMrkdwn } from "#views/block-kit.ts";
import { incidentName, openWords, severityWords } from "#views/words.ts";
import type { Handler } from "./handler.ts";
import { findNames } from "./names.ts";

type SetTopic = Extract<Effect, { name: "set-topic" }>;

/** Slack's limit (docs.slack.dev, conversations.setTopic). */
const topicLimit = 250;

/**
 * Sets the channel's topic where it says something else. It is written when the channel opens, with
 * another severity, coordinator or status, and when somebody has changed it; it names no phase. What is
 * there is read first: a topic that was set is an event, which leads here again.
 */
export const setTopic: Handler<SetTopic> = {
  async run(ctx, effect) {
    const { incident } = await getIncidentState(ctx.db, effect.incidentId);
    if (incident.channelId === null) return { outcome: { skipped: "no_channel" } };
    const names = await findNames(ctx, [incident.coordinator]);
    const topic = topicOf(incident, names.get(incident.coordinator));
    const channel = await ctx.slack.readChannel(incident.channelId);
    if (channel && unescaped(channel.topic) === unescaped(topic)) {
      return { outcome: { skipped: "stands_already" } };
    }
    await ctx.slack.setTopic(incident.channelId, topic);
    return { outcome: {} };
  },
};

/**
 * "Incident 12 · SEV2 · open · Ada leads · Old travel rule in answers", escaped for Slack. A topic shows
 * no mentions, so who leads is named; left out where Slack knows no name.
 */
function topicOf(incident: Incident, lead: string | undefined): string {
  const verb = incident.status === "open" ? "leads" : "led";
  const who = lead === undefined ? "" : ` · ${oneLine(lead, 60)} ${verb}`;
  const topic = mrkdwn`${incidentName(incident)} · ${severityWords(incident)} · ${openWords(incident)}${who} · ${oneLine(incident.title)}`;
  return truncateMrkdwn(topic, topicLimit).mrkdwn;
}

/** Slack gives a topic back with its three characters escaped, once or, where we sent them so, twice. */
function unescaped(topic: string): string {
  return topic
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
