import { deedsOf } from "./deeds.ts";
import { isMeasured, isMeasure, hasMechanism, hasIntent, isOpen } from "./excuses.ts";
import {
  adverb,
  link,
  chain,
  mindNouns,
  mindVerbs,
  traits,
  copula,
  degree,
  nouns,
  symptoms,
  label,
  closers,
  foreign,
  insults,
  resignation,
} from "./model-words.ts";
import { pattern, re } from "./patterns.ts";
import { isReproachOfModel } from "./person-cause.ts";
import { isMindless, isPast, isPretending } from "./verbs.ts";

/** R12: whether a sentence, in the form that `readable` gives, ends at the model: its symptom, its nature or an intent as the reason. */
export function isModelConclusion(sentence: string): boolean {
  if (!anyModel.test(sentence) || !isSaidOfModel(sentence)) return false;
  if (isMeasured.test(sentence) || isMeasure.test(sentence) || isOpen.test(sentence)) return false;
  return !hasMechanism.test(sentence) || hasIntent.test(sentence);
}

function isSaidOfModel(sentence: string): boolean {
  return (
    pretends(sentence) ||
    subjectRules.some((rule) => rule.test(sentence)) ||
    nominalRules.some((rule) => rule.test(sentence)) ||
    isReproachOfModel(sentence) ||
    bareName.test(sentence) ||
    bareGerund.test(sentence) ||
    bareFault.test(sentence) ||
    (bareEnd.test(sentence) && sentence.length < 60)
  );
}

/** Without one of these no rule finds anything. */
const anyModel =
  / MODEL |machine |machines |algorithm|computer |inference |answers? |outputs? |system |ki-|halluc|halluz|alucin|determinis|confabul|made[- ]up|made |fabricat|invent|random|stochas|probabilis|inherent|sycophan|drift|snapshot|checkpoint|tune |release|version|weights|lied |panicked|rogue|confused|freaked|its mind|misbehaved|nerfed|modell|model |ai |llm /;

/** What is said of a model by a form of “to be” without saying anything of its mind or its worth. */
const plainStates = new RegExp(
  re`^(?:a|an|the|in|on|at|off|of|for|from|by|with|under|over|out|down|up|back|live|idle
      |offline|online|available|unavailable|reachable|unreachable|unaffected|unchanged|same
      |identical|equal|proximate|contributing|undeterminable|unexamined|fine|healthy|ready
      |correct|right|new|newer|older|old|slow|slower|faster|fast|busy|full|empty|still|not|no
      |now|only|also|then|both|never|already|again|about|between|within|near|below|above
      |behind|what|where|how|why|when|part|one|two|three|our|its|their|this|that|these
      |read-only|able|unable|free|open|closed|true|false|more|less|most|longer|shorter|stable
      |steady|consistent|deterministic|silent|verbose|default|secondary|primary|external
      |internal|hosted|self-hosted|too|so|as|to|likely|possible|plausible|involved|last|first
      |next|late|due|MODEL|NAME|QUOTE|run|sent|built|kept|held|shown|known|given|fed|put|set
      |cut|read|hit|told|asked|seen|found|left|lost|met|taken|chosen|driven|written|bound
      |split|worth|subject|responsible|such|similar|different|specific|behind|there|here|it|we
      |US|USER|PERSON|OWNER|exempt|absent|present|missing|visible|invisible|exposed|around
      |along|inside|outside|well|even|much|all|just|simply|really|very|quite|rather|often
      |always|sometimes|probably|clearly|apparently|currently)$`,
);

const models: ReadonlySet<string> = new Set(["MODEL"]);

/** A verb that no observation needs, or an adjective of mind or worth, right after the model. */
function pretends(sentence: string): boolean {
  return deedsOf(sentence, models).some(({ word, kind }) => {
    if (kind === "did") return isPretending(word);
    if (kind === "did_not") return isMindless(word);
    return !plainStates.test(word) && !isPast(word) && !/(?:ing|en|ly|\d)$/.test(word);
  });
}

