import type { Sieve } from "./sieve.ts";

const sides: Record<Sieve["side"], string> = {
  both: "Slack and GitHub",
  slack: "Slack",
  github: "GitHub",
};

/** What is shown of the lists. */
export function SieveBar({ sieve, onSieve }: { sieve: Sieve; onSieve: (sieve: Sieve) => void }) {
  const change = (part: Partial<Sieve>) => onSieve({ ...sieve, ...part });
  return (
    <form
      role="search"
      aria-label="In the lists"
      className="in-sieve"
      onSubmit={(event) => event.preventDefault()}
    >
      <label>
        Find
        <input
          type="search"
          value={sieve.text}
          placeholder="a method, a name, an id"
          onChange={({ target }) => change({ text: target.value })}
        />
      </label>
      <label>
        Side
        <select
          value={sieve.side}
          onChange={({ target }) => change({ side: target.value as Sieve["side"] })}
        >
          {Object.entries(sides).map(([side, name]) => (
            <option key={side} value={side}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="in-check">
        <input
          type="checkbox"
          checked={sieve.onlyFailures}
          onChange={({ target }) => change({ onlyFailures: target.checked })}
        />
        Only failures
      </label>
      <div className="pn-buttons">
        <button type="button" onClick={() => change({ clearedAt: new Date().toISOString() })}>
          Clear from view
        </button>
        {sieve.clearedAt !== "" && (
          <button type="button" onClick={() => change({ clearedAt: "" })}>
            Show all again
          </button>
        )}
      </div>
    </form>
  );
}
