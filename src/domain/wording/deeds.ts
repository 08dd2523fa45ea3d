import { words } from "./patterns.ts";
import { isPast } from "./verbs.ts";

/** Something an actor is said to have done, not done, or been. */
export interface Deed {
  actor: string;
  /** The verb as it stands, or the adjective after a form of “to be”. */
  word: string;
  kind: "did" | "did_not" | "was" | "is";
  /** Whether the actor is “nobody” or “no one”. */
  isNobody: boolean;
}

const skipped = words(`
  also just simply then again still never later first even now always often had has have only
  both all once really too finally not must might may kind of sort so very quite a bit rather
  much way far`);
/** What may begin something between an actor and the verb: a place, a duty. */
const places = words(`
  in on from at of to by behind for with responsible working reviewing covering owning watching
  handling running maintaining holding operating`);
/** What people are given to do, before a place. */
const given = words("assigned tasked charged entrusted hired contracted seconded paired");
const toBe = words("was were is are became got gets been being seemed seems looks turned");
const bare = words("did does do");

/**
 * What a sentence says of its actors of these kinds: the verb after each, past adverbs, a place (“from
 * platform”) or a relative clause, and each past tense that follows an “and” of the same clause.
 */
export function deedsOf(sentence: string, kinds: ReadonlySet<string>): Deed[] {
  const tokens = sentence.trim().split(" ");
  const deeds: Deed[] = [];
  for (const [at, actor] of tokens.entries()) {
    if (!kinds.has(actor) || tokens[at + 1] === "'s") continue;
    const isNobody = tokens[at - 1] === "nobody";
    const verbAt = verbAfter(tokens, at + 1);
    if (verbAt === undefined) continue;
    const deed = deedAt(tokens, verbAt);
    if (deed) deeds.push({ actor, isNobody, ...deed });
    for (const next of followers(tokens, verbAt + 1)) {
      const word = tokens[next] ?? "";
      if (isPast(word)) deeds.push({ actor, isNobody, word, kind: "did" });
    }
  }
  return deeds;
}

function deedAt(tokens: readonly string[], at: number): Pick<Deed, "word" | "kind"> | undefined {
  const word = tokens[at] ?? "";
  const next = tokens[at + 1];
  if (bare.has(word) && next === "not") {
    const verb = tokens[pastAdverbs(tokens, at + 2)];
    return verb === undefined ? undefined : { word: verb, kind: "did_not" };
  }
  const isAct = word === "turned" && /^(?:off|on|up|down|over|it|the)$/.test(next ?? "");
  if (toBe.has(word) && !isAct) {
    const state = tokens[pastAdverbs(tokens, at + 1)];
    const kind = /^(?:is|are|seems|looks|gets)$/.test(word) ? "is" : "was";
    return state === undefined ? undefined : { word: state, kind };
  }
  if (!isPast(word)) return undefined;
  // “never tested”, “had not tested”: not done
  const before = [tokens[at - 1], tokens[at - 2]];
  return { word, kind: before.includes("never") || before.includes("not") ? "did_not" : "did" };
}

/** Where the verb of the actor before `start` stands; undefined where none follows. */
function verbAfter(tokens: readonly string[], start: number): number | undefined {
  let at = start;
  // “Julia and Marek”, “the engineer, tired after a long shift, deleted”
  if (tokens[at] === ",") {
    const close = tokens.indexOf(",", at + 1);
    const isAside = close > 0 && close - at <= 8 && isVerb(tokens[pastAdverbs(tokens, close + 1)]);
    if (!isAside) return undefined;
    at = close + 1;
  }
  at = pastAdverbs(tokens, at);
  const first = tokens[at] ?? "";
  // “the engineer assigned to the release skipped …”
  const isPassive = given.has(first) && places.has(tokens[at + 1] ?? "");
  if (isVerb(first) && !isPassive) return at;
  if (!isPassive && !places.has(first) && first !== "who" && first !== "that") return undefined;
  const end = tokens.findIndex((token, index) => index > at && /^[,;:$]$/.test(token));
  const later = tokens.slice(at + 1, Math.min(end, at + 8)).findIndex(isVerb);
  if (later >= 0) return at + 1 + later;
  return isPassive ? at : undefined;
}

/** Where the verbs stand that share the subject: right after “and”, “then” or “but”. */
function followers(tokens: readonly string[], start: number): number[] {
  const found: number[] = [];
  for (let at = start; at < Math.min(tokens.length, start + 14); at += 1) {
    const token = tokens[at] ?? "";
    if (/^[;:$]$/.test(token)) break;
    if (/^(?:and|then|but|or)$/.test(token)) found.push(pastAdverbs(tokens, at + 1));
  }
  return found;
}

function pastAdverbs(tokens: readonly string[], start: number): number {
  let at = start;
  while (skipped.has(tokens[at] ?? "") || /^[a-z]{3,}ly$/.test(tokens[at] ?? "")) at += 1;
  return at;
}

function isVerb(token: string | undefined): boolean {
  return token !== undefined && (isPast(token) || toBe.has(token) || bare.has(token));
}
