import { re } from "./patterns.ts";

export const record = new RegExp(
  re` US (?:also )?(?:forgot|forgotten) to (?:attach|mention|paste|link|add (?:this|that|the (?:trace|link
    |note|ticket|screenshot))|note|say|write (?:this|that|it) down|post|log this|record)(?= )`,
);

/** Where one of these stands, a change is an account of the response. */
export const response = new RegExp(
  re` (?:rolled back|rolling back|rolled (?:[^ ]+ ){1,4}back|roll back|rollback|restored?
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
      |numbers|feature off|decision|proposal|approval|read-only|snapshot|snapshots|until|traffic|canary|vendor|provider|press|customers|role|shift|bridge|meeting|rota
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
