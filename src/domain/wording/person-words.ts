import { anyOf, re } from "./patterns.ts";

/** Everybody a sentence can blame; who only uses the product is another matter: see `userFaults`. */
export const actor = "(?:NAME|PERSON|OWNER|US|THEY)";

export const somebody = "(?:NAME|PERSON|OWNER|THEY)";

/** What may stand between a person and their verb: where they work, a relative clause, another verb before. */
export const link = re`
      (?:(?:in|from|on|of|at|for) (?:[^ ,;]+ ){1,4}?|(?:, )?(?:who|that) (?:[^ ,;]+ ){0,4}?
      |, (?:[^ ,;]+ ){1,5}, |\p{L}+ing (?:[^ ,;]+ ){1,4}?)?`;

export const chain = "(?:(?:[^ ;:$]+ ){1,10}(?:and|then|but) )?";

export const adverb = re`
      (?:(?:also|just|simply|then|again|clearly|completely|apparently|probably|obviously|even
      |still|once|accidentally|deliberately|knowingly|blindly|repeatedly|had|has|have|either
      |both|all|only|really|carelessly|hastily|quietly|silently|first|later|too|of|them
      |us) ){0,3}`;

/** Words that hold a reproach by themselves: no condition is named with them. */
export const moral = anyOf(
  re`
      careless(?:ly|ness)?|negligen(?:t|ce|tly)|sloppy|sloppily|sloppiness|incompeten(?:t|ce
      |cy)|reckless(?:ly|ness)?|complacen(?:t|cy)|laziness|thoughtless(?:ly|ness)?
      |inattenti(?:on|ve|veness)|irresponsib(?:le|ly)|unprofessional|heedless|lackadaisical
      |(?:what|as) (?:we|US|they|THEY|PERSON) deserved?|pebkac|pebcak|layer 8|chair and (?:the )?keyboard|keyboard and (?:the )?chair|id ten t|id-10-t
      |amateurs?(?: hour)?|amateurish(?:ly)?|idiots?|fools?|foolish|morons?|clowns?|some (?:genius|hero|joker)|dumm(?:y|ies)|cowboy(?:s|ing)?|hubris|half-hearted(?:ly)?|blind(?:ly)? trust(?:ed)?|fat-finger(?:ed|s)?|fat fingers?|finger trouble|brain fart by
      |human factors? :|over-eager|overeager|overzealous|absent-minded|absentminded`,
  re`
      (?:human|operator|user|developer|engineer|engineering|pilot|reviewer|admin|pm|dev|staff
      |manual|management|employee|PERSON|OWNER|USER) (?:error|mistake|oversight|failure
      |negligence|carelessness|incompetence|misconfiguration|sloppiness|ignorance|fault
      |blunder|inattention|slip|slip-up|lapse|misstep|misjudgment|misjudgement|weakness|misuse|hubris
      |fatigue|stupidity|laziness|confusion|misunderstanding|miscommunication|typo)s?(?! (?:rate|budget|message|code|page|report|screen|log|handling
      |boundary|state|count|class|type|is weak|mode))`,
  re`
      (?:cause|failure|problem|error|reason|weak point|factor|fault|mistake) (?:is|was
      |were) (?:purely |all |just |simply |entirely |clearly )?(?:human|PERSON)(?= \$)
      |thank (?:[^ ]+ ){0,4}?(?:PERSON|NAME) for (?:this|the) (?:mess|outage|incident|failure
      |downtime|breakage|disaster)|responsible (?:[^:;$]{0,40} )?(?:for )?(?:[^ ]+ )?(?:outage
      |incident|failure|breakage|damage|error|mess) (?::|is|was) (?:[^ ]+ ){0,2}?(?:PERSON
      |NAME)|(?:NAME|PERSON) (?:had|has|have|was|were) (?:been )?(?:warned|told
      |reminded) (?:twice|before|repeatedly|many times|several times|three times|again
      |about this|often)|(?:PERSON|NAME) (?:has|have) no (?:idea|clue|understanding|sense)`,
  re`
      lack of (?:[^ ]+ )?(?:attention|care|discipline|diligence|ownership|skills?|competence
      |rigou?r|professionalism|judge?ment|accountability|vigilance|common sense|effort
      |experience|expertise|responsibility|communication|focus|oversight by|thoroughness)`,
  re`
      (?:insufficient|missing|no|poor|little|zero) (?:diligence|discipline|attention to detail
      |judge?ment|care|professionalism|vigilance|work ethic|ownership by|attention from)`,
  re`
      (?:poor|bad|terrible|questionable|rash|stupid|dumb) (?:judge?ment|decision|call
      |decisions|choice|choices|communication|work|job) (?:by|of|from|between
      |on the part of) (?:[^ ]+ ){0,4}(?:NAME|PERSON|OWNER|US)`,
  re`
      (?:mistakes?|errors?) (?:was|were) made|cut(?:ting)? corners|out of (?:sheer |pure )?(?:stubbornness|laziness|spite|ignorance
      |carelessness|convenience|impatience|vanity|arrogance|greed)
      |fault (?:is|was) (?:all |only )?(?:theirs|his|hers|mine|ours)|(?:is|was|are|were) to blame|(?:culpable|guilty|guilty party|at fault|to blame|blamed|culprits?|schuldige?r?) (?:party )?(?:here )?(?::|is|are|–|=) (?:[^ ,;]+ ){0,4}?(?:NAME|PERSON|OWNER|US|USER)
      |with(?:out)? a (?:more )?(?:competent|better|careful|good|real|proper|attentive
      |experienced|diligent) (?:PERSON|OWNER)|failure to (?:[^ ]+ ){1,6}?by (?:[^ ]+ ){0,3}?(?:PERSON|NAME)|(?:failure|inability|refusal|unwillingness
      |neglect) (?:of|by) (?:[^ ]+ ){0,3}(?:NAME|PERSON|OWNER|US)`,
  "(?:poor|bad|terrible|wrong|hasty|sloppy|rash|botched|missing|clumsy) (?:[a-z]+ )?(?:handover|decision|call|choice|communication|work|job|planning|review|judge?ment|execution|management|coordination|preparation|advice) (?:by|of|from|between) (?:[^ ]+ ){0,4}?(?:NAME|PERSON|OWNER|US|shift|crew|side)|on the part of (?:[^ ]+ ){0,3}(?:NAME|PERSON|OWNER|USER)",
);

