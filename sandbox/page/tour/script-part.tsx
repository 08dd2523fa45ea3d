import type { ScriptState, ScriptStep } from "#sandbox/page/live/topics.ts";

const states: Record<ScriptStep["state"], string> = {
  to_do: "to come",
  playing: "being played",
  done: "played",
  by_hand: "done by hand",
  not_played: "not played",
};

const cameAs: Record<NonNullable<ScriptStep["came"]>, string> = {
  refused: "refused, as it should be",
  otherwise: "played, answered otherwise",
};

/** What the button says that plays all that is left. */
export const letItGoOn = "Let the script go on";

/** The scenario's script: what is left of it can be played, and what was played can be read. */
export function ScriptPart({
  script,
  isPrimary,
  again,
  onPlay,
  onPause,
}: {
  script: ScriptState | undefined;
  /** Nothing else in the pane is to be pressed first. */
  isPrimary: boolean;
  /** The button to try again with, where the script has stopped. */
  again: string;
  onPlay: () => void;
  onPause: () => void;
}) {
  if (!script) return null;
  const { title, state, steps } = script;
  const done = steps.filter((step) => step.state === "done" || step.state === "by_hand").length;
  return (
    <section className="tr-script">
      <h3>The script</h3>
      <p className="pn-soft">
        <bdi>{title}</bdi>: {done} of {steps.length} steps done. It goes on from wherever people
        are, and plays everything that they have not done, the closing too.
      </p>
      <Controls state={state} isPrimary={isPrimary} onPlay={onPlay} onPause={onPause} />
      <p role="status" className="tr-now">
        {nowInWords(script, again)}
      </p>
      <ol className="tr-script-steps">
        {steps.map((step) => (
          <Step key={step.n} step={step} />
        ))}
      </ol>
    </section>
  );
}

function Controls({
  state,
  isPrimary,
  onPlay,
  onPause,
}: {
  state: ScriptState["state"];
  isPrimary: boolean;
  onPlay: () => void;
  onPause: () => void;
}) {
  if (state === "over") return <p>The script is over: nothing is left to play.</p>;
  return (
    <div className="pn-buttons">
      <button
        type="button"
        className={isPrimary ? "primary" : undefined}
        disabled={state === "playing"}
        onClick={() => onPlay()}
      >
        {letItGoOn}
      </button>
      <button type="button" disabled={state !== "playing"} onClick={onPause}>
        {state === "pausing" ? "Pauses after this step" : "Pause"}
      </button>
    </div>
  );
}

/** What is announced: the step that is being played, or why none is. `again`: the button to try again with. */
export function nowInWords(
  { state, steps }: Pick<ScriptState, "state" | "steps">,
  again: string,
): string {
  const step = steps.find((step) => step.state === "playing");
  if (step) return `Step ${step.n} of ${steps.length}: @${step.actor} ${step.what}.`;
  if (state === "playing") return "The script goes on.";
  const at = steps.find(({ stopped }) => stopped !== undefined);
  if (state !== "idle" || !at) return "";
  return `The script stopped at step ${at.n}: ${at.stopped} Press “${again}” to try again.`;
}

function Step({ step }: { step: ScriptStep }) {
  const { n, actor, what, state, lines } = step;
  const isFailure = step.ok === false && step.came === undefined;
  const summary = (
    <>
      <span className="tr-what">
        @{actor} {what}
      </span>{" "}
      <span className={isFailure ? "tr-state tr-other" : "tr-state"}>
        {isFailure ? "came otherwise" : step.came ? cameAs[step.came] : states[state]}
      </span>
    </>
  );
  return (
    <li value={n} className={state === "playing" ? "tr-playing" : undefined}>
      {lines.length === 0 ? (
        summary
      ) : (
        <details>
          <summary>{summary}</summary>
          <ul className="tr-lines">
            {lines.map((line, index) => (
              <li key={index}>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
