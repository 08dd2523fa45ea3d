import type { ScriptState, ScriptStep } from "#sandbox/page/live/topics.ts";

const states: Record<ScriptStep["state"], string> = {
  to_do: "to come",
  playing: "being played",
  done: "played",
  by_hand: "done by hand",
  not_played: "not played",
};

/** The scenario's script: what is left of it can be played, and what was played can be read. */
export function ScriptPart({
  script,
  onPlay,
  onPause,
}: {
  script: ScriptState | undefined;
  onPlay: () => void;
  onPause: () => void;
}) {
  if (!script) return null;
  const { title, state, steps } = script;
  const over = steps.filter((step) => step.state !== "to_do" && step.state !== "playing").length;
  return (
    <section className="tr-script">
      <h3>The script</h3>
      <p className="pn-soft">
        <bdi>{title}</bdi>: {steps.length} steps, {over} over. It goes on from wherever people are,
        and does what they have not done.
      </p>
      <Controls state={state} onPlay={onPlay} onPause={onPause} />
      <p role="status" className="tr-now">
        {nowInWords(script)}
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
  onPlay,
  onPause,
}: {
  state: ScriptState["state"];
  onPlay: () => void;
  onPause: () => void;
}) {
  if (state === "over") return <p>The script is over: nothing is left to play.</p>;
  return (
    <div className="pn-buttons">
      <button
        type="button"
        className="primary"
        disabled={state === "playing"}
        onClick={() => onPlay()}
      >
        Let the script go on
      </button>
      <button type="button" disabled={state !== "playing"} onClick={onPause}>
        {state === "pausing" ? "Pauses after this step" : "Pause"}
      </button>
    </div>
  );
}

/** What is announced: the step that is being played. */
export function nowInWords({ state, steps }: Pick<ScriptState, "state" | "steps">): string {
  const step = steps.find((step) => step.state === "playing");
  if (step) return `Step ${step.n} of ${steps.length}: @${step.actor} ${step.what}.`;
  if (state === "playing") return "The script goes on.";
  return "";
}

function Step({ step }: { step: ScriptStep }) {
  const { n, actor, what, state, lines, ok } = step;
  const summary = (
    <>
      <span className="tr-what">
        @{actor} {what}
      </span>{" "}
      <span className={ok === false ? "tr-state tr-other" : "tr-state"}>
        {ok === false ? "came otherwise" : states[state]}
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