export const moralPerson = re`
      (?:careless|clumsy|forgetful|incompetent|negligent|stupid|undisciplined|unmotivated|disgruntled|unreliable|useless|nervous|unskilled|tired|exhausted|sleepy|drunk|lazy|hasty|impatient|distracted|inattentive
      |inexperienced|untrained|clueless|rushed|overworked|overconfident|arrogant|stubborn
      |ignorant|confused|unqualified|hurried|panicked|eager|rogue|bored|stressed)`;

/** Done by somebody, each of these is a reproach. */
export const reproaches = anyOf(
  re`
      forgot|forgotten|forgets|left out|neglected|neglects|overlooked|ignored|ignores|disregarded
      |dismissed the|misread|misjudged|misunderstood|misinterpreted|misconfigured|mislabell?ed
      |mistyped|mishandled|mismanaged|miscommunicated|miscalculated|mis-?set|fat-fingered
      |botched|bungled|fumbled|flubbed|goofed|erred|blundered|screwed|messed|blew (?:it
      |up|the)|lost (?:track|sight|patience|focus|count|the plot)|dropped the ball|slipped up|rubber-stamped|rubberstamped|waved (?:it|this
      |the [^ ]+) through|insisted|pushed for|pressured|cut corners|rushed|wrecked|ruined
      |sabotaged|nuked|clobbered|trashed|hosed|borked|caused|brought down|took down|knocked
      |let (?:[^ ]+ ){1,3}(?:through|slip|happen|drag on|rot|down|go stale)`,
  re`
      missed(?! (?:their|a connection|an? appointment))|broke(?! (?:down|out|it down|even|up
      |the (?:failures|tickets|reports|numbers|figures)))|broken`,
  re`
      failed(?! over|\b.{0,20}\brequests)|failed to|fails to|neglecting to|forgetting to
      |failing to`,
  "skipped|bypassed|circumvented|overrode|overruled|overridden|sidestepped|ignored|waived",
  re`
      overwrote|(?:deleted|dropped|wiped|erased|removed|destroyed|corrupted|leaked|exposed
      |purged|truncated) (?:[^ ,;]+ ){0,4}(?:table|tables|database|databases|db|index|indexes
      |indices|row|rows|file|files|set|sets|folder|volume|bucket|backup|backups|record|records
      |data|disclaimer|guardrail|rule|rules|check|checks|prompt|config|production|prod|schema
      |key|keys|corpus|test|tests|alert|line|branch|secret|secrets|snapshot|snapshots
      |namespace|cluster|column|documents?)`,
  re`
      pulled the plug|pulled rank|misused|abused|(?:has|have|had) a (?:long )?(?:history|habit|record|reputation|tendency|talent|knack|way) (?:of|for|to)|can not (?:resist|help)|could not (?:resist|help|wait|be bothered|care less)|never (?:answered|replied|responded|listened)|fallen asleep|went rogue|acted alone|fell asleep|slept through|went back to (?:sleep|bed)|went home|went to bed|went to lunch
      |was asleep|looked away|looked the other way|turned a blind eye|gave up(?= (?:\$|on
      |trying|too))|said nothing|did nothing|told (?:nobody|no one)|kept quiet|stayed silent
      |sat on|dragged (?:their|his|her) feet|shot from the hip|jumped the gun|took a shortcut
      |took shortcuts|did (?:what|as|whatever) (?:they|he|she|THEY|PERSON) (?:wanted|liked|pleased|felt)|took (?:[^ ,;]+ ){1,3}?eyes? off|took (?:[^ ]+ ){0,2}?(?:gamble|liberties
      |matters|lightly|nap|guess|easy way)|gave in|gave (?:[^ ,;]+ ){0,2}?(?:wrong|bad|false
      |misleading|no thought)|had (?:a bad day|other things|better things|no business|no excuse
      |(?:[^ ,;]+ ){1,2}? on (?:his|her|their) mind)|kept (?:it|this|that|the [^ ]+) (?:to|secret|from)
      |thought (?:he|she|they|it (?:was|would))|knew better|let (?:[^ ,;]+ ){1,3}?down
      |held back|called in sick|put (?:[^ ,;]+ ){1,4}?(?:at risk|in danger|above|ahead of|over|before)
      |looked the other|ran (?:away|out of patience)|made (?:a|an|the|another|this|some|that|several
      |two) (?:[^ ]+ ){0,2}?(?:mistake|mistakes|error|errors|mess|typo|wrong|blunder|slip|bad)
      |made (?:(?!no )[^ ,;]+ ){0,3}?(?:mistakes?|errors?|blunders?|slips?|typos?)|made a mess|messed up|left (?:it|us|them|a|an|the|everything|debug
      |this) (?:[^ ,]+ ){0,4}(?:on|open|off|enabled|disabled|in a mess|behind|unset|running
      |broken|unprotected|empty|stale|unreviewed|mess)`,
);

