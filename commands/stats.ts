import { listCountedIncidents } from "#src/db/stats.ts";
import { statsOf } from "#src/domain/stats.ts";
import { renderStats } from "#views/messages/stats.ts";
import { mayReadList, say } from "./read-incident.ts";
import type { TeamCommand } from "./slash-command.ts";

const usualDays = 90;

/** What is blamed first, and what broke first, over the incidents of a time. */
export const stats: TeamCommand = {
  subcommand: "stats",
  usage: "stats [days, or all]",
  isAboutIncident: false,
  summary: "See what is blamed first and what broke first, over the last 90 days.",
  run: async (ctx, { text }) => {
    const denied = await mayReadList(ctx);
    if (denied) return denied;
    const days = daysOf(text);
    if (days === undefined) {
      const { slashCommand } = ctx.settings;
      return say(
        `Say over how many days, for example \`${slashCommand} stats 30\`, or \`${slashCommand} stats all\`.`,
      );
    }
    const { teamId, userId } = ctx.actor;
    const since = days === null ? null : new Date(ctx.now.getTime() - days * 86_400_000);
    const incidents = await listCountedIncidents(ctx.db, teamId, userId, since);
    return { kind: "ephemeral", ...renderStats(statsOf(incidents), days) };
  },
};

/** Null: all there ever were; undefined where it is no number of days. */
function daysOf(text: string): number | null | undefined {
  if (text === "") return usualDays;
  if (text.toLowerCase() === "all") return null;
  const [, digits] = /^(\d{1,5})(?:\s*d(?:ays?)?)?$/i.exec(text) ?? [];
  const days = Number(digits);
  return digits === undefined || days === 0 ? undefined : days;
}
