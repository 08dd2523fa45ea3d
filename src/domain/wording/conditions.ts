import { re } from "./patterns.ts";
import { readable } from "./words.ts";

/** Past participles that are not formed with -ed. */
const irregular: Readonly<Record<string, string>> = {
  rebuild: "rebuilt",
  build: "built",
  run: "run",
  read: "read",
  set: "set",
  see: "seen",
  tell: "told",
  write: "written",
  take: "taken",
  give: "given",
  send: "sent",
  keep: "kept",
  find: "found",
  make: "made",
  put: "put",
  catch: "caught",
  broke: "broken",
  ran: "run",
  wrote: "written",
  gave: "given",
  took: "taken",
  sent: "sent",
  chose: "chosen",
  overwrote: "overwritten",
  overrode: "overridden",
  left: "left",
  built: "built",
  rebuilt: "rebuilt",
  made: "made",
  saw: "seen",
  shut: "shut",
};

/** Acts that can be told as done to a thing, without who. */
const acts = re`
      pushed|deployed|merged|shipped|released|promoted|published|uploaded|deleted|dropped
      |wiped|removed|overwrote|misconfigured|changed|edited|modified|disabled|enabled|upgraded
      |broke|skipped|bypassed|overrode|ignored|missed|overlooked|mislabeled|mislabelled
      |restarted|flipped|toggled|approved|committed|altered|cleared|rotated|renamed|leaked
      |exposed|chose|picked|used|ran`;
const omitted =
  /\b(?:forgot|failed|neglected|omitted|forgets|fails) to (?:properly |ever |even )?([a-z]+) ([^.;:,!?]+)/i;
const notDone =
  /\b(?:did not|didn't|did never|had not bothered to|didn't bother to|did not bother to) (?:properly |ever |even )?([a-z]+) ([^.;:,!?]+)/i;
const shouldHave =
  /\b(?:should|could|ought to) have (?:at least |also |really )?([a-z]+) ([^.;:,!?]+)/i;
const done = new RegExp(
  `\\b(${acts}) ((?:the|a|an|our|all|this|that|two|three|both|every|production)\\b[^.;:,!?]*)`,
  "i",
);

/** Where the thing ends and something else about it begins. */
const thingEnds =
  / (?:and|but|is|are|was|were|had|has|because|which|who|so|without|before|after|when|while|in order|by|instead|although|since|until|then|again|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at \d|, ).*$/i;

/**
 * What a sentence says was done or not done, without who: “The data engineer forgot to rebuild the index”
 * as “The index was not rebuilt: nothing in the process made sure of it.” Empty where it does not say.
 */
export function conditionOf(text: string): string[] {
  const before = effectOf(text);
  const missing = omitted.exec(text) ?? notDone.exec(text);
  const wanted = shouldHave.exec(text);
  const act = done.exec(text);
  if (missing) return told(before, missing[2], participleOf(missing[1] ?? ""), true);
  if (wanted) return told(before, wanted[2], lower(wanted[1]), true);
  if (act) return told(before, act[2], irregular[lower(act[1])] ?? lower(act[1]), false);
  return [];
}

const invention =
  /\b(?:hallucinated|invented|fabricated|made up|dreamed up|dreamt up|confabulated) ((?:the|a|an|its|two|three|four|five)\b[^.;:,!?]*)/i;
const agentAct =
  /\b(agent|assistant|chatbot|bot|copilot|claude|gemini)\b[^.;:!?]*? and ((?:deleted|dropped|wiped|sent|gave|emptied|rewrote|refunded|cancelled|opened|closed|posted|removed|locked|promised|called|overwrote|looped)\b[^.;:,!?]*)/i;

/** What came out or was done, with the reason left open; empty where the sentence does not say. */
export function withoutConclusion(text: string): string[] {
  const act = agentAct.exec(text);
  if (act) {
    const what = act[2]?.replace(thingEnds, "").trim() ?? "";
    const noun = /^(?:claude|gemini|copilot)$/i.test(act[1] ?? "") ? "agent" : lower(act[1]);
    return [`The ${noun} ${what}; why is not established yet.`];
  }
  const thing = thingOf(invention.exec(text)?.[1]);
  return thing ? [`The output was wrong (${thing}); why is not established yet.`] : [];
}

/** What is told before “because somebody …”: the effect, which stands. */
function effectOf(text: string): string[] {
  const found = /^(.{12,400}?),? because\b/i.exec(text)?.[1];
  if (found === undefined || namesSomebody(found)) return [];
  return [`${found.trim()}.`];
}

function told(
  before: string[],
  object: string | undefined,
  participle: string,
  isOmission: boolean,
): string[] {
  const thing = thingOf(object);
  if (!thing || participle === "") return [];
  const verb = `${isPlural(thing) ? "were" : "was"}${isOmission ? " not" : ""} ${participle}`;
  const condition = isOmission
    ? "nothing in the process made sure of it"
    : "nothing in the process or the tools stopped it";
  return [...before, `${upperFirst(thing)} ${verb}: ${condition}.`];
}

/** A thing of at most eight words that names nobody; undefined where there is none. */
function thingOf(object: string | undefined): string | undefined {
  const thing = object?.replace(thingEnds, "").trim() ?? "";
  const isThing =
    /^(?:the|a|an|our|all|this|that|two|three|both|every|production|its|its own|\d+)\b \S/i.test(
      thing,
    );
  if (!isThing || thing.split(/\s+/).length > 8 || namesSomebody(thing)) return undefined;
  return thing;
}

function namesSomebody(text: string): boolean {
  return / (?:NAME|PERSON|OWNER|US|USER|THEY|his|her|their|my|our|he|she|him|them) /.test(
    readable(text),
  );
}

/** By its first noun: the words before “of”, “to” and their like. */
function isPlural(thing: string): boolean {
  if (/^(?:two|three|four|five|both|all|several|[2-9]|\d\d+) /i.test(thing)) return true;
  const head =
    thing
      .split(/ (?:of|to|in|for|from|on|at|with) /)[0]
      ?.split(" ")
      .at(-1) ?? "";
  return /[^s]s$/.test(head) && !/(?:us|is)$/.test(head);
}

function participleOf(verb: string): string {
  const base = lower(verb);
  const known = irregular[base];
  if (known !== undefined) return known;
  if (
    base.length < 3 ||
    /^(?:have|know|care|bother|pay|think|look|listen|ask|wait|act|react|do|be|notice that)$/.test(
      base,
    )
  )
    return "";
  if (base.endsWith("e")) return `${base}d`;
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`;
  return doubled.has(base) ? `${base}${base.at(-1) ?? ""}ed` : `${base}ed`;
}

/** Verbs that double their last letter. */
const doubled = new Set([
  "stop",
  "drop",
  "flag",
  "plan",
  "pin",
  "tag",
  "log",
  "commit",
  "ship",
  "swap",
  "map",
  "trim",
  "submit",
]);

function lower(text: string | undefined): string {
  return (text ?? "").toLowerCase();
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