/** Not done by somebody: each names a duty. */
export const duties = re`
      (?:check|checked|test|tested|read|review|reviewed|follow|followed|notice|noticed
      |see(?! (?:any|a|no) )|look|verify|verified|validate|validated|tell|told|escalate
      |escalated|communicate|communicated|document|announce|announced|inform|informed|notify
      |notified|ask|asked|think|care|cared|understand|understood|realise|realize|pay|bother
      |bothered|coordinate|coordinated|run|rotate|rotated|rebuild|rebuilt|refresh|refreshed
      |set|turn|turned|close|catch|caught|raise|flag|flagged|act|react|reacted|consider
      |monitor|watch|watched|double-check|plan|wait|waited|listen|listened|sync|consult
      |back up|anticipate|heed|learn|respect|know (?:how|better|what (?:they|he|she|it)
      |the (?:process|rules|runbook|schema|system))|do (?:his|her|their|the) (?:job|homework
      |work|due)|have the (?:skills|discipline|experience|knowledge)|take (?:it|this|the|care)|write|wrote|bother(?:ed)? with|back(?:ed)? up|make sure|made sure|clean(?:ed)? up|measured?|practi[cs]ed?|fix|fixed
      |spot|spotted|update|updated|handle|cover|question|stick|keep)`;

/** A state or a trait of a person as what went wrong. */
export const traits = re`
      (?:(?:too|so|very|overly|simply|just|clearly|also|quite|really|a bit|being|rather
      |just too|grossly|plain|under-?) ?){0,2}(?:careless|negligent|sloppy|lazy|tired
      |exhausted|drunk|hungover|asleep|sleeping|sleepy|distracted|inattentive|complacent
      |incompetent|inexperienced|reckless|irresponsible|unprofessional|overconfident|arrogant
      |stubborn|slow|clueless|ignorant|unqualified|impatient|hasty|careful enough
      |in a (?:hurry|rush)|out of (?:his|her|their) depth|over-?eager|eager|busy|junior
      |confident|to blame|at fault|guilty|the (?:root )?(?:cause|culprit|problem|reason
      |weak link)|wrong to|not (?:careful|competent|paying|attentive|up to|qualified|skilled
      |diligent|thorough|good)|paying no attention|asleep at the wheel|in over (?:their|his|her|our) heads?|over (?:their|his|her) heads?|in (?:panic|denial)|on autopilot|afraid|scared|unwilling
      |unaware|cutting corners|green|new to this)`;

