import type { BotState } from "#sandbox/page/live/topics.ts";
import { useDesk } from "#sandbox/page/panes/use-desk.ts";

const states: Record<BotState["state"], string> = {
  starting: "is starting",
  up: "is up",
  down: "is down",
  restarting: "is being restarted",
};

/** How the bot is, and buttons to kill and start it. */
export function BotControls({ bot }: { bot: BotState | undefined }) {
  const { ask, problem } = useDesk();
  if (!bot) return null;
  const isBusy = bot.state === "starting" || bot.state === "restarting";
  return (
    <section className="in-bot">
      <h3>The bot</h3>
      <p role="status">
        The bot <strong>{states[bot.state]}</strong>.{" "}
        {bot.state === "down"
          ? "Who does something now sees Slack's error; what was written down waits in the database."
          : `Slack reaches it by ${bot.transport === "http" ? "signed HTTP" : "Socket Mode"}.`}
      </p>
      {bot.lastWords !== undefined && <pre className="in-last">{bot.lastWords}</pre>}
      <div className="pn-buttons">
        <button
          type="button"
          className="pn-danger"
          disabled={bot.state === "down"}
          onClick={() => void ask("kill-bot", null)}
        >
          Kill the bot and its database (kill -9)
        </button>
        <button type="button" disabled={isBusy} onClick={() => void ask("restart-bot", null)}>
          Restart it
        </button>
        {bot.transport === "socket" && (
          <button type="button" onClick={() => void ask("refresh-sockets", null)}>
            Slack asks it to connect anew
          </button>
        )}
      </div>
      <p className="pn-soft in-hint">
        Where an open form keeps you from these buttons, open the page in a second tab.
      </p>
      <p role="alert" className={problem === undefined ? "in-quiet" : "pn-alert"}>
        {problem}
      </p>
    </section>
  );
}
