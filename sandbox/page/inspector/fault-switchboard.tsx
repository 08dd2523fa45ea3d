import { useEffect, useId, useState } from "react";
import type { FaultSwitches } from "#sandbox/page/live/topics.ts";
import { useDesk } from "#sandbox/page/panes/use-desk.ts";

/** What each switch does, and what is to be seen of it. */
const words: Record<keyof FaultSwitches, { name: string; does: string; see: string }> = {
  slackSlow: {
    name: "Slack is slow",
    does: "Every call of the bot's to Slack takes 1.5 s, and one form in three longer than Slack waits.",
    see: "Messages come later. Where a form does not open the bot says so: try again, nothing is lost.",
  },
  slackRateLimited: {
    name: "Slack says “too many calls”",
    does: "Slack answers every other call with 429: come again in 2 s.",
    see: "Messages wait, and then go through, each once and in order. Where a form does not open, try again.",
  },
  slackDown: {
    name: "Slack's API is down",
    does: "Slack answers every call of the bot's with 503, and still tells it what people do.",
    see: "No form opens. What is decided all the same, by a button or in a form that was open before, is recorded. Messages wait below, and follow when you switch it off.",
  },
  githubDown: {
    name: "GitHub is down",
    does: "GitHub answers every call with 503.",
    see: "The incident goes on in Slack. Issues and the pull request wait below, and follow when you switch it off.",
  },
  lostAnswers: {
    name: "Answers get lost",
    does: "One call in three takes effect, but its answer is cut off: the bot cannot know.",
    see: "Effects below turn to “uncertain”. The bot looks before it tries again, so no message and no issue stands twice.",
  },
  deliverTwice: {
    name: "Everything is told twice",
    does: "Slack delivers every event to the bot two times.",
    see: "The second delivery is answered, and changes nothing.",
  },
  rateWindows: {
    name: "Slack counts calls",
    does: "Slack allows each method only as many calls a minute as the real one.",
    see: "The bot paces itself: there are few 429s below, or none.",
  },
};
const names = Object.keys(words) as (keyof FaultSwitches)[];

/** Switches to break things with. */
export function FaultSwitchboard({ switches }: { switches: FaultSwitches | undefined }) {
  const { ask, problem } = useDesk();
  const [wanted, setWanted] = useState<Partial<FaultSwitches>>({});
  // what the sandbox says replaces what was wished for
  useEffect(() => setWanted({}), [switches]);
  const shown = switches && { ...switches, ...wanted };
  const turn = async (change: Partial<FaultSwitches>) => {
    setWanted((before) => ({ ...before, ...change }));
    if (!(await ask("switches", change))) setWanted({});
  };
  const on = shown ? names.filter((name) => shown[name]) : [];
  return (
    <section className="in-switches">
      <h3>Break things</h3>
      <p className="pn-soft">
        Switch something on while people work or the script plays, then watch the line below: what
        is lost, or seen twice, is counted there.
      </p>
      {!shown && <p className="pn-soft">Connecting to the sandbox.</p>}
      {shown && (
        <ul>
          {names.map((name) => (
            <Switch
              key={name}
              {...words[name]}
              isOn={shown[name]}
              onTurn={(isOn) => void turn({ [name]: isOn })}
            />
          ))}
        </ul>
      )}
      {on.length > 0 && (
        <button
          type="button"
          onClick={() => void turn(Object.fromEntries(on.map((name) => [name, false])))}
        >
          Switch all off ({on.length})
        </button>
      )}
      <p role="alert" className={problem === undefined ? "in-quiet" : "pn-alert"}>
        {problem}
      </p>
    </section>
  );
}

function Switch({
  name,
  does,
  see,
  isOn,
  onTurn,
}: {
  name: string;
  does: string;
  see: string;
  isOn: boolean;
  onTurn: (isOn: boolean) => void;
}) {
  const id = useId();
  return (
    <li className={isOn ? "in-on" : undefined}>
      <label htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={isOn}
          aria-describedby={`${id}-does`}
          onChange={({ target }) => onTurn(target.checked)}
        />
        <strong>{name}</strong>
        <span className="in-onoff" aria-hidden="true">
          {isOn ? "on" : "off"}
        </span>
      </label>
      <p id={`${id}-does`}>
        {does} <span className="in-see">{see}</span>
      </p>
    </li>
  );
}
