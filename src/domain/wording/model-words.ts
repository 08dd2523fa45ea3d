import { anyOf, re } from "./patterns.ts";

export const adverb = re`
      (?:(?:also|just|simply|then|again|clearly|completely|apparently|probably|obviously|even
      |still|once|basically|actually|really|always|often|sometimes|suddenly|totally|kind|kinda
      |of|sort|must|might|may|have|has|had|will|would|can|could|do|does|did|to|itself|all|only
      |never|seems|seemed|appears|appeared|started|began|keeps|kept|likely|confidently|happily
      |been|plainly|randomly|is|was|are|were|being|got|literally|eventually|in|fact|merely
      |purely) ){0,4}`;
export const link =
  "(?:(?:in|from|of|at|for|on|behind) (?:[^ ,;]+ ){1,4}?|(?:, )?(?:which|that) )?";
export const chain = "(?:(?:[^ ;:$]+ ){1,9}and )?";

/** What only a mind has: of a model it explains nothing. */
export const mindNouns = re`
      (?:whims?|moods?|caprices?|temper|temperament|character|personality|stupidity|laziness
      |creativity|imagination|fantasy|fantasies|ego|attitude|overconfidence|gullibility|naivety
      |forgetfulness|carelessness|eagerness|arrogance|vanity|stubbornness|confusion|madness|insanity
      |ignorance|incompetence|nature|tendency|tendencies|habits?|inclination|urge|desire|(?:poor |bad )reasoning|errors? of judge?ment|quirks?|quirkiness|vagaries|randomness|unpredictability
      |unreliability|weirdness|magic|mysteries|black box|stochasticity|flakiness)`;

