import { re } from "./patterns.ts";

/** It was counted: then it is an observation, and says how much. */
export const isMeasured = new RegExp(
  re` \d+ (?:of|out of|in|\/) (?:the )?\d+ | \d[\d.]* ?%? (?:% )?of | \d[\d.]* % in | \d+\/\d+ | (?:rate
      |rates|score|scores|share|ratio|percentage|fraction|pass rate|per 1000|per thousand
      |accuracy|benchmark|benchmarks|p95|metric|metrics|precision
      |recall)(?: of)? (?:[^ ]+ ){0,8}?(?:is |was |are |rose|fell|went|dropped|climbed|stays
      |stayed|under|below|above|over|from|at|by|: |= |\d)| from \d[\d.]* (?:% )?to \d
      | \d+ (?:replays|runs|times|replies|answers|sessions) | \d+ (?:wrong|hallucinated
      |invented|fabricated) `,
);
/** The word as the name of a measure, a check or a guard. */
export const isMeasure = new RegExp(
  re` (?:hallucinations?|hallucinated|non-?determinism|sycophancy|drift
      |randomness)(?: [^ ]+)? (?:rate|rates|score|scores|share|count|counts|counter|metric
      |metrics|eval|evals|evaluation|evaluations|benchmark|benchmarks|detector|detectors
      |detection|check|checks|checker|test|tests|alert|alerts|monitor|monitoring|guard
      |guardrail|filter|golden|goldens|suite|threshold|classifier|judge|dashboard|report
      |reports|label|tag|category|budget|when|per|did not rise|rose|fell|on the (?:golden|set)|is measured|are measured
      |is counted|are counted|was measured|were measured|taxonomy|ratio|probe) | (?:as|tagged
      |labelled|labeled|marked|flagged|scored|counted) (?:as )?(?:hallucinated|hallucinations?
      |fabricated|invented|made up) | (?:catch|catches|detect|detects|block|blocks|reduce
      |reduces|count|counts|measure|measures|against|for|prevent|prevents|find|finds|flag
      |flags) (?:[^ ]+ )?(?:hallucinations?|hallucinated|fabricated|invented
      |made-up) `,
);
/** A condition outside the model stands beside it. */
export const hasMechanism = new RegExp(
  re` (?:because|since|after|when|whenever|as|where|if|while) (?:(?!MODEL|it (?:was|is|wanted
      |felt|got|had)|they|people)[^ ]+ ){0,8}?(?:index|context|passage|passages|document
      |documents|prompt|retrieval|retriever|tool|tools|schema|cache|window|truncat\w+|template
      |router|routing|pool|temperature|config|configuration|corpus|chunk|chunks|parser|history
      |snippet|snippets|snapshot|instruction|block|flag|deploy|rebuild|payload|token|tokens
      |source|sources|permission|fallback|timeout|budget|role|field|search|result|results
      |table|gateway|quantiz\w+|kernel|sampler|few-shot|memory|rule|threshold) `,
);
/** What a mechanism does not excuse: intent and feeling explain nothing, whatever stands beside them. */
export const hasIntent = new RegExp(
  re` (?:lied|lying|panick\w+|rogue|scared|wanted|on purpose|deliberately|intentionally
      |its mind|stupid|dumb|dumber|lazy|freaked|tantrum|bad day|threatened|crazy|revenge|moody
      |rude|to blame|fault|did it|feel|felt) `,
);
export const isOpen = new RegExp(
  re` (?:whether|if (?:it|MODEL)|in case|hypothesis|to (?:detect|measure|check)|test that
    |so that|unless|prevents?|stops? MODEL from|from (?:hallucinating|inventing|making)) |\? \$`,
);
