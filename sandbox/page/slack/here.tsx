import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { SurfaceContext, type Surface } from "#sandbox/page/kit/surface.ts";
import { address, go, paneOf } from "#sandbox/page/live/address.ts";
import { useMinute } from "#sandbox/page/live/clock.ts";
import { useTopic } from "#sandbox/page/live/store.ts";
import type { SandboxUser } from "#sandbox/protocol.ts";
import type { ScreenChannel, WorkspaceFacts } from "#sandbox/screen.ts";
import { type Zone, zoneOf } from "./days.ts";
import { placeOf } from "./links.ts";

/** Who looks at this workspace, and what they know of it. */
export interface Here {
  me: SandboxUser;
  facts: WorkspaceFacts;
  zone: Zone;
  /** What counts as today; changes with the day only. */
  today: Date;
  people: ReadonlyMap<string, SandboxUser>;
}

const HereContext = createContext<Here | undefined>(undefined);

/** Who looks, and at what. */
export function useHere(): Here {
  const here = useContext(HereContext);
  if (!here) throw new Error("this is shown in the workspace only");
  return here;
}

/** The handle of a person or an app, without @. */
export function handleOf({ people, facts }: Here, userId: string): string {
  if (userId === facts.bot.userId) return facts.bot.name;
  return people.get(userId)?.name ?? (userId === "" ? "an app" : userId);
}

/** "#general", or the handle of the other one of a direct message. */
export function channelName(here: Here, channel: ScreenChannel): string {
  if (!channel.isDirect) return `#${channel.name}`;
  const others = channel.memberIds.filter((id) => id !== here.me.id);
  return others.map((id) => handleOf(here, id)).join(", ") || here.facts.bot.name;
}

/** Gives what is inside the person, the workspace, and what Block Kit needs to know of both. */
export function HereProvider(props: {
  me: SandboxUser;
  facts: WorkspaceFacts;
  children: ReactNode;
}) {
  const { me, facts } = props;
  const zone = zoneOf(me.timeZone ?? "UTC");
  const today = useToday(zone);
  const here = useMemo(
    () => ({ me, facts, zone, today, people: new Map(facts.people.map((one) => [one.id, one])) }),
    [me, facts, zone, today],
  );
  const surface = useSurfaceOf(here);
  return (
    <HereContext value={here}>
      <SurfaceContext value={surface}>{props.children}</SurfaceContext>
    </HereContext>
  );
}

function useSurfaceOf(here: Here): Surface {
  const channels = useTopic("channels");
  const issues = useTopic("issues");
  const pulls = useTopic("pulls");
  // names change seldom, unread counts often: what hangs on names stays as it is
  const names = [...channels.values()].map(({ id, name }) => `${id} ${name}`).join("\n");
  const urls = [...issues.values(), ...pulls.values()].map(({ url }) => url).join("\n");
  return useMemo(() => {
    const { facts, me, today } = here;
    const known = { teamName: facts.team.name, gitHubUrls: urls.split("\n").filter(Boolean) };
    return {
      people: new Map([
        ...facts.people.map(({ id, name }) => [id, name] as const),
        [facts.bot.userId, facts.bot.name] as const,
      ]),
      groups: new Map(facts.groups.map((group) => [group.id, group])),
      channels: new Map(names.split("\n").map((line) => [line.split(" ")[0] ?? "", after(line)])),
      zone: me.timeZone ?? "UTC",
      now: today,
      follow(url) {
        const place = placeOf(url, known);
        if (!place) return false;
        const here = address().place;
        go({ ...(here.at === undefined ? {} : { at: here.at }), ...paneOf(here), ...place });
        return true;
      },
    };
  }, [here, names, urls]);
}

function after(line: string): string {
  return line.slice(line.indexOf(" ") + 1);
}

function useToday(zone: Zone): Date {
  const minute = useMinute() ?? new Date(0);
  const [today, setToday] = useState(minute);
  const isOther = zone.dayKey(today.toISOString()) !== zone.dayKey(minute.toISOString());
  useEffect(() => {
    if (isOther) setToday(minute);
  }, [isOther, minute]);
  return isOther ? minute : today;
}