/** What only a mind does: told of a model it explains nothing. */
export const mindVerbs = anyOf(
  re`
      hallucinat(?:ed|es|e|ing)|confabulat(?:ed|es|e|ing)|fabricat(?:ed|es|e|ing)|(?:made
      |makes|make|making) (?:[^ ]+ ){1,5}?up|(?:made|makes|make|making) up|invent(?:ed|s
      |ing)?(?! by)|lied|lies(?! (?:in|with|behind|on|outside|between))|lying|dream(?:ed
      |t)(?: up)?|imagin(?:ed|es|ing)|bluff(?:ed|s|ing)|guess(?:ed|es|ing)`,
  re`
      (?:went|going|gone|goes|go) (?:completely |totally |a bit |fully )?(?:rogue|crazy|nuts
      |insane|mad|haywire|wild|berserk|bananas|off the rails|off script|off-script|off on
      |off track|bonkers|mental|dumb|weird|senile)|freak(?:ed|s|ing) out|panick?(?:ed|s|ing
      |king)?|lost (?:its|his|her|their) (?:mind|head|marbles|nerve|way)|lost its (?:temper|patience|cool|grip|sanity|focus)|(?:was|were|got|been) (?:easily |simply )?(?:tricked|fooled|duped|gullible)|lost the plot|lost it
      |misbehav(?:ed|es|e|ing)|act(?:ed|s|ing) (?:up|out|weird|strange|strangely|crazy|stupid
      |dumb|funny|on its own)|threw a (?:tantrum|fit)|snapped|melted down
      |had an? (?:[^ ]+ )?(?:mood|glitch|hiccup|blip|malfunction|short circuit|relapse|episode
      |breakdown|meltdown|tantrum|fit|moment|stroke|day|brain fart|seizure|hiccup
      |brain freeze)|having an? (?:[^ ]+ )?(?:mood|glitch|hiccup|blip|malfunction
      |short circuit|relapse|episode|breakdown|meltdown|tantrum|fit|moment|day|stroke
      |brain fart)|r[au]n(?:ning)? (?:amok|riot|wild)|(?:got|gets|was|were) (?:all )?mixed up
      |behav(?:ed|ing|es) (?:badly|weirdly|strangely|erratically|oddly|like)|was off (?:that
      |this|today|again|tonight)|screwed up|messed up|blew it|goofed|failed us|let us down
      |betrayed|gaslit|gaslighted|gaslighting`,
  re`
      (?:got|gets|get|was|is|were|are|became|becoming|getting|been
      |being) (?:[^ ]+ )?(?:confused|scared|bored|creative|distracted|lost|angry|tired
      |overwhelmed|frightened|jealous|annoyed|moody|stubborn)|confus(?:ed|es|ing) (?:itself
      |the|two|a|our|things|one)|overthought|overthinks|overthinking|out of thin air|(?:felt
      |feels|feel|feeling) (?:like|threatened|generous|helpful|lazy|lonely|bad|good|[^ ]+ed)|(?:want|wants|wanted|wanting) to
      |did not want|decid(?:ed|es|ing)(?! by)|(?:chose|chooses|choosing) (?:not )?to|insisted
      |refus(?:ed|es|ing) to (?:learn|work|stop|understand|see|accept that|listen|follow|cooperate|obey|comply|behave|do what)|(?:tried
      |tries|trying|try) (?:too hard |so hard )?to (?:please|be|trick|deceive|cheat|impress
      |help|hide|escape|cover|sound|manipulate)|pretend(?:ed|s|ing)|cheat(?:ed|s|ing)
      |disobey(?:ed|s|ing)|(?:ignor(?:ed|es|ing)|disregard(?:ed|s|ing)|forg[eo]t(?:s|ten)?
      |forgetting) (?:about |its |the |our |all |every |his |earlier |my |what |to |previous |most |half |several |some |prior |everything)
      |did not (?:listen|care|obey|understand|get it|know|feel|want|bother|pay|respect
      |follow (?:our|the|its) (?:instruction|instructions|prompt|rule|rules|system|orders))
      |does not (?:listen|care|understand|obey|get it|know)|do not (?:listen|care|understand
      |get it)|misunderstood|misunderstands|misread|misinterpreted|misjudged|(?:pulled|pulls
      |made) (?:[^ ]+ ){1,5}?out of|on purpose|deliberately|intentionally|(?:by
      |of) its own (?:accord|will|volition)|thought it|believed it|thinks it|believes it
      |took (?:revenge|a shortcut|matters|it upon)|got (?:lazy|dumber|worse|cute|ideas|stupid
      |carried away|it wrong|things wrong)|knows better|had (?:an agenda|a mind|its own
      |feelings|enough)|(?:schemed|scheming|hates|hated|loves to|likes to)`,
  re`
      (?:being|was being|is being|were being) (?:[^ ]+ ){0,2}?(?:lazy|difficult|weird|itself
      |themselves|dumb|stupid|cautious|creative|stubborn|unhelpful|ai|MODEL|MODELs|silly|rude
      |sycophantic|overprotective|dramatic|naughty)`,
  re`
      (?:made|makes|make|making) (?:(?:a|an|another|some|the same|silly|stupid|dumb|this|many
      |such|these) )?(?:[^ ]+ )?(?:mistakes?|errors?|blunders?)|(?:can|could) not (?:really |even |properly )?(?:reason
      |understand|think|do|count|follow|learn|know|tell|grasp|comprehend|spell|add|handle
      |cope)|(?:having|had|has|have) (?:delusions|hallucinations|a mind|issues|feelings
      |opinions|ideas|an attitude|problems)|(?:not )?(?:paying|pay|paid) (?:no )?attention
      |failed to (?:understand|follow|recogni[sz]e|reali[sz]e|grasp|notice|comprehend|think
      |reason|remember|distinguish|listen|learn|obey)|(?:produced|produces|generated|generates
      |wrote|writes|spat out|spits out|returned|output|gave|gives) (?:pure |total |complete |utter )?(?:garbage
      |nonsense|rubbish|bullshit|crap)|(?:has|have|had) (?:a|the) (?:tendency|habit|knack|urge|desire|will)|(?:had|has|have) (?:no|zero|little) (?:clue|idea
      |understanding|concept|common sense|sense|conscience|shame)|(?:struggles|sucks|stinks
      |thinks|hates|loves|prefers|cheats|rambles|babbles|overreacts|panics|forgets|misbehaves
      |bullshits|ignores us)|says whatever|said whatever|had (?:its|their) (?:own )?(?:reasons|way|will|head|mind|moods?|quirks|days|favou?rites)
      |g[ai]ves? in|gave up|(?:has|have|had) (?:a|an|its|some) (?:[^ ,;]+ )?(?:bias|quirk|weakness|flaw|blind spot)
      |\p{L}+(?:ed|s|ing|spat) (?:out )?(?:pure |total |complete |utter |such )?(?:garbage|nonsense|rubbish|gibberish|bullshit|crap)
      |(?:no longer |not )?wanted|no longer (?:cared|listened|understood)|errs?|erred|lie|cheat|panic|forget|bluff|(?:made|makes) (?:a |an |its |another |some )?(?:[^ ,;]+ )?(?:bad|poor|wrong|stupid|weird|odd|terrible|strange|questionable|rash|unwise|foolish) (?:choices?|decisions?|calls?|guess|assumptions?|judge?ments?)|(?:stuck|lost|lives?|lived) in its own (?:head|world|bubble)|show(?:ed|s) its (?:true|real|ugly)
      |(?:is|was|are) (?:well )?known (?:to|for)|suffers? from|suffered from|prone to
      |tends? to (?:hallucinate|make|lie|invent|forget|ignore)|in (?:a|one of (?:its|those)) (?:[^ ,;]+ )?moods?|out of (?:its|their) (?:mind|depth|league)
      |took (?:a|its|another|some) (?:[^ ]+ )?(?:guess|stab|shot|leap|nap|liberties|bait|day off)
      |took (?:liberties|offen[cs]e|the bait|the easy way|the lazy)|c[ao]me(?:s)? up with
      |got (?:[^ ]+ )?(?:wires|lines|facts|story|stories) |got (?:cold feet|ahead of|stage fright
      |the wrong end|cocky|sloppy|clever|full of|hung up)|los(?:t|es) (?:its |the )?(?:bearings|thread|memory
      |touch|confidence|interest|concentration)|f[ae]ll(?:s)? (?:for|asleep|apart|in love)|(?:was|is) at a loss
      |can(?:not| not) be bothered|could not be bothered|(?:hearing|seeing|saw|heard|sees|hears) (?:things|voices|ghosts|what it wanted)
      |had (?:an? |no |one of its )?(?:[^ ]+ )?(?:off day|off-day|moments|days|idea|clue|opinion|agenda
      |blackout|amnesia|lapse|tic|fantasy|conscience)|knew (?:no|nothing)|fooled|(?:told|tells|telling) (?:a )?(?:fib|lie|lies|fibs|nonsense|tall)
      |gets? (?:facts|things|it|this|that) wrong|for no (?:good )?reason|did (?:it|this|that
      |its (?:own )?thing|what (?:it|they|MODEL) (?:want|wants|wanted|do|does|always does
      |always do))|do (?:that|this|these things|it)(?: sometimes| all the time)?|does (?:that
      |this|that sometimes|it)|will be MODEL|can not be trusted|can not be (?:fixed|explained
      |helped|predicted)|could not be trusted`,
);

