import { getIncidentState } from "#src/db/incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Incident } from "#src/domain/incident.ts";
import { mrkdwn, oneLine, truncateMrkdwn } from "#views/block-kit.ts";
import { incidentName, severityWords, statusWords } from "#views/words.ts";
import type { Handler } from "./handler.ts";

type SetTopic = Extract<Effect, { name: "set-topic" }>;

/** Slack's limit (docs.slack.dev, conversations.setTopic). */
const topicLimit = 250;

/** Sets the channel's topic to where the incident stands now. */
export const setTopic: Handler<SetTopic> = {
  async run(ctx, effect) {
    const { incident } = await getIncidentState(ctx.db, effect.incidentId);
    if (incident.channelId === null) return { outcome: { skipped: "no_channel" } };
    await ctx.slack.setTopic(incident.channelId, topicOf(incident));
    return { outcome: {} };
  },
};

/** "Incident 12 · SEV2 · open, diagnosing · Old travel rule in answers", escaped for Slack. */
function topicOf(incident: Incident): string {
  const topic = mrkdwn`${incidentName(incident)} · ${severityWords(incident)} · ${statusWords(incident)} · ${oneLine(incident.title)}`;
  return truncateMrkdwn(topic, topicLimit).mrkdwn;
}