/** Changes to what runs; no reproach by themselves, only with a marker or a consequence. */
export const acts = re`
      (?:pushed|pushing|deployed|deploying|merged|merging|shipped|shipping|released|promoted
      |published|uploaded|ran|running|used|using|picked|chose|selected|typed|entered|pasted
      |copied|restarted|set|configured|loaded|rolled|switched|flipped|toggled|enabled|enabling
      |disabled|disabling|upgraded|upgrading|changed|changing|edited|editing|modified|altered
      |tweaked|approved|gave|granted|wrote|sent|put|installed|labell?ed|tagged|started
      |triggered|launched|applied|scheduled|turned|moved|imported|built|rebuilt|trained|bumped
      |raised|lowered|killed|committed|added|updated|activated|hardcoded|hard-coded|migrated
      |deleted|dropped|removed|renamed|pointed|signed off|let|connected|opened|cut|swapped
      |replaced|rotated|cleared|mounted|pressed|clicked|hit|tested|introduced|adjusted|reused
      |did|made|force-pushed|ordered|took)`;

export const markers = re`
      (?:nobody PERSON (?:had |has )?(?:seen|reviewed|tested|approved|asked|read|wanted|knew)|wrong(?!-)|bad|poor|terrible|lousy|shoddy|sloppy|half[- ]?(?:finished|done|baked)
      |for no (?:good )?reason|and left for|and went (?:to|on|home)|THEY never|conflicting
      |contradictory|confusing|ambiguous|careless|half-baked|half-finished|unfinished
      |incomplete|insecure|dangerous|broken|untested|unreviewed|buggy|faulty|incorrect|stale
      |outdated|in a (?:hurry|rush)|in haste|hastily|by accident|accidentally|by mistake|mistakenly|inadvertently|unintentionally
      |carelessly|sloppily|prematurely|too (?:early|soon|fast|quickly|late|broad|wide|high|low
      |much)|without (?!reproduction|impact|a deploy|downtime|loss|waiting for capacity)
      |on a friday|(?:on )?friday (?:night|evening|afternoon)|never turned|never told
      |instead of (?:the|waiting|following|asking|using|staging)|despite|in spite of|even though|although|regardless of|on a (?:whim|hunch|gut feeling)
      |from memory|by hand in production|by guess(?:work)?|without (?:looking|asking|reading|thinking)|against (?:all |any |clear )?(?:advice
      |the|policy|our|warnings?)|at the same time|behind our back|(?:straight|directly) (?:to
      |into|in|on|against) (?:prod|production|main|master|live|trunk)|in the wrong|with a typo
      |over the weekend|before (?:the )?(?:review|eval|evals|tests?|approval)|early
      |no one asked|(?:unasked|unannounced|unilaterally))`;

export const consequence = re`
      (?:and (?:it |that |this |so |thereby |thus )?(?:broke|broken|breaking|took|brought
      |caused|corrupted|exposed|killed|lost|crashed|wiped|knocked)|, ?(?:breaking|causing
      |which (?:broke|caused|took|brought|led|is why|exposed|killed|corrupted|crashed|wiped
      |made))|which (?:broke|caused|took|led|is why|exposed)|(?:, |; |– )?(?:and |so )+(?:(?:so|that
      |this|then|thus) )?(?:it |this |that |everything |(?:the|our) [^ ,;]+ )?(?:broke|failed|crashed
      |died|fell over|went (?:down|wrong|dark)|stopped working|blew up)|(?:that|this) is why|so it is on
      |, which|(?:that|which) (?:locked|broke|wiped|deleted|crashed|killed|leaked|exposed|corrupted|flooded|froze
      |blocked|overwrote|hid|emptied|ruined|took (?:[^ ,;]+ ){1,3}?down))`;

export const edits = "(?:changed|edited|modified|altered|tweaked|rewrote|misused|overwrote)";

export const live = re`
      (?:prompt|prompts|template|index|config|configuration|router|gateway|model|schema|flag
      |flags|table|permissions?|policy|rule|rules|threshold|temperature|weights|cache|retry
      |timeout|default|defaults|database|row|tokenizer|parameter|parameters|few-shots
      |guardrail|filter|corpus|limit|limits|settings?)`;
