import type { ScriptState, TourState, TourStep } from "#sandbox/page/live/topics.ts";
import { ScriptPart } from "./script-part.tsx";
import "#sandbox/page/panes/panes.css";
import "./tour.css";

export interface TourActions {
  onActAs: (userId: string) => void;
  /** Lets the script go on; `until`: up to this step, which is left to people. */
  onPlay: (until?: number) => void;
  onPause: () => void;
}

/** Five steps by which one runs an incident as several people, and beside them the script. */
export function TourView({
  tour,
  script,
  me,
  problem,
  ...actions
}: TourActions & {
  tour: TourState | undefined;
  script: ScriptState | undefined;
  /** Whom this tab acts as. */
  me: string | undefined;
  problem: string | undefined;
}) {
  if (!tour) return <p className="pn-soft">Connecting to the sandbox.</p>;
  return (
    <div className="tr-pane">
      {tour.steps.length === 0 ? (
        <p className="pn-soft">
          This incident has no tour: its people are not those the tour needs. The script plays it.
        </p>
      ) : (
        <Steps steps={tour.steps} script={script} me={me} {...actions} />
      )}
      <p role="alert" className={problem === undefined ? "tr-quiet" : "pn-alert"}>
        {problem}
      </p>
      <ScriptPart script={script} onPlay={actions.onPlay} onPause={actions.onPause} />
    </div>
  );
}

function Steps({
  steps,
  script,
  me,
  ...actions
}: TourActions & {
  steps: readonly TourStep[];
  script: ScriptState | undefined;
  me: string | undefined;
}) {
  const done = steps.filter(({ isDone }) => isDone).length;
  const current = steps.find(({ isDone }) => !isDone);
  return (
    <section>
      <h3>An incident in five steps</h3>
      <p className="pn-soft">
        You do each step as the person it belongs to, in Slack itself. It is ticked off by what then
        stands in Slack and on GitHub.
      </p>
      <p className="tr-progress">
        <progress max={steps.length} value={done} aria-label="Steps of the tour done" />{" "}
        <span role="status">
          {done} of {steps.length} done
        </span>
      </p>
      {!current && <Seen steps={steps} />}
      <ol className="tr-steps">
        {steps.map((step) => (
          <Step
            key={step.id}
            step={step}
            isCurrent={step === current}
            script={script}
            me={me}
            {...actions}
          />
        ))}
      </ol>
    </section>
  );
}

function Seen({ steps }: { steps: readonly TourStep[] }) {
  return (
    <section className="tr-seen">
      <h4>That was it. What you have seen:</h4>
      <ul>
        {steps.map(({ id, seen }) => (
          <li key={id}>{seen}</li>
        ))}
      </ul>
    </section>
  );
}

function Step({
  step,
  isCurrent,
  script,
  me,
  onActAs,
  onPlay,
}: Omit<TourActions, "onPause"> & {
  step: TourStep;
  isCurrent: boolean;
  script: ScriptState | undefined;
  me: string | undefined;
}) {
  const { title, how, seen, isDone, actAs, playUntil } = step;
  const state = isDone ? "done" : isCurrent ? "this one now" : "to come";
  return (
    <li
      className={isCurrent ? "tr-current" : undefined}
      aria-current={isCurrent ? "step" : undefined}
    >
      <h4>
        {isDone && <span aria-hidden="true">✓ </span>}
        {title} <span className={isDone ? "tr-state tr-done" : "tr-state"}>{state}</span>
      </h4>
      {isDone && <p>{seen}</p>}
      {isCurrent && <How how={how} />}
      {!isCurrent && (
        <details>
          <summary>{isDone ? "How it was done" : "How it will be done"}</summary>
          <How how={how} />
        </details>
      )}
      {isCurrent && (
        <div className="pn-buttons">
          {playUntil !== undefined && <Others until={playUntil} script={script} onPlay={onPlay} />}
          <ActAs who={actAs} me={me} onActAs={onActAs} />
        </div>
      )}
    </li>
  );
}

function How({ how }: { how: readonly string[] }) {
  return (
    <ol className="tr-how">
      {how.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ol>
  );
}

function ActAs({
  who,
  me,
  onActAs,
}: {
  who: TourStep["actAs"];
  me: string | undefined;
  onActAs: (userId: string) => void;
}) {
  if (who.userId === me) return <p className="tr-am">You act as @{who.handle}.</p>;
  return (
    <button type="button" className="primary" onClick={() => onActAs(who.userId)}>
      Act as @{who.handle}
    </button>
  );
}

/** What others have to do before this step, by the script. */
function Others({
  until,
  script,
  onPlay,
}: {
  until: number;
  script: ScriptState | undefined;
  onPlay: (until: number) => void;
}) {
  const isLeft = script?.steps.some(
    ({ n, state }) => n < until && (state === "to_do" || state === "playing"),
  );
  if (script && !isLeft) return <p className="tr-am">The others have done their part.</p>;
  return (
    <button type="button" disabled={script?.state !== "idle"} onClick={() => onPlay(until)}>
      {script?.state === "playing" ? "The others are at it" : "Let the others do their part"}
    </button>
  );
}
