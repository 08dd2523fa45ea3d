import {
  people,
  owners,
  users,
  us,
  they,
  models,
  modelId,
  modelPart,
  humanAgents,
  things,
  groups,
  departments,
  germanRole,
  otherCoordinator,
  shifts,
  onlyPeopleDo,
  noNames,
} from "./actor-words.ts";
import { isGivenName } from "./names.ts";
import { words } from "./patterns.ts";
import { isPast } from "./verbs.ts";

/**
 * Who or what a word stands for, as the rules see it. NAME a person by name, PERSON somebody by role or
 * team, OWNER a role of the response, US the writer, USER who uses the product, THEY a pronoun, MODEL a
 * model or what speaks for it.
 */
export type Actor = "NAME" | "PERSON" | "OWNER" | "US" | "USER" | "THEY" | "MODEL";

/** The last words of “Sam, the support bot of …”: then the name is a product's. */
const isProductApposition =
  /^(?:bot|chatbot|assistant|model|agent|summarizer|classifier|tool|llm)$/;

export interface Word {
  /** As it was written, for capital letters. */
  raw: string;
  lower: string;
}

/** The words of a sentence in lower case with each actor put as its kind, one space around each. */
export function markActors(sentence: readonly Word[]): string {
  const marked: string[] = [];
  let at = 0;
  while (at < sentence.length) {
    const { actor, length } = actorAt(sentence, at);
    const word = sentence[at]?.lower ?? "";
    // nobody in particular is told apart from somebody by role
    if (actor === "PERSON" && /^(?:some|no|whoever)/.test(word)) {
      marked.push(word.startsWith("some") ? "someone" : word === "whoever" ? word : "nobody");
    }
    marked.push(actor ?? word);
    at += length;
  }
  return ` ${marked.join(" ")} `;
}

/** The actor that begins at a word, and over how many words it goes; none where the word is no actor. */
export function actorAt(
  sentence: readonly Word[],
  at: number,
): { actor: Actor | undefined; length: number } {
  const { raw, lower } = sentence[at] ?? { raw: "", lower: "" };
  const lowerAt = (offset: number): string => sentence[at + offset]?.lower ?? "";
  const none = { actor: undefined, length: 1 };
  if (raw === lower && isPlainWord(lower)) return none;
  if (/^<@|^@\p{L}/u.test(raw)) return { actor: "NAME", length: 1 };
  if (/^owner_|^authorizer_/.test(lower)) return { actor: "OWNER", length: 1 };

  if (
    /^(?:language|neural|reasoning|embedding|foundation)$/.test(lower) &&
    /^(?:models?|networks?|nets?)$/.test(lowerAt(1))
  ) {
    return things.has(lowerAt(2)) ? none : { actor: "MODEL", length: 2 };
  }
  if (
    /^(?:recommendation|inference|dialogu?e?|conversational|ai|llm|reasoning|speech|answer|translation)$/.test(
      lower,
    ) &&
    /^(?:engine|recogni[sz]er|recogni[sz]ers|engines|product)$/.test(lowerAt(1))
  )
    return { actor: "MODEL", length: 2 };
  if (lower === "generative" && lowerAt(1) === "ai") return { actor: "MODEL", length: 2 };
  if (/^agents?$/.test(lower) && humanAgents.has(lowerAt(-1)))
    return { actor: "PERSON", length: 1 };
  if (models.has(lower) || modelId.test(lower)) return modelAt(sentence, at);

  if (isGivenName(raw)) {
    if (lowerAt(1) === "," && [2, 3, 4, 5].some((o) => isProductApposition.test(lowerAt(o)))) {
      return { actor: "MODEL", length: 1 };
    }
    // “Ada embeddings”, “Victoria region”: a name before a thing is the name of the thing
    if (things.has(lowerAt(1)) || models.has(lowerAt(1))) return none;
    const surname = sentence[at + 1]?.raw ?? "";
    return { actor: "NAME", length: /^\p{Lu}\p{Ll}+$/u.test(surname) ? 2 : 1 };
  }
  if (things.has(lowerAt(1)) && !us.has(lower)) {
    // “user” before a thing is gone, before a fault it stays; “support engineer” is handled at its last word
    if (isRole(lower) || owners.has(lower) || users.has(lower)) return none;
  }
  if (/^(?:people|human)$/.test(lower) && lowerAt(1) === "'s") return none;
  if (isRole(lower)) return { actor: "PERSON", length: 1 };
  if (/^shifts?$/.test(lower) && shifts.has(lowerAt(-1))) return { actor: "PERSON", length: 1 };
  // “the head of product”
  if (lower === "head" && lowerAt(1) === "of" && isDepartment(lowerAt(2))) {
    return { actor: "PERSON", length: 3 };
  }
  if (owners.has(lower)) return { actor: "OWNER", length: 1 };
  if (users.has(lower)) return { actor: "USER", length: 1 };
  if (us.has(lower)) return { actor: "US", length: 1 };
  if (they.has(lower)) return { actor: "THEY", length: 1 };
  if (lower === "no" && lowerAt(1) === "one") return { actor: "PERSON", length: 2 };
  if (isOrgAsActor(sentence, at)) return { actor: "PERSON", length: 1 };
  if (isUnknownName(sentence, at)) return { actor: "NAME", length: 1 };
  return none;
}

