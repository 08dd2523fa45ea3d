import type { FailureType } from "./vocabulary.ts";

/**
 * B10 Q5: why what a title proposes does not mend this type of failure, in one sentence that says what
 * would; undefined where it fits, or where the type is open. Only two remedies are known to be taken for
 * others: a changed prompt, and another model.
 */
export function misfit(title: string, type: FailureType | null): string | undefined {
  if (type === null || !isCovered(type)) return undefined;
  const plain = title.normalize("NFKC").replaceAll(/\s+/g, " ").toLowerCase();
  if (type !== "prompt" && isPromptFix(plain)) {
    return `A change of the prompt leaves ${remedies[type].what} as it is: add ${remedies[type].fits}.`;
  }
  if (type !== "model" && isModelSwap(plain)) {
    return `Another model leaves ${remedies[type].what} as it is: add ${remedies[type].fits}.`;
  }
  return undefined;
}

/** What mends each type; for the others B10 names no remedy. */
const remedies = {
  model: {
    what: "the model",
    fits: "a version gate, an evaluation, a rollback or an agreement with the vendor",
  },
  prompt: { what: "the prompt", fits: "a prompt registry with an evaluation before each change" },
  data: { what: "the data", fits: "a freshness check, a version check or a monitor of the data" },
  infrastructure: {
    what: "the infrastructure",
    fits: "a canary, a limit or a check in the deploy",
  },
} as const;

function isCovered(type: FailureType): type is keyof typeof remedies {
  return Object.hasOwn(remedies, type);
}

/** The title is about how prompts or models are changed, seen or tested, not about a change of one. */
const guard =
  /\b(?:gates?|gated|registry|suites?|checks?|reviews?|approvals?|freeze|lock|pin|pinned|logs?|audit|rollback|roll back|restore|revert|tests?|evals?|evaluations?|ablation|goldens?|golden prompts?|alerts?|monitor|history|diff|owners?|canary|permission|rejects?|blocks?|fails?|hash|versions?|branch|template store|snapshot|announce|notice|allow-?list|router rules?)\b/;

const instructed =
  /\b(?:tell|instruct|ask|teach|order|forbid|force|nudge|steer|prompt|urge|make) (?:the |our )?(?:model|assistant|chatbot|bot|agent|llm|ai)\b|\bfew-?shots?\b|\bin the (?:system )?(?:prompt|instructions?)\b|\bprompt[- ](?:patch|tweak|wording|line|change|fix|edit|hint|rule|sentence|addition)\b/;
const promptEdited =
  /\b(?:add|put|insert|write|append|include|strengthen|stronger|reword|rewrite|rephrase|change|adjust|edit|tweak|extend|shorten|clarify|clearer|stricter|better|new|update|tighten|improve|harden|expand|another|more|longer|shorter|patch|refine|wording|sentence|line|rule|hint|note)\b.{0,80}\b(?:prompts?|instructions?|system message|guidelines? for the model)\b/;

function isPromptFix(title: string): boolean {
  if (instructed.test(title)) return !/\b(?:gate|registry|suite|evaluation|eval)\b/.test(title);
  return promptEdited.test(title) && !guard.test(title);
}

const swapped =
  /\b(?:switch|move|migrate|upgrade|change|replace|swap|use|try|go|fall back|retrain|fine-?tune|distil)\b.{0,60}\b(?:models?|llms?|gpt\S*|claude\S*|gemini\S*|llama\S*|mistral\S*)\b|\b(?:larger|bigger|newer|better|stronger|smarter|latest|another|different) (?:language )?(?:model|llm)\b|\bfine-?tun(?:e|ing)\b/;

function isModelSwap(title: string): boolean {
  return swapped.test(title) && !guard.test(title);
}