const subjectRules: readonly RegExp[] = [
  pattern(
    `(?:is|was|'s|:) (?:(?:just|a|an|the|pure|another) ){0,2}(?:fabrication|invention|lie|figment|fantasy|fiction) (?:of|by|from) (?:[^ ]+ ){0,3}?MODEL`,
  ),
  pattern(`MODEL(?! 's) ${link}${chain}${adverb}${mindVerbs}`),
  pattern(re`
      MODEL ${link}${chain}${adverb}${copula} ${degree}${traits}(?! (?:id|version|alias|pool
      |in region|than))`),
  pattern(`(?:MODEL|modells|modelle|ki-modell) (?:[^ ,;$]+ ){0,2}?${foreign}`),
  pattern(re`
      (?:ursache|fazit|grund|schuld|fehler|cause|causa|raison|conclusion|conclusión) (?:: |ist |war |est |es |= )(?:(?:eine
      |die|das|une|un|una|la|der|le|el|l) )?(?:halluzination(?:en)?|ki-halluzination
      |hallucination|alucinación|alucinaciones|MODEL (?=\$|, )|modellfehler|modelldrift)`),
  pattern(re`
      (?:it|this|that|which) (?:also |just |then |simply )?(?:hallucinated|confabulated
      |fabricated|made (?:it|this|that|things|stuff|something) up|lied|panicked|went rogue
      |got confused|freaked out|lost its mind|misbehaved)`),
  pattern(re`
      (?:hallucinat(?:ed|ing|ion|ions)|made-up|fabricated|invented
      |confabulated) (?:[^ ]+ )?(?:answer|answers|policy|policies|rule|citation|citations
      |response|responses|output|outputs|content|source|sources|facts?|numbers?|refund
      |discount|price|fee|link|links|url|case|law|name|names|tool call)`),
  pattern(re`
      (?:was|were|is|are|been|being|got) (?:just |simply |clearly |all |probably |purely |entirely |completely )?(?:hallucinated
      |hallucinating|hallucination|hallucinations|confabulated|made up by MODEL
      |fabricated by MODEL|invented by MODEL|a hallucination|an hallucination)`),
  pattern(re`
      (?:snapshot|checkpoint|fine-tune|finetune|release|version|weights
      |MODEL) ${copula} ${degree}${insults}`),
  pattern(`MODEL (?:[^$]{0,80} )?${resignation}|${resignation} (?:[^$]{0,80} )?MODEL`),
  pattern(re`
      MODEL 's (?:[^ ,;]+ )?(?:bad |poor |wrong |own |flawed |lack of |weak )?(?:reasoning
      |judge?ment|creativity|imagination|intelligence|attitude|understanding|logic|mind|mood
      |stupidity|personality|instincts?|desire|eagerness|ignorance) (?:[^$]{0,60} )?(?:caused
      |causes|led|is why|was|is|broke|made|let|resulted)`),
  pattern(re`
      (?:is|'s|just|known|typical|general|common|inherent|:|to) (?:(?:a|an|the|just|simply
      |known|typical|general|common|inherent|well-known|fundamental|normal|another|some|usual
      |old) ){0,4}(?:weakness|weaknesses|limitations?|flaws?|shortcomings?|property|problem
      |problems|characteristics?|feature|quirks?|curse|traits?|habit|tendency|failing|nature
      |behaviou?r|issue) (?:of|with|in|for) (?:[^ ,;]+ ){0,3}?MODEL(?= (?:\$|, |; |and |itself ))`),
  pattern(re`
      (?:must be|must have been|has to be|gotta be|can only be|could only be|surely|so it is
      |so) (?:just |simply )?(?:the |an |our |some )?MODEL (?=\$|, |; |again |itself |then )`),
  pattern(re`
      MODEL [^$]{0,80} because (?:it|they|THEY) (?:just |simply )?(?:${copula} ${degree}(?:${traits}
      |being|[a-z]+ly)|${mindVerbs})`),
  pattern(re`
      MODEL (?:is|was|are|were) (?:just |simply |basically |really )?(?:a|an) (?!fine-tune
      |finetune|snapshot|alias|version|copy|fork|fallback|candidate|hosted|distilled|smaller
      |larger|newer|different|new|quantized|replacement|preview|factor|contributing|proximate
      |vendor|third|separate|single|older|suspect|service|wrapper)`),
  pattern(re`
      MODEL [^$]{0,80} (?:it|they|THEY) (?:do|does|can|did) not (?:really )?(?:know|understand
      |think|reason|care|listen)`),
  pattern("blam(?:e|ed|ing) (?:[^ $]+ ){0,5}?MODEL"),
  pattern("MODEL (?:war|ist) (?:'s|es|schuld)"),
  pattern("(?:ki|modell|llm)-?(?:fehler|problem|halluzination|versagen)"),
  pattern(
    "MODEL (?:being|be|is|are|will be|doing|will) (?:just |simply )?(?:MODEL|itself|themselves)",
  ),
  pattern(
    "MODEL (?:for you|things(?= \\$)|magic|moment)|(?:joys?|wonders?|world|magic|curse) of (?:[^ ]+ ){0,2}?MODEL",
  ),
  pattern(
    "(?:expect|expects|expected) (?:anything |more |else |better |no better )?(?:from|of) (?:[^ ]+ ){0,2}?MODEL",
  ),
  pattern(re`
      (?:answers?|repl(?:y|ies)|responses?|outputs?|numbers?|polic(?:y|ies)|citations?|it|this|that|quotes?|facts?|rules?|results?) (?:is|was|were|are) (?:(?:just|simply|pure|purely|mere|merely|complete|completely
      |total|totally|sheer|all|a|an|entirely) ){0,3}(?:invention|inventions|fiction|fictions|fantasy|fabrications?|figment|lies?
      |made[- ]up|fictitious|confabulated|nonsense|gibberish) (?=\$|, |; |by |of |from |and )`),
  pattern("(?:how|what) (?:these |all )?MODEL (?:are|is|do|does|work|works|behave)"),
  pattern(re`
      (?:inherent|intrinsic|natural|normal|common|typical|expected) (?:in|to|for|of|with
      |behaviou?r of) (?:[^ ]+ ){0,2}?MODEL`),
  pattern(
    `${mindNouns} (?:of|in|inside) (?:[^ ,;]+ ){0,3}?MODEL|MODEL 's (?:[^ ,;]+ )?${mindNouns}`,
  ),
  pattern(re`
      MODEL (?:just|simply|somehow|plainly|merely|suddenly) (?:failed|broke|died|stopped|quit
      |collapsed|refused|is what|could not|does not work|did not work)(?= (?:\$|, |; |and |it |to |again |here |us ))`),
  pattern(
    "MODEL (?:has |have |had )?(?:degraded|worsened|deteriorated|regressed|drifted|declined) (?:over time |somehow |again )?(?=\\$|, (?:nothing|that|end|period|full|no|so)|and (?:that|nothing))",
  ),
  pattern("(?:ki-)?halluzination(?:en)? (?=\\$|, |; |– )"),
  pattern("what (?:you|we|one) (?:get|gets|got|expect) (?:from|with|for|of) (?:[^ ]+ ){0,3}?MODEL"),
  pattern(re`
      ${label} (?::|=|–) (?:the |an |a |our )?(?:unpredictable|unreliable|bad|weak|stupid|dumb|flaky|buggy
      |faulty|poor|immature|random|crazy|lazy|confused|rogue|hallucinating|broken|untrustworthy|useless|overconfident) MODEL (?=\$|, |; )`),
  pattern(
    "(?:inference|decoding|sampling|generation|outputs?|answers?|replies|text generation) (?:is|are|was|were) (?:just |simply |always |inherently |by nature )?(?:random|non-?deterministic|a lottery|unpredictable|a gamble|luck|stochastic|probabilistic)(?= (?:\\$|, |; |and |by ))",
  ),
  pattern(re`
      (?:machine|machines|algorithm|algorithms|system|computer|thing) (?:just |simply |clearly |apparently )?(?:hallucinat\p{L}+|lied|panicked|went rogue|freaked out|got it (?:all )?wrong|made (?:it|that|this|things) up|got confused
      |was confused|misunderstood|guessed|lost its|has a mind|wanted to)`),
  pattern("MODEL 's own (?:decision|choice|idea|will|doing|reasons|initiative)"),
  pattern(
    "MODEL (?:is|was|has been|had been|got|were) (?:[a-z]+ly )?(?:nerfed|dumbed down|lobotomi[sz]ed|watered down|crippled|neutered|brainwashed|ruined)",
  ),
  pattern(
    "hallucinations? (?:just |simply |will |can |do |always )*(?:happens?|occurs?|are (?:normal|part|unavoidable|common|a fact)|is (?:normal|part|unavoidable|common|a fact)|come with|comes with)",
  ),
  pattern("MODEL (?:gonna|is going to|are going to|is gonna) (?:MODEL|do )"),
  pattern(re`
      MODEL 's (?:own )?(?:fault|mistake|error|hallucinations?|lie|lies|doing|stupidity
      |laziness|nature|confusion|imagination|randomness|bad day|incompetence|mood|whim
      |decision to|choice to|failure|temper|ego|behaviou?r is)`),
  pattern(re`
      (?:provider|vendor) (?:[^ ]+ ){0,2}?(?:nerfed|lobotomi[sz]ed|dumbed down|ruined
      |broke) (?:[^ ]+ ){0,2}?MODEL`),
  pattern(re`
      (?:it|this|that|the (?:problem|cause|culprit|fault|failure|issue|reason|root cause)
      |fault|blame|problem) (?:is|was|'s|must be|must have been|is just|was just|has to be
      |had to be|lies|lay|can only be|could only be|sits|is simply|was simply
      |was all) (?:with |in |on )?(?:[^ ,;]+ ){0,3}?MODEL (?=\$|, |; |– |again |acting |being |itself |and )`),
  pattern(`(?:only )?MODEL (?:remains|is left|is the only|itself is the)`),
];