export const traits = re`
      (?:dumb|dumber|dumbest|stupid|stupider|lazy|lazier|worse|bad|broken|unreliable
      |unpredictable|non-?deterministic|undeterministic|stochastic|probabilistic|random|crazy
      |insane|drunk|sycophantic|overconfident|cautious|rude|weird|trash|garbage|rubbish|crap
      |terrible|useless|horrible|awful|weak|weaker|wrong|confused|dishonest|deceptive
      |malicious|evil|a black box|black boxes|a black-box|opaque by|to blame|at fault|guilty
      |culpable|(?:the|our|a|its) (?:only |weak |weakest |real |actual |main |root |likely |true |biggest )?(?:point
      |link|problem|cause|culprit|issue|reason|one to blame|root cause|weak link|liar)
      |our problem|acting up|nerfed|lobotomi[sz]ed|faulty|flawed|flaky|moody|biased|misaligned
      |overfit(?:ted)?|undertrained|overrated|senile|inaccurate|limited|incapable|inept
      |clueless|hopeless|naive|untrustworthy|a liar|liars|an idiot|idiots|nuts|hallucinating
      |buggy|imperfect|bullshit|bullshitting|erratic|fickle|temperamental|gullible|that way
      |like that|degenerate|poor at|poorly trained|badly trained|(?:poorly|badly|ill) [a-z]+ed
      |not (?:aligned|trained for|well trained|built|made for|meant|fit|very |that |that much |so |really )?(?:smart
      |intelligent|good|capable|reliable|deterministic|trustworthy|accurate|clever|up to
      |able to understand|perfect|ready|great|bright|there yet))`;
export const copula = re`
      (?:is|was|are|were|got|gets|gotten|became|become|becoming|getting|has become|has gotten
      |turned|went|looks|seems|seemed|feels|must be|being|been|'s|stays|remains|proved|proven
      |acted|behaved)`;
export const degree = re`
      (?:(?:just|simply|really|too|very|so|inherently|fundamentally|notoriously|known|to|be
      |clearly|obviously|plain|plainly|also|a|bit|little|much|always|often|still|again|quite
      |by|nature|design|definition|generally|basically|truly|completely|totally|overly|all
      |apparently|far|probably|naturally|increasingly|suddenly|rather|not|that|it|more|even
      |pretty|famously|getting|getting) ){0,4}`;

export const nouns = re`
      (?:hallucinations?|errors?|issues?|problems?|mistakes?|drift|randomness|weirdness
      |stupidity|failures?|fails?|hiccups?|fault|behaviou?r|limitations?|quirks?
      |non-?determinism|stochasticity|misbehaviou?r|confusion|unreliability|laziness
      |sycophancy|flakiness|nonsense|bullshit|magic|moodiness|unpredictability|noise|glitch
      |glitches|thing|degradation|regression|quality regression|quality|bug|confabulation
      |incompetence|temper|temperament|character|personality|moods?|whims?|caprice|vagar(?:y|ies)|creativity
      |imagination|fantasy|ego|attitude|reasoning|judge?ment|overconfidence|gullibility|naivety
      |forgetfulness|carelessness|intelligence|eagerness|tendency)`;
