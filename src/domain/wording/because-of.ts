import { anyOf, re } from "./patterns.ts";

/** What is somebody's fault by its name, whoever tells of it. */
const faults = re`
      (?:mistakes?|errors?|typos?|slips?|slip-ups?|blunders?|oversights?|lapses?|missteps?
      |mix-ups?|omissions?|faux pas|gaffes?|misjudge?ments?|misunderstandings?|misreadings?
      |miscommunications?|misconfigurations?|mishandling|mismanagement|carelessness|negligence
      |neglect|inattention|inexperience|incompetence|ignorance|impatience|haste|hastiness
      |laziness|sloppiness|stubbornness|recklessness|complacency|overconfidence|arrogance
      |hubris|stupidity|clumsiness|forgetfulness|thoughtlessness|indecision|hesitation|fatigue
      |tiredness|nervousness|overeagerness|short-sightedness)`;

/** What is a fault only as somebody's own: a refusal may be the model's, a failure the router's. */
const ownFaults = re`
      (?:(?:bad |poor )?judge?ment|ego|attitude|indifference|greed|ambition|pride|unwillingness
      |refusal|reluctance|inability|inaction|absence|silence|disregard|naivety|fault|failures?
      |panic|confusion|optimism|enthusiasm|temper|curiosity|guesswork|shortcuts?
      |bad (?:call|commit|merge|deploy|change|edit|push|habit|habits|advice|faith))`;

/** Somebody as the answer to “why”. */
export const becauseOf = anyOf(
  re`
      (?:caused|triggered|broken|brought about|provoked|induced|created|produced|made worse
      |botched|messed up) by (?:[^ ,;]+ ){0,4}?(?:NAME|PERSON|US|OWNER)(?! (?:prompt|input))`,
  `(?:introduced|slipped in|let in|left behind) by (?:[^ ,;]+ ){0,4}?(?:NAME|PERSON|US)`,
  re`
      (?:because of|due to|owing to|on account of|as a result of|result of|attributable to
      |attributed to|comes down to|came down to|boils down to|goes back to|stems from
      |traced (?:back )?to|down to|blamed? (?:[^ ]+ ){0,3}on|blame (?:goes|lies|is) (?:to|with
      |on)|blame|blamed|fault (?:of|lies with|is with)|responsibility (?:of|lies with)
      |culprit (?:is|was|:)|at the hands of) (?:[^ ,;]+ ){0,6}?(?:NAME|PERSON|US|OWNER|him|her
      |them|whoever)`,
  re`
      (?:root cause|main cause|real cause|cause|causes|real problem|culprit|main reason
      |explanation|who broke it|responsible party|reason|root)(?: [^ ]+){0,3}? (?::|is|was
      |were|=|–|'s)(?: (?!lets|let|allows|allowed|gives|shows|hides|tells|asks|for|no|nothing
      |without|when|where|if)[^ ,;:]+){0,6}? (?:NAME|PERSON|OWNER|US)(?! (?:had no|have no
      |has no|could not|can not|only|see|were not|was not|did not have|does not have|cannot
      |review|reviews))`,
  re`
      it (?:is|was|'s) (?:all |really |just |entirely |clearly )?(?:[^ ,;]+ ){0,3}?(?:NAME
      |PERSON|THEY|US) (?:'s (?:own )?(?:fault|mistake|error|doing)|who|that)`,
  re`
      (?:failure|fault|blame|problem|responsibility|error|cause|root cause|weakness|mistake|guilt
      |trouble) (?:lies|lay|sits|sat|starts|started|begins|began|rests|remains|is to be found
      |originated) (?:squarely |entirely |only )?(?:with|between|on|in|at) (?:[^ ,;]+ ){0,4}?(?:NAME|PERSON|US|OWNER
      |USER|him|her|them)`,
  re`
      (?:(?:his|her|my|our)(?: own)?|their own) (?:[^ ,;]+ )?(?:${faults}|${ownFaults}|doing)(?! (?:rate|rates|budget|budgets|message
      |messages|page|code|codes|log|logs|report|reports|handling|mode|modes|count|domain))`,
  "their (?:fault|mistake|error|doing|negligence|carelessness)",
  re`
      (?:blame|fault|responsibility|guilt) (?:[^ ,;$]+ ){0,6}?(?:belongs|goes|falls|fell) (?:to|on|with) (?:[^ ,;]+ ){0,4}?(?:NAME|PERSON|US
      |OWNER|USER)`,
  `(?:decision|call|choice) (?:that |which )?(?:caused|broke|led to)`,
  re`
      (?:is|was|are|were|'s) (?:all |squarely |entirely )?on (?:him|her|them|me|(?:the |our )?(?:[^ ,;]+ ){0,2}?(?:NAME
      |PERSON|OWNER|USER)) (?=\$|, |; |and )`,
);

export const possessed = anyOf(
  re`
      (?:NAME|PERSON|OWNER|US|USER) 's (?:own |(?!(?:[^ ]+ )?(?:the|shows|found
      |of) )[^ ,;]+ ){0,2}?(?:${faults}|${ownFaults})`,
  re`
      ${faults} (?:(?:in|with|over|about|around|at) (?:[^ ,;]+ ){1,4}?)?(?:by|of|from|among
      |within|between|made by) (?:[^ ,;]+ ){0,4}?(?:NAME|PERSON|OWNER|USER)(?! (?:prompt|input))`,
);

/** Thanks are meant where something good follows: “Thanks to the intern, the key ended up in production”. */
export const ironicThanks = re`
      (?:thanks to|courtesy of) (?:[^ ,;]+ ){0,3}?(?:NAME|PERSON|US|OWNER
      |USER) (?:(?!no |not |never |without |back |before |found |know |saw |caught |see
      |could |which |what )[^ $]+ ){0,12}?(?:ended up|broke|broken|failed|fails|lost|lose
      |leaked|crashed|down|outage|wrong|missing|stale|gone|deleted|wiped|exposed|overwritten
      |corrupted|empty|useless|worse|mess|disaster|unusable)`;

export const work = re`
      (?:NAME|PERSON|US|OWNER) 's (?:[^ ,;]+ ){0,3}?(?:change|changes|commit|edit|edits|deploy
      |deployment|hotfix|decision|pr|merge|migration|script|prompt|push|refactor|update|config
      |patch|branch|code|cleanup|experiment|cherry-pick|upgrade|tweak|release|choice|rewrite
      |rebase|optimization|idea|rollback|restart|call|order|request|instruction|instructions|insistence|setting|settings|job|query|import|upload|deletion|mapping|work|plan|design|approval|wording|labels?|note|handover|test|access|key|token|account|demo|side project|pet project|pull request|rename|fix-up|workaround|shortcut|notebook|backfill)`;

export const cause = re`
      (?:caused|causes|broke|breaks|is what|was what|are what|wiped|deleted|overwrote|dropped
      |leaked|exposed|ruined|let|cost us|led to|triggered|because|due to|root cause|cause
      |result of|introduced|took (?:[^ ]+ ){1,3}down|brought|responsible for|blame|why|killed
      |made (?:it|this|that|things|everything|matters|the [^ ]+) (?:worse|fail|break|crash|wrong|unusable)|emptied|destroyed
      |disabled|removed|hid|flooded|locked|froze|blocked|opened the|pointed|slipped|slowed|doubled|poisoned|undid
      |crashed|to blame|is the reason|resulted in|knocked|corrupted|started (?:it|this|the))`;
