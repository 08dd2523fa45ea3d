import { useOne } from "#sandbox/page/live/store.ts";
import { useDesk } from "#sandbox/page/panes/use-desk.ts";

/** Lets the script go on, and pauses it, where a fault is watched. */
export function ScriptButtons() {
  const script = useOne("script");
  const { ask, problem } = useDesk();
  if (!script) return null;
  const { state, steps } = script;
  const step = steps.find((step) => step.state === "playing");
  const isOver = state === "over";
  return (
    <div className="in-script">
      {isOver ? (
        <p className="pn-soft">The script is over: nothing is left to play.</p>
      ) : (
        <>
          <div className="pn-buttons">
            <button
              type="button"
              disabled={state === "playing"}
              onClick={() => void ask("play", {})}
            >
              Let the script go on
            </button>
            <button
              type="button"
              disabled={state !== "playing"}
              onClick={() => void ask("pause", null)}
            >
              {state === "pausing" ? "Pauses after this step" : "Pause"}
            </button>
          </div>
          {step && (
            <p>
              Step {step.n} of {steps.length}
            </p>
          )}
        </>
      )}
      <p role="alert" className={problem === undefined ? "in-quiet" : "pn-alert"}>
        {problem}
      </p>
    </div>
  );
}