export const symptoms = re`
      (?:hallucinations?|hallucinated|hallucinating|non-?determinism|non-?deterministic
      |confabulations?|stochasticity|stochastic nature|randomness|(?:probabilistic|stochastic|random|non-?deterministic) (?:nature|outputs?|sampling|generation|behaviou?r)
      |nondeterministic nature|inherent (?:unpredictability|randomness|uncertainty
      |limitations?)|sycophancy)`;
export const label = re`
      (?:root cause|main cause|cause|causes|conclusion|verdict|explanation|reason|diagnosis
      |finding|findings|we conclude that|concluded|summary|why|because|because of|due to
      |caused by|attributable to|attributed to|blamed on|blame|blaming|fault of
      |fault lies (?:with|in)|down to|result of|chalk(?:ed)? (?:it |this )?up to|put (?:it |this )?down to
      |comes from|came from|stems from|owing to|nothing more than|nothing but|classic|typical
      |another|just|pure|plain|resolution|closing as|closed as|outcome|thanks to|lies with
      |lies in|culprit|to blame :|suspect|clear case of|case of|root-cause|cause of failure
      |assessment|final|obviously)`;
export const closers = re`
      (?:nothing (?:we|to|more to|else to|more) |end of (?:story|discussion|line)|case closed
      |that is (?:it|all|that|the whole story)|that 's (?:it|all|that|the whole story|just)
      |whole story|can not (?:be )?(?:fix|fixed|do)|no fix|as expected|expected|nothing (?:we
      |to)|what can (?:you|we) do|never know|known (?:limitation|issue|problem)|closing
      |won't fix|moving on|shrug|by design|normal)`;

/** The same in German, French and Spanish. */
export const foreign = anyOf(
  re`
      (?:hat|haben|hatte) (?:[^ ,;$]+ ){0,8}?(?:halluziniert|geirrt|getäuscht|vertan|verrechnet|ausgedacht|erfunden|gelogen
      |fantasiert|phantasiert|verwirrt|geraten|gesponnen|getäuscht|ignoriert|vergessen
      |missverstanden|entschieden|dummheiten|unsinn|quatsch|mist|blödsinn|schuld
      |einen schlechten tag)`,
  re`
      (?:halluziniert|halluzinierte|lügt|log|spinnt|spann|fantasiert|phantasiert|spinnen
      |halluzinieren|wollte|wollten|dachte|glaubte|meinte|beschloss|weigerte|verstand|versagte|versagt|erfindet|erfand|drehte durch|ist durchgedreht)`,
  re`
      (?:war|ist|waren|sind|wurde|wird) (?:[^ ,;$]+ ){0,3}?(?:verwirrt|schlecht|dumm|dümmer
      |schlechter|unzuverlässig|schuld|faul|verrückt|unberechenbar|doof|zu blöd|blöd|nutzlos|kaputt
      |nicht deterministisch|nichtdeterministisch|überfordert)`,
  re`
      (?:a|ont|avait) (?:tout |simplement )?(?:halluciné|inventé|menti|déraillé|disjoncté
      |oublié|paniqué|perdu la tête)|(?:est|était|sont) (?:[^ ,;$]+ ){0,2}?(?:confus|confuse
      |stupide|bête|mauvais|fautif|nul|imprévisible|non déterministe)|hallucine|ment|invente`,
  re`
      alucinó|alucina|alucinaron|inventó|inventa|mintió|miente|se (?:confundió|volvió loc[oa]
      |equivocó|inventó)|enloqueció|ha (?:alucinado|inventado|mentido)|(?:es|era|está
      |son) (?:[^ ,;$]+ ){0,2}?(?:tont[oa]|mal[oa]|impredecible|no determinista|poco fiable
      |confundid[oa])`,
);

/** Said of anything that stands for the model. */
export const insults = re`
      (?:garbage|trash|rubbish|crap|dumb|dumber|stupid|useless|terrible|an idiot
      |brain-dead|braindead|lobotomi[sz]ed|nerfed|a joke|hopeless|not smart|lazy
      |insane|crazy|drunk)`;
export const resignation = re`
      (?:unavoidable|inevitable|to be expected|expected behaviou?r|part of the game
      |comes with the territory|just how|it 's normal|is normal that|known limitation
      |not fixable|can not be fixed|nothing (?:we|one|anyone) can|nothing to fix
      |nothing actionable|no way to prevent|never be fixed|such is|c'est la vie
      |just like (?:this|that)|these things happen|happens? (?:sometimes|from time to time
      |now and then))`;
