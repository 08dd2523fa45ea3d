import { Fragment, type RefObject, useEffect, useRef } from "react";
import type { ScriptState, TourState, TourStep } from "#sandbox/page/live/topics.ts";
import { letItGoOn, ScriptPart } from "./script-part.tsx";
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
  const current = tour.steps.find(isToDo);
  return (
    <div className="tr-pane">
      {tour.steps.length === 0 ? (
        <NoTour script={script} />
      ) : (
        <Steps steps={tour.steps} script={script} me={me} {...actions} />
      )}
      <p role="alert" className={problem === undefined ? "tr-quiet" : "pn-alert"}>
        {problem}
      </p>
      <ScriptPart
        script={script}
        isPrimary={current?.playUntil === undefined}
        again={isOthersTurn(current, script) ? letOthers : letItGoOn}
        onPlay={actions.onPlay}
        onPause={actions.onPause}
      />
    </div>
  );
}

function NoTour({ script }: { script: ScriptState | undefined }) {
  if (!script) return null;
  return (
    <p className="pn-soft">
      {script.state === "over" ? (
        <>
          This incident has been played. <code>npm run sandbox</code> starts one for you to run.
        </>
      ) : (
        "This incident has no tour: its people, or some of its steps, are not those the tour needs. The script plays what there is."
      )}
    </p>
  );
}

function isToDo({ isDone }: TourStep): boolean {
  return !isDone;
}

const letOthers = "Let the others do their part";

/** Others have to do something by the script before this step. */
function isOthersTurn(step: TourStep | undefined, script: ScriptState | undefined): boolean {
  const until = step?.playUntil;
  if (until === undefined) return false;
  const isLeft = ({ n, state }: ScriptState["steps"][number]) =>
    n < until && (state === "to_do" || state === "playing");
  return !script || script.steps.some(isLeft);
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
  const current = steps.find(isToDo);
  // whoever comes to a step finds it on the screen, and after the last one what is left to see
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.current?.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
  }, [current?.id]);
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
      {!current && <Seen card={card} steps={steps} script={script} />}
      <ol className="tr-steps">
        {steps.map((step) =>
          step === current ? (
            <CurrentStep
              key={step.id}
              card={card}
              step={step}
              script={script}
              me={me}
              {...actions}
            />
          ) : (
            <FoldedStep key={step.id} step={step} isSeenTold={current !== undefined} />
          ),
        )}
      </ol>
    </section>
  );
}

type Card = RefObject<HTMLElement | null>;

function Seen({
  card,
  steps,
  script,
}: {
  card: Card;
  steps: readonly TourStep[];
  script: ScriptState | undefined;
}) {
  const isLeft = script !== undefined && script.state !== "over";
  return (
    <section ref={card} className="tr-seen">
      <h4>That was it. What you have seen:</h4>
      <ul>
        {steps.map(({ id, seen }) => (
          <li key={id}>{seen}</li>
        ))}
      </ul>
      {isLeft && <p>Next: open Inspector and break something while the script plays.</p>}
    </section>
  );
}

/** One that is done, or to come. `isSeenTold`: what is seen after it does not stand elsewhere. */
function FoldedStep({ step, isSeenTold }: { step: TourStep; isSeenTold: boolean }) {
  const { title, how, seen, isDone } = step;
  return (
    <li>
      <details>
        <summary>
          <h4>
            {isDone && <span aria-hidden="true">✓ </span>}
            {title}{" "}
            <span className={isDone ? "tr-state tr-done" : "tr-state"}>
              {isDone ? "done" : "to come"}
            </span>
          </h4>
        </summary>
        {isDone && isSeenTold && <p>{seen}</p>}
        <How how={how} />
      </details>
    </li>
  );
}

function CurrentStep({
  card,
  step,
  script,
  me,
  onActAs,
  onPlay,
}: Omit<TourActions, "onPause"> & {
  card: Card;
  step: TourStep;
  script: ScriptState | undefined;
  me: string | undefined;
}) {
  const { title, how, actAs, playUntil } = step;
  const isOthers = isOthersTurn(step, script);
  return (
    <li
      ref={(item) => {
        card.current = item;
      }}
      className="tr-current"
      aria-current="step"
    >
      <h4>
        {title} <span className="tr-state">this one now</span>
      </h4>
      <How how={how} />
      <div className="pn-buttons">
        {playUntil !== undefined && (
          <Others until={playUntil} isLeft={isOthers} script={script} onPlay={onPlay} />
        )}
        <ActAs who={actAs} me={me} isPrimary={!isOthers} onActAs={onActAs} />
      </div>
    </li>
  );
}

function How({ how }: { how: readonly string[] }) {
  return (
    <ol className="tr-how">
      {how.map((sentence) => (
        <li key={sentence}>
          <Sentence text={sentence} />
        </li>
      ))}
    </ol>
  );
}

/** What stands between backticks is to be typed just so. */
function Sentence({ text }: { text: string }) {
  return text
    .split("`")
    .map((part, index) => (
      <Fragment key={index}>{index % 2 === 1 ? <code>{part}</code> : part}</Fragment>
    ));
}

function ActAs({
  who,
  me,
  isPrimary,
  onActAs,
}: {
  who: TourStep["actAs"];
  me: string | undefined;
  isPrimary: boolean;
  onActAs: (userId: string) => void;
}) {
  if (who.userId === me) return <p className="tr-am">You act as @{who.handle}.</p>;
  return (
    <button
      type="button"
      className={isPrimary ? "primary" : undefined}
      onClick={() => onActAs(who.userId)}
    >
      Act as @{who.handle}
    </button>
  );
}

/** What others have to do before this step, by the script. */
function Others({
  until,
  isLeft,
  script,
  onPlay,
}: {
  until: number;
  isLeft: boolean;
  script: ScriptState | undefined;
  onPlay: (until: number) => void;
}) {
  if (!isLeft) return <p className="tr-am">The others have done their part.</p>;
  return (
    <button
      type="button"
      className="primary"
      disabled={script?.state !== "idle"}
      onClick={() => onPlay(until)}
    >
      {script?.state === "playing" ? "The others are at it" : letOthers}
    </button>
  );
}
