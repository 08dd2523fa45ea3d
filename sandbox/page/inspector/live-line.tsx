import { type ReactNode, useMemo } from "react";
import type { EffectRow } from "#sandbox/page/live/topics.ts";
import {
  isCaughtUp,
  leftOf,
  type Outside,
  type Tally,
  tallyOf,
  type Testimony,
  type Witness,
} from "./tally.ts";

/** So many of the last effects are told of. */
const effectsAtMost = 200;

export interface Seen extends Outside {
  effects: ReadonlyMap<string, EffectRow>;
}

/** How far the bot is with what it has to do outside, and whether anything of it was lost or seen twice. */
export function LiveLine({
  seen,
  witness,
  isBotUp,
  children,
}: {
  seen: Seen;
  witness: Witness;
  isBotUp: boolean;
  /** What else stays in sight. */
  children?: ReactNode;
}) {
  const { effects, messages, issues, pulls } = seen;
  const tally = useMemo(() => tallyOf(effects.values()), [effects]);
  const testimony = useMemo(
    () => witness.look(effects, { messages, issues, pulls }),
    [witness, effects, messages, issues, pulls],
  );
  return (
    <section className="in-live">
      <h3 className="only-spoken">What the bot has to do in Slack and on GitHub</h3>
      {tally.written === 0 ? (
        <p className="pn-soft">
          No effects yet. What somebody decides is written down as effects in the moment it is
          decided; then the bot carries them out in Slack and on GitHub.
        </p>
      ) : (
        <>
          <Numbers tally={tally} />
          <div className="in-sum">
            <p role="status" className={isCaughtUp(tally) ? "in-caught-up" : undefined}>
              {isCaughtUp(tally) ? "All caught up." : stillToDo(leftOf(tally), isBotUp)}
            </p>
            <Vouch testimony={testimony} />
          </div>
        </>
      )}
      {children}
    </section>
  );
}

function stillToDo(left: number, isBotUp: boolean): string {
  return isBotUp
    ? `${left} still to be done; the bot tries again by itself.`
    : `${left} still to be done: the bot is not up. What waits stands in its database, and is done when it is back.`;
}

function Numbers({ tally }: { tally: Tally }) {
  const { written, done, underWay, waiting, uncertain, dead } = tally;
  const numbers: [name: string, count: number, tone?: string][] = [
    [written >= effectsAtMost ? "last effects" : written === 1 ? "effect" : "effects", written],
    ["done", done],
    ["waiting", waiting + underWay],
    ["uncertain", uncertain, "warn"],
    ["failed for good", dead, "danger"],
  ];
  return (
    <dl className="in-numbers">
      {numbers.map(([name, count, tone]) => (
        <div key={name} className={tone !== undefined && count > 0 ? `in-${tone}` : undefined}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Says what is claimed, and what it is read off. */
function Vouch({ testimony: { seen, lost, marked, doubled } }: { testimony: Testimony }) {
  return (
    <div className="in-vouch">
      <p>
        Of {seen === 1 ? "1 effect" : `${seen} effects`}{" "}
        <strong className={lost.length > 0 ? "in-danger" : "in-ok"}>
          {lost.length === 0 ? "none lost" : `${lost.length} lost`}
        </strong>
        ;{" "}
        <strong className={doubled.length > 0 ? "in-danger" : "in-ok"}>
          {doubled.length === 0 ? "nothing seen twice" : `${doubled.length} seen twice`}
        </strong>{" "}
        among the{" "}
        {marked === 1
          ? "one message, issue or pull request"
          : `${marked} messages, issues and pull requests`}{" "}
        you can see, so far.
      </p>
      <details>
        <summary>What this counts</summary>
        <p>
          Waiting: also what is being attempted now. Lost: of the last {seen} effects that this tab
          has seen in the bot's database, those that are not there any more. Seen twice: effects
          whose id this tab has seen on more than one of the {marked} messages, issues and pull
          requests that the bot marked so and that this person can see; what only others can see is
          not counted. It knows what it was told while the inspector was open.
        </p>
        {[...lost, ...doubled].length > 0 && (
          <ul>
            {lost.map((id) => (
              <li key={id}>
                lost: <code>{id}</code>
              </li>
            ))}
            {doubled.map((id) => (
              <li key={id}>
                seen twice: <code>{id}</code>
              </li>
            ))}
          </ul>
        )}
      </details>
    </div>
  );
}
