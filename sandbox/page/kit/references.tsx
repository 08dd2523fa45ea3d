import { Link } from "./link.tsx";
import type { Reference } from "./mrkdwn.ts";
import { formatSlackDate } from "./slack-dates.ts";
import { useSurface } from "./surface.ts";
import { withEmoji } from "./emoji.ts";

/** What stands in angle brackets in mrkdwn, and as an element of its own in rich text. */
export function ReferenceText({ to }: { to: Reference }) {
  switch (to.is) {
    case "link":
      return (
        <Link url={to.url}>
          <bdi>{withEmoji(to.label)}</bdi>
        </Link>
      );
    case "user":
    case "channel":
    case "group":
      return <Mention to={to} />;
    case "broadcast":
      return <span className="bk-mention">@{to.range}</span>;
    case "date":
      return <SlackDate date={to} />;
    default:
      return to satisfies never;
  }
}

function Mention({ to: { is, id, label } }: { to: Extract<Reference, { id: string }> }) {
  const { people, groups, channels, follow } = useSurface();
  const known = { user: people.get(id), channel: channels.get(id), group: groups.get(id)?.handle };
  const name = known[is] ?? label?.replace(/^[@#]/, "") ?? id;
  if (is === "channel" && follow && channels.has(id)) {
    return (
      <button
        type="button"
        className="bk-mention bk-channel"
        onClick={() => follow(`slack://channel?id=${id}`)}
      >
        #<bdi>{name}</bdi>
      </button>
    );
  }
  return (
    <span className="bk-mention">
      {is === "channel" ? "#" : "@"}
      <bdi>{name}</bdi>
    </span>
  );
}

function SlackDate({ date }: { date: Extract<Reference, { is: "date" }> }) {
  const { zone, now } = useSurface();
  const written = formatSlackDate(date.timestamp, date.format, { zone, now });
  const shown =
    written === undefined ? (
      <bdi>{date.fallback}</bdi>
    ) : (
      <time dateTime={new Date(date.timestamp * 1_000).toISOString()} title={date.fallback}>
        <bdi>{written}</bdi>
      </time>
    );
  return date.url === undefined ? shown : <Link url={date.url}>{shown}</Link>;
}
