import { paneOf, type Place, writePlace } from "#sandbox/page/live/address.ts";
import { person } from "#sandbox/page/live/ask.ts";
import { useTopic } from "#sandbox/page/live/store.ts";
import { sortChannels } from "./conversation.ts";
import { useHere } from "./here.tsx";
import { attempt } from "./notices.tsx";

/** Every public channel, to look at and to join. */
export function Browse({ place }: { place: Place }) {
  const { me } = useHere();
  const { mine, archived, others } = sortChannels(useTopic("channels").values());
  const all = [...others, ...mine, ...archived];
  return (
    <>
      <header className="channel-header">
        <div className="channel-title">
          <h2>Browse channels</h2>
        </div>
      </header>
      <div className="page-body">
        <ul className="browse">
          {all.map((channel) => (
            <li key={channel.id}>
              <div>
                <a href={writePlace({ at: channel.id, ...paneOf(place) })}>
                  <bdi>#{channel.name}</bdi>
                </a>
                <p>
                  {[
                    channel.memberIds.length === 1
                      ? "1 member"
                      : `${channel.memberIds.length} members`,
                    ...(channel.isPrivate ? ["private"] : []),
                    ...(channel.isArchived ? ["archived"] : []),
                    ...(channel.isMember ? ["you are in it"] : []),
                  ].join(" · ")}
                </p>
              </div>
              {!channel.isMember && !channel.isArchived && (
                <button
                  type="button"
                  aria-label={`Join #${channel.name}`}
                  onClick={() =>
                    void attempt(() => person("join", { userId: me.id, channelId: channel.id }))
                  }
                >
                  Join
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
