/**
 * Phrases that promise care instead of a change (B10 Q2), in the forms people write them. "Retrain the
 * model" is an action; "retrain staff" is not.
 */
const rejectedPhrases: readonly RegExp[] = [
  /\b(?:be(?:ing)?|is|are) (?:more |extra |very )?careful\b/,
  /\b(?:more|extra|better|take) (?:care|caution)\b/,
  /\bmore carefully\b/,
  /\b(?:rais(?:e|es|ed|ing) |creat(?:e|es|ed|ing) |more )?awareness\b/,
  // "locale-aware" is a property of code
  /(?<![\w-])aware\b/,
  /\bremind(?:s|ed|ing)?\b/,
  /\b(?:re-?)?train(?:s|ed|ing)? (?:the |our |all |every )?(?:[\w-]+ ){0,2}?(?:staff|people|team|teams|everyone|everybody|engineers?|operators?|developers?|employees|agents? (?:staff|team)|on-?call)\b/,
  /\b(?:staff|team) (?:re-?)?training\b/,
  /\bimprov(?:e|es|ed|ing|ements?)\b/,
  /\bmonitor(?:s|ed|ing)?(?: [\w-]+){0,4} (?:more )?closely\b/,
  /\b(?:more )?closely (?:monitor|watch)(?:s|ed|ing)?\b/,
  /\bwatch(?:es|ed|ing)?(?: [\w-]+){0,4} (?:more )?closely\b/,
  /\bkeep(?:s|ing)? an eye on\b/,
  /\blook(?:s|ed|ing)? into\b/,
  /\bensur(?:e|es|ed|ing)\b/,
  /\bmak(?:e|es|ing) sure\b/,
  /\bbest[- ]practices?\b/,
  /\bpay(?:s|ing)? (?:more |closer |close )?attention\b/,
  /\bdouble[- ]check\b/,
  /\btry (?:harder|to)\b/,
];

/** The phrase as it stands in the text; undefined where there is none. */
export function rejectedPhrase(text: string): string | undefined {
  const plain = plainText(text);
  for (const phrase of rejectedPhrases) {
    const found = phrase.exec(plain);
    if (found) return found[0];
  }
  return undefined;
}

/** What speaks for a criterion that somebody else can test; each counts once. */
const speaksFor: readonly RegExp[] = [
  // something to open, run or count
  wordsOf(
    "tests?|jobs?|ci|builds?|pipelines?|checks?|gates?|suites?|evals?|evaluations?|goldens?|canary|replays?|drills?|probes?|scripts?|scans?|parser|linter",
    "alerts?|alarms?|monitor|pages?|dashboards?|metrics?|graphs?|panels?|reports?|logs?|traces?|spans?|quer(?:y|ies)|counters?|banner|screenshots?|exports?|tools?|questions?",
    "deploys?|deployments?|releases?|rollouts?|rollbacks?|merges?|pull requests?|commits?|branch|diffs?|changes?|edits?|upgrades?|versions?|hash(?:es)?|template",
    "permissions?|grants?|roles?|rules?|polic(?:y|ies)|config|configuration|schemas?|flags?|budgets?|quotas?|limits?|timeouts?|defaults?|registry|allow-?list|endpoint|api|servers?|gateway|router|cache",
    "annex|contract|files?|sheets?|minutes|calendar|links?|keys?|access|errors?|exit code|code|repository|grep|columns?|fields?|rows?|payloads?|bundles?|pools?|backups?|watchdog|guardrail|strings?|macro|page|pages|window|button|tests?|amount|note|lists?|records?|decisions?|tickets?|issues?|messages?|checklists?|forms?|documents?|runbook|tables?|entry|entries|signatures?|reviewers?|approvals?|names?|ids?",
    "runs?|prompts?|answers?|responses?|completions?|citations?|requests?|trials?|conversations?|sessions?|contexts?|outputs?|index|snapshots?|corpus|rate|share|p50|p95|p99|percentile|latency|score|threshold|tokens?|models?|agents?",
  ),
  // a figure or a comparison
  /[\d<>≤≥=%]|(?<![\w-])(?:below|above|under|at least|at most|fewer|less than|more than|exceeds?|older|newer|equals?|identical|zero|half|two|three|four|five|six|ten|twenty|fifty|hundred)(?![\w-])/,
  // under which condition, or for which of them
  wordsOf(
    "when|whenever|whose|if|unless|until|while|before|after|once|as soon as|without|within|instead of",
    "each|every|all|any|no|none|never|always|only|both|not|cannot|daily|weekly|hourly|nightly|by",
  ),
  // what is seen of it
  wordsOf(
    "fails?|pass(?:es)?|blocks?|rejects?|refuses?|denies|denied|stops?|halts?|fires?|rings?|breaks?|triggers?|exits?|returns?|turns|takes over|arrives?|appears?|opens|closes|resolves?|declines|expires?|runs|waits|cuts|flags|reads",
    "shows?|sees?|finds?|contains?|carr(?:y|ies)|includes?|holds?|has|have|exists?|links?|match(?:es)?|differs?|repeats?|restores?|reproduces?|covers?|reaches|stays|remains|drops|keeps|requires?|proves?|emits?|exits|states|equals?|comes? back|names|is empty|kills?|stays|falls|survives|ends?|aborts|mentions?|lets? through|gets?|sends|prints?|writes?|posts|creates|counts|compares|detects?|catches",
    "(?:is|are|be|gets?) (?:\\w+ )?(?:\\w+ed|shown|sent|built|run|red|green|off|on|in|at|present|absent|visible|empty)",
    "(?:on|in|under|beside|next to) (?:each|every)|merged|deployed|enabled|enforced|recorded|rejected",
  ),
  // how it is shown
  /\b(?:shown|proven|proved|measured|verified|compared|checked|demonstrated|reported|recorded) (?:by|in|with|on|hourly|daily)\b/,
  // it says what exactly: at least six words
  /^(?:\S+ ){5,}\S+$/,
];