const nominalRules: readonly RegExp[] = [
  pattern(re`
      ${label} (?:(?:of|is|was|by|that|:|=|–|a|an|the|our|this|pure|simple|just|simply|plain
      |classic|typical|some|with|in|its|it|to|mere|likely|probably|incident|outage|failure
      |failures|problem|these|error|errors|wrong|answer|answers|issue|llm|MODEL|'s|model|ai
      |being|inherent|known|usual|more|very) ){0,6}?(?:${symptoms}(?: MODEL)?
      |MODEL (?:'s )?${nouns})(?! (?:rate|score|share|count|metric|eval|benchmark|detector
      |check|test|alert|threshold|guard|filter))`),
  pattern(re`
      ${label} (?:(?:of|for|behind) (?:[^ ,;:]+ ){1,4}?)?(?::|is|was|=|–|,|that) (?:(?:a|an|the|our|this|just|simply|with|in|bad|lies
      |probably|clearly) ){0,3}MODEL (?=\$|, |; |– |again )`),
  pattern(re`
      (?:conclude|concluded|root cause|cause|conclusion|verdict|explanation|diagnosis|finding|resolution
      |reason)(?: [^ ]+)? (?::|=|is that|was that|that|–) (?:(?:the|our|an|a|it
      |that) ){0,2}MODEL(?! (?:is|was|were|are|has been|had been) (?:proximate|contributing
      |implicated|cleared|undeterminable|ruled|upgraded|updated|replaced|swapped|changed
      |switched|retired|rolled|quantized|routed|pinned|called|served
      |deprecated)) (?:(?:\p{L}+ly|just|simply|had|has|again|then) ){0,2}(?:\p{L}+ed|gave
      |wrote|said|made|got|was|is|has|went|did|does|can|told|chose|thought
      |knew)(?! (?:from [^ ]+ to |\d))`),
  pattern(re`
      (?:root cause|cause|conclusion|verdict|explanation|diagnosis|finding|resolution|reason
      |attribute|attributed|due|classified)(?: [^ ]+){0,3}? (?::|=|is|was|–|to
      |as) (?:[^ ,;]+ ){0,2}?(?:MODEL |model |llm |ai )?(?:behaviou?r|nature|quirks?|limits?
      |limitations?|randomness|stupidity|errors?|mistakes?|weakness|weaknesses|failure
      |unpredictability|reasoning|creativity|whims?)(?: (?:of|in|by
      |inside)) (?:[^ ,;]+ ){0,2}?MODEL|(?:attribute|attributed|due|ascribe|ascribed
      |blame) (?:[^ ]+ ){0,3}?(?:to|on) (?:the )?MODEL ${nouns}(?= (?:\$|, |; |and ))`),
  pattern(re`
      (?:due to|because of|caused by|attributed to|attributable to|blamed on|blame|blaming
      |result of|down to|owing to|fault of|lies with|fault lies with|blame lies with
      |blame on) (?:(?:a|an|the|our|this|just|bad|weird|dumb|provider|provider's|'s
      |vendor) ){0,3}MODEL (?=\$|, |; |– |and |itself |being |acting |here |for |again )`),
  pattern(`MODEL (?:'s )?(?:just |simply )?${nouns} (?:[^$]{0,60} )?${closers}`),
  pattern(`${symptoms} (?:[^$]{0,60} )?${closers}`),
  pattern(re`
      (?:'s|is|was|be|as|:) (?:(?:just|simply|probably|clearly|a|an|the|another|pure|plain
      |only|obviously|all|more) ){0,3}(?:(?:MODEL|model|ai|llm) ${nouns}|${symptoms}(?: (?:problem|problems|issue|issues|thing|case))?)(?= (?:\$
      |, |; |and |again |– |so |on |by |of |from |, ))`),
  pattern(`(?:MODEL|classic|typical|pure) (?:made a |error|mistake)(?= \\$)`),
  pattern(`${symptoms} (?:by|of|from|in) (?:[^ ]+ ){0,2}?MODEL(?! (?:rose|fell|went|dropped))`),
  pattern(`${symptoms} (?:caused|explains|explain|is the|are the|was the|were the|led to)`),
];
/** A whole note that is no more than the symptom's name. */
const bareName = new RegExp(
  re`
      ^ (?:(?:just|another|a|an|it|is|was|'s|probably|the|clearly|obviously|classic|typical
      |plain|pure|llm|MODEL|ai|again|some|well|ok|yeah|lol|simple|more) ){0,5}(?:${symptoms}
      |MODEL (?:'s )?${nouns})(?: (?:again|, [^$]{0,60}|– [^$]{0,60}|; [^$]{0,60}|by MODEL
      |, [^$]{0,40}|lol|!|imo))* [!]? ?\$`,
);
/** “A glitch in the model.” */
const bareFault = new RegExp(
  `^ (?:[^ ]+ ){0,3}?${nouns} (?:in|of|with|by|inside|from) (?:[^ ]+ ){0,3}?MODEL (?:itself |again )?[!]? ?\\$`,
);
const bareGerund = new RegExp(
  re` (?:MODEL) (?:just |simply )?(?:behaving|acting|being|hallucinating|making|lying
    |misbehaving|inventing|going) `,
);
const bareEnd = new RegExp(`(?:MODEL|model|ai|llm) (?:${nouns}) [!]? ?\\$`);
