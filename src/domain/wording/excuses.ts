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

export const record = new RegExp(
  re` US (?:also )?(?:forgot|forgotten) to (?:attach|mention|paste|link|add (?:this|that|the (?:trace|link
    |note|ticket|screenshot))|note|say|write (?:this|that|it) down|post|log this|record)(?= )`,
);

/** Where one of these stands, a change is an account of the response. */
export const response = new RegExp(
  re` (?:rolled back|rolling back|back to|again|previous|within (?:the|an|\d+)|rolled (?:[^ ]+ ){1,4}back|roll back|rollback|restored?
      |reverted|reverting|fix|fixed|the fix|patch|hotfix to|mitigat\w+|lever|status page
      |announcement|drained|failover|failed over|severity|quarantined|as authorized
      |after approval|recovered|snapshot first|reproduc\w+|ablation|replayed|replay) `,
);

/** A fault that has its condition beside it, told of a role: “the form lists it first”. */
export const mild = new RegExp(
  re` (?:missed|picked|chose|selected|used|ran|approved|did not (?:see|notice|know|check)
      |nobody|skipped|overlooked|deployed|merged|pasted|restarted|entered|had no|never saw) `,
);

export const conditionClause = new RegExp(
  re`(?: because| since| as|;|:| –) (?!of )(?:(?!NAME|PERSON|OWNER|US |THEY|USER|he |she |his |her |their )[^ ]+ ){2,40}\$`,
);

/** An account of the response says when, with what effect, on whose word, or it is about what a response makes. */
export const isAccount = new RegExp(
  re` \d{1,2}\.\d\d|from (?:NAME|OWNER|PERSON) to  |\d ?%| from \d[^ ]* to | (?:fix|fixed|rolled|rollback|restored?|restore
      |reverted|mitigat\p{L}+|lever|levers|severity|golden|goldens|test|tests|alert|alerts
      |gate|gates|dashboard|ticket|tickets|issue|issues|note|notes|update|updates|summary
      |draft|reproducer|reproduction|trace|traces|status|runbook|checklist|panel|channel
      |postmortem|timeline|entry|evidence|list|figures|message|announcement|topic|ablation
      |replay|replays|query|hypothesis|question|questions|only|attached|recovered|passes|pass
      |monitor|question|screenshot|export|override|arm|arms|sample|samples|diff|report|reports
      |bisect|over|as (?:asked|agreed|authorized)|drill|eval|evals|suite|minutes|comparison
      |numbers|feature off|decision|proposal|approval|read-only|snapshot|snapshots|until|back|again|previous|within|pilot|call|meanwhile|review|as control|traffic|canary|vendor|provider|press|customers|role|shift|bridge|meeting|rota
      |logs|OWNER|scribe|notice|statement|cohort|cohorts|labels apart|incident) `,
  "u",
);

/** What may be said of people by a form of “to be” in an account: where they were, what was done to them. */
export const plainStates = new RegExp(
  re`^(?:a|an|the|in|on|at|off|of|for|from|by|with|under|over|out|up|back|here|there|one|two
      |three|able|unable|free|present|absent|available|unavailable|aware|right|new|no|part|to
      |offline|online|away|last|next|awake|abroad|around|busy|sure|unsure|ready|involved
      |reachable|unreachable|okay|ok|happy|glad|satisfied|correct|sick|ill|well|our|their|its
      |what|who|shown|told|given|sent|paid|seen|met|shut|left|kept|cut|put|taken|led|split
      |about|alone|outside|within|near|behind|subject|entitled|due|open|worried|concerned
      |likely|better|less|more|most|late|early|as|because|when|hit|misled|eligible|surprised
      |unharmed|safe|neither|either|down|coordinator|scribe|OWNER|PERSON|NAME|US|QUOTE)$`,
);

/** What a response waits for: that nobody did it yet is an account. */
export const isAnswer = new RegExp(
  re`^(?:answered|replied|responded|objected|confirmed|joined|reported|had|got|received|saw
      |lost|asked)$`,
);