function modelAt(
  sentence: readonly Word[],
  at: number,
): { actor: Actor | undefined; length: number } {
  let length = 1;
  const lowerAt = (offset: number): string => sentence[at + offset]?.lower ?? "";
  while (
    modelPart.test(lowerAt(length)) ||
    modelId.test(lowerAt(length)) ||
    (models.has(lowerAt(length)) && length < 3)
  ) {
    length += 1;
  }
  // “Claude from finance” is a colleague
  const isColleague =
    /^(?:from|in)$/.test(lowerAt(1)) &&
    (groups.has(lowerAt(2)) || (lowerAt(2) === "the" && people.has(lowerAt(4))));
  if (isColleague) return { actor: "NAME", length: 1 };
  const next = lowerAt(length);
  if (things.has(next) || people.has(next)) return { actor: undefined, length };
  return { actor: "MODEL", length };
}

/** Words that begin an actor of two or more words, or are one only beside certain others. */
const beginnings = words(`
  language neural reasoning embedding foundation generative recommendation inference dialogue dialog
  conversational speech answer translation head no shift shifts`);

/** Most words of a sentence: in no list and written in small letters alone, so nothing else is tried. */
function isPlainWord(lower: string): boolean {
  return (
    /^[a-z]+$/.test(lower) &&
    !lists.some((list) => list.has(lower)) &&
    !isGivenName(lower) &&
    !germanRole.test(lower) &&
    !otherCoordinator.test(lower)
  );
}

const lists = [people, owners, users, us, they, models, departments, beginnings];

/** A role, alone or as the last part of a compound: “Plattform-Team”, “ml-engineer”. */
function isRole(lower: string): boolean {
  const last = lower.slice(lower.lastIndexOf("-") + 1);
  return (
    people.has(lower) || people.has(last) || germanRole.test(lower) || otherCoordinator.test(lower)
  );
}

function isDepartment(lower: string): boolean {
  return departments.has(lower) || groups.has(lower);
}

/** “Support did not escalate”, “engineering forgot”: a department where only people can stand. */
function isOrgAsActor(sentence: readonly Word[], at: number): boolean {
  if (!departments.has(sentence[at]?.lower ?? "")) return false;
  const next = sentence[at + 1]?.lower ?? "";
  return /^(?:did|has|had|should|could|never|just|simply|also|again)$/.test(next) || isPast(next);
}

function isUnknownName(sentence: readonly Word[], at: number): boolean {
  const { raw, lower } = sentence[at] ?? { raw: "", lower: "" };
  if (!/^\p{Lu}\p{Ll}{1,14}$/u.test(raw) || noNames.test(lower) || isPast(lower)) return false;
  if (/^(?:the|a|an|our|this|that|each|every)$/.test(sentence[at - 1]?.lower ?? "")) return false;
  const next = sentence[at + 1]?.lower ?? "";
  const verb = /^(?:also|just|simply|then|again|had|has|apparently|accidentally|never)$/.test(next)
    ? (sentence[at + 2]?.lower ?? "")
    : next;
  return onlyPeopleDo.test(verb);
}
