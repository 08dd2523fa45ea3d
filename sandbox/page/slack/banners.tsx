import { desk } from "#sandbox/page/live/ask.ts";
import { useConnection, useOne } from "#sandbox/page/live/store.ts";
import { attempt } from "./notices.tsx";

/** What stands in the way: no connection, no bot. */
export function Banners() {
  const connection = useConnection();
  const bot = useOne("bot");
  return (
    <div className="banners" role="status">
      {connection === "lost" && (
        <p data-tone="problem">
          <span>
            The connection to the sandbox is lost. If you stopped it, start it again:{" "}
            <code>npm run sandbox</code>. Trying again…
          </span>
        </p>
      )}
      {connection !== "lost" && bot && bot.state !== "up" && (
        <p data-tone={bot.state === "down" ? "problem" : "plain"}>
          {sentences[bot.state]}
          {bot.state === "down" && (
            <button type="button" onClick={() => void attempt(() => desk("restart-bot", null))}>
              Restart it
            </button>
          )}
          {bot.state === "down" && bot.lastWords !== undefined && (
            <span className="last-words">{bot.lastWords}</span>
          )}
        </p>
      )}
    </div>
  );
}

const sentences = {
  starting: "The bot is starting. It will answer in a moment.",
  restarting: "The bot is restarting: what you do now may fail as it would in Slack.",
  down: "The bot is down: what you do now fails as it would in Slack.",
};
