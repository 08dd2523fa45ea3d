import { memo } from "react";
import type { EffectRow } from "#sandbox/page/live/topics.ts";
import { Part, shownOf, Table } from "./part.tsx";
import { type Sieve, sieveEffects } from "./sieve.ts";
import { duration, RealTime, useNow } from "./times.tsx";
import { effectInWords, isFinished, laneInWords, stateInWords } from "./words.ts";

const heads = ["Effect", "State", "When", "Attempts", "Last error", "Lane"];

/** What the bot has to do outside, what is not done on top. */
export function EffectsPart({
  effects,
  sieve,
  people,
}: {
  effects: ReadonlyMap<string, EffectRow>;
  sieve: Sieve;
  people: ReadonlyMap<string, string>;
}) {
  const shown = sieveEffects(effects.values(), sieve);
  const now = useNow(shown.some((effect) => !isFinished(effect)));
  return (
    <Part title="Effects" count={shownOf(shown.length, effects.size)} startsOpen>
      <Table
        kind="effects"
        caption="Effects: what the bot has to do in Slack and on GitHub"
        heads={heads}
        empty={
          effects.size === 0
            ? "None yet. Declare an incident, and they come."
            : "None that you asked for."
        }
      >
        {shown.map((effect) => (
          <Row
            key={effect.id}
            effect={effect}
            lane={laneInWords(effect.lane, people)}
            now={isFinished(effect) ? 0 : now}
          />
        ))}
      </Table>
    </Part>
  );
}

const Row = memo(function Row({
  effect,
  lane,
  now,
}: {
  effect: EffectRow;
  lane: string;
  /** 0 where it does not matter. */
  now: number;
}) {
  const { name, key, state, attempts, lastError } = effect;
  return (
    <tr role="row" data-state={state}>
      <th scope="row" role="rowheader" className="in-name">
        {effectInWords(name)} <code>{key}</code>
      </th>
      <td role="cell" className="in-state">
        {stateInWords(effect)}
      </td>
      <td role="cell" className="in-when">
        <When effect={effect} now={now} />
      </td>
      <td role="cell" className="in-number in-attempts">
        {attempts}
        <span className="in-unit"> {attempts === 1 ? "attempt" : "attempts"}</span>
      </td>
      <td role="cell" className="in-last-error">
        {lastError === null ? "" : <bdi className="in-error">{lastError}</bdi>}
      </td>
      <td role="cell" className="in-lane">
        {lane}
      </td>
    </tr>
  );
});

function When({
  effect: { writtenAt, dueAt, doneAt, state },
  now,
}: {
  effect: EffectRow;
  now: number;
}) {
  if (doneAt !== null) {
    return (
      <>
        <RealTime at={doneAt} />, after {duration(Date.parse(doneAt) - Date.parse(writtenAt))}
      </>
    );
  }
  const leftMs = Date.parse(dueAt) - now;
  return (
    <>
      since <RealTime at={writtenAt} /> ({duration(now - Date.parse(writtenAt))})
      {state !== "attempting" && state !== "dead" && leftMs > 0 && `, next in ${duration(leftMs)}`}
    </>
  );
}
