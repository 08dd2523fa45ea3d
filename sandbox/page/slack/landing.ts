import type { ScreenChannel } from "#sandbox/screen.ts";
import { sortChannels } from "./conversation.ts";

const byNumber = new Intl.Collator("en", { numeric: true });

/** Where somebody comes in who says nothing else. */
export function firstOf(channels: Iterable<ScreenChannel>): string {
  const { mine, direct } = sortChannels(channels);
  const general = mine.find(({ name }) => name === "general");
  return (general ?? mine[0] ?? direct[0])?.id ?? "browse";
}

/**
 * Where somebody goes on whom the page now acts as: where the bot has told them something, or in the
 * newest incident that they are in.
 */
export function landingOf(channels: Iterable<ScreenChannel>, botUserId: string): string {
  const all = [...channels];
  const { mine, direct } = sortChannels(all);
  const told = direct.find(({ unread, memberIds }) => unread > 0 && memberIds.includes(botUserId));
  const incidents = mine.filter(({ name }) => name.startsWith("inc-"));
  const newest = incidents.toSorted((a, b) => byNumber.compare(a.name, b.name)).at(-1);
  return (told ?? newest)?.id ?? firstOf(all);
}
