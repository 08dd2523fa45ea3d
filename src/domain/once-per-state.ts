import type { IncidentState } from "./incident.ts";

type Known = Map<string | number, unknown>;

/**
 * The function, computed once for each state and arguments: one press asks the same of hundreds of claims
 * and rows. A state is never written to, so what was computed of it stays true; it is forgotten with it.
 */
export function oncePerState<Asked extends readonly (string | number)[], Value>(
  compute: (state: IncidentState, ...asked: Asked) => Value,
): (state: IncidentState, ...asked: Asked) => Value {
  const known = new WeakMap<IncidentState, Known>();
  return (state, ...asked) => {
    let at = known.get(state);
    if (!at) known.set(state, (at = new Map()));
    // a map in a map for each argument; the value is kept under the last one's own key
    for (const one of asked) {
      let next = at.get(one) as Known | undefined;
      if (!next) at.set(one, (next = new Map()));
      at = next;
    }
    if (at.has(result)) return at.get(result) as Value;
    const value = compute(state, ...asked);
    at.set(result, value);
    return value;
  };
}

/** No argument is called that. */
const result = "\u0000result";
