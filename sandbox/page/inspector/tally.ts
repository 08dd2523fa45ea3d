import type { EffectRow } from "#sandbox/page/live/topics.ts";
import type { SandboxIssue, SandboxPullRequest } from "#sandbox/protocol.ts";
import type { ScreenMessage } from "#sandbox/screen.ts";

/** How many effects of the bot's stand where. */
export interface Tally {
  written: number;
  done: number;
  /** Being attempted now. */
  underWay: number;
  waiting: number;
  /** Their answer was lost: whether they happened is looked up before the next attempt. */
  uncertain: number;
  /** Given up; the coordinator is told. */
  dead: number;
}

/** Counts effects by their state. */
export function tallyOf(effects: Iterable<EffectRow>): Tally {
  const tally: Tally = { written: 0, done: 0, underWay: 0, waiting: 0, uncertain: 0, dead: 0 };
  for (const { state } of effects) {
    tally.written += 1;
    if (state === "done") tally.done += 1;
    else if (state === "dead") tally.dead += 1;
    else if (state === "uncertain") tally.uncertain += 1;
    else if (state === "attempting") tally.underWay += 1;
    else tally.waiting += 1;
  }
  return tally;
}

/** How many are still to be done. */
export function leftOf({ written, done, dead }: Tally): number {
  return written - done - dead;
}

/** Whether there is something, and none of it is still to be done. */
export function isCaughtUp(tally: Tally): boolean {
  return tally.written > 0 && leftOf(tally) === 0;
}

/** Where an effect shows: messages, issues and pull requests that carry its id. */
export interface Outside {
  messages: ReadonlyMap<string, ScreenMessage>;
  issues: ReadonlyMap<string, SandboxIssue>;
  pulls: ReadonlyMap<string, SandboxPullRequest>;
}
/** What this tab can vouch for. */
export interface Testimony {
  /** Effects it has seen in the bot's database, of those that it is still told of. */
  seen: number;
  /** Those of them that are not there any more. */
  lost: string[];
  /** Messages, issues and pull requests it has seen with an effect's id. */
  marked: number;
  /** Effects whose id was seen on more than one of them. */
  doubled: string[];
}

/**
 * Remembers what was seen, because what is shown now does not say what was there: the id on a message
 * changes when it is edited, and a lost row leaves no trace.
 */
export class Witness {
  /** Effect ids by their position, which counts over the whole life of a database. */
  #seen = new Map<number, string>();
  /** Effect id → the things it was seen on. */
  #things = new Map<string, Set<string>>();

  look(effects: ReadonlyMap<string, EffectRow>, outside: Outside): Testimony {
    if (this.#isAnotherDatabase(effects)) {
      this.#seen.clear();
      this.#things.clear();
    }
    for (const { id, position } of effects.values()) this.#seen.set(position, id);
    for (const [id, thing] of marksOf(outside)) {
      this.#things.set(id, (this.#things.get(id) ?? new Set()).add(thing));
    }
    const known = this.#known(effects);
    return {
      seen: known.length,
      lost: known.filter((id) => !effects.has(id)),
      marked: new Set([...this.#things.values()].flatMap((things) => [...things])).size,
      doubled: [...this.#things].filter(([, things]) => things.size > 1).map(([id]) => id),
    };
  }

  /** Only the last ones are told of: of what stands before them, nothing is known; nor where none is told of. */
  #known(effects: ReadonlyMap<string, EffectRow>): string[] {
    const first = Math.min(...[...effects.values()].map(({ position }) => position));
    return [...this.#seen].filter(([position]) => position >= first).map(([, id]) => id);
  }

  /** The sandbox was started anew, and this tab stayed open: positions are counted again. */
  #isAnotherDatabase(effects: ReadonlyMap<string, EffectRow>): boolean {
    return [...effects.values()].some(
      ({ id, position }) => (this.#seen.get(position) ?? id) !== id,
    );
  }
}

function* marksOf({ messages, issues, pulls }: Outside): Generator<[id: string, thing: string]> {
  for (const [key, { metadata }] of messages) {
    const id = metadata?.event_payload["effect_id"];
    if (metadata?.event_type === "faultline_effect" && typeof id === "string") {
      yield [id, `message ${key}`];
    }
  }
  for (const [kind, list] of [
    ["issue", issues],
    ["pull", pulls],
  ] as const) {
    for (const [key, { body }] of list) {
      const id = /<!-- faultline effect:(\S+) -->\s*$/.exec(body)?.[1];
      if (id !== undefined) yield [id, `${kind} ${key}`];
    }
  }
}