/** What speaks against it; each weighs as much as two that speak for it. */
const speaksAgainst: readonly RegExp[] = [
  // work that is done, not what holds afterwards
  wordsOf(
    "agenda|held|discuss(?:ed|es|ion|ions)?|talks?|talked|meets?|meetings?|workshops?|sync|goes on|going on|ongoing|continu(?:e|es|ed|ing)|in progress|work(?:ed|ing)? on|working|looked|considered|explored|researched|studied|communicated|informed|told|briefed|trained|training|finished|reviewed with",
  ),
  // work on paper, or agreed on
  wordsOf(
    "(?:is|are|was|were|has been|have been|gets?) (?:written|presented|agreed|drafted|planned|prepared|adopted|introduced|communicated|cleaned up|rolled out|in use|in place|begun|started|filled|underway|defined|documented|established|created|set up|finali[sz]ed|implemented)(?! (?:by|in|with|on|at|before|after|within))|agreed with|agreed|take ownership|in our heads|promised|has begun|begun",
  ),
  // people as those who must remember
  /^(?:the |all |our )?(?:people|engineers|developers|teams?|staff|reviewers|owners|everyone|everybody|stakeholders|operators|managers|colleagues|analysts|we) (?!can\b|cannot\b|without\b|sees?\b|outside\b)/,
  // what only somebody's head holds
  wordsOf(
    "knows?|understands?|understood|feels?|confident|trusts?|believes?|happy|satisfied|complain(?:s|ts?)?|familiar|aware|awareness|culture|mindset|care",
  ),
  // an adjective or a mood in place of a measure
  wordsOf(
    "better|good|great|fine|ok|cleaner|stable|reliable|robust|carefully|proper(?:ly)?|appropriate(?:ly)?|adequate(?:ly)?|acceptable|sufficient(?:ly)?|well|quality|often|more often|enough|as soon as possible|where it should be|up to date",
  ),
  // luck, which nobody built
  /\bno (?:more |further |new |wrong |bad )*(?:incidents?|problems?|issues|complaints?|errors|answers|surprises)\b|\bno longer happens\b|\bnobody (?:reports|complains|mentions|notices)\b|\b(?:does|do|will) not (?:come back|recur|reoccur|happen(?: again)?|return again)\b/,
];

/**
 * B10 Q1, by its words: what speaks for a criterion that somebody else can test has to outweigh what
 * speaks against it, by three. Words cannot prove that a criterion is good; this refuses what nobody
 * could test, and the person who meets it wrongly adds a figure or says how it is shown.
 */
export function isTestable(criterion: string): boolean {
  const plain = plainText(criterion);
  const pros = speaksFor.filter((signal) => signal.test(plain)).length;
  const cons = speaksAgainst.filter((signal) => signal.test(plain)).length;
  // a sentence of five words that nothing speaks against is given the benefit of the doubt
  const isWhole = cons === 0 && plain.split(" ").length >= 5;
  return pros - 2 * cons >= (isWhole ? 2 : 3);
}

/** A field that was filled without an answer. */
const noAnswer =
  /^\W*(?:none|no|nothing|n\/?a|not applicable|tbd|tba|to be (?:defined|decided|determined)|unknown|later|open)?\W*$/;
/** That somebody will remember: what B10 calls a procedure. */
const promise =
  /\b(?:by hand|discipline|good ?will|habit|culture|honou?r system|trust|agreement in the team|team agreement|we agreed|everybody|everyone|people|reminders?|best effort|vigilance|awareness)\b/;
const mechanism =
  /\b(?:gates?|rules?|permissions?|checks?|tests?|jobs?|pipelines?|ci|alerts?|approvals?|polic(?:y|ies)|grants?|schedulers?|controllers?|gateways?|registry|validation|limits?|quotas?|hooks?|block(?:s|ed)?|reject(?:s|ed)?)\b/;

/** B10 Q3: whether the enforcement names something that makes the action hold, without anybody remembering to. */
export function isMechanism(enforcement: string): boolean {
  const plain = plainText(enforcement);
  return !noAnswer.test(plain) && (mechanism.test(plain) || !promise.test(plain));
}

function wordsOf(...groups: string[]): RegExp {
  return new RegExp(`(?<![\\w-])(?:${groups.join("|")})(?![\\w-])`);
}

/** Lower case, one space, and no invisible characters: what is compared, never what is stored. */
function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}
