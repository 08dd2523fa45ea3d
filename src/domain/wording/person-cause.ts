import {
  record,
  response,
  mild,
  conditionClause,
  isAccount,
  plainStates,
  isAnswer,
} from "./excuses.ts";
import { becauseOf, possessed, ironicThanks, work, cause } from "./because-of.ts";
import { deedsOf } from "./deeds.ts";
import { pattern, re } from "./patterns.ts";
import { isForeignPersonCause, isUserCause } from "./person-cause-other.ts";
import {
  actor,
  somebody,
  link,
  chain,
  adverb,
  moral,
  moralPerson,
  reproaches,
  duties,
  traits,
  acts,
  markers,
  consequence,
  edits,
  live,
} from "./person-words.ts";
import { isBlaming, isChange, isNeglect } from "./verbs.ts";

/** R12: whether a sentence, in the form that `readable` gives, makes a person, a role, a team or the users the cause. */
export function isPersonCause(whole: string): boolean {
  const sentence = whole.replace(record, " noted");
  const isReproach = (reproach.test(sentence) || silly.test(sentence)) && !isOfModelOnly(sentence);
  if (isReproach || isForeignPersonCause(sentence) || because.test(sentence)) return true;
  if (companies.test(sentence)) return true;
  if (!anybody.test(sentence)) return false;
  if (isUserCause(sentence)) return true;
  if (!isSaidOfSomebody(sentence)) return false;
  return !(mild.test(sentence) && hasCondition(sentence));
}

function isSaidOfSomebody(sentence: string): boolean {
  return (
    blames(sentence) ||
    wordingRules.some((rule) => rule.test(sentence)) ||
    harms.test(sentence) ||
    (works.test(sentence) && causes.test(sentence)) ||
    (!response.test(sentence) && changeRules.some((rule) => rule.test(sentence)))
  );
}

const anybody = / (?:NAME|PERSON|OWNER|US|USER|THEY) /;

function blames(sentence: string): boolean {
  const isTold = isAccount.test(sentence);
  for (const { word, kind, isNobody } of deedsOf(sentence, blamable)) {
    if (kind === "did") {
      if (isBlaming(word) || (isChange(word) && !isTold)) return true;
      if (isNobody && !isAnswer.test(word) && !conditionClause.test(sentence)) return true;
    }
    if (kind === "did_not" && isNeglect(word)) return true;
    if (kind === "was" && !plainStates.test(word) && !/(?:ed|ing|wn|en|ly|\d)$/.test(word))
      return true;
  }
  for (const [, verb] of sentence.matchAll(passives)) {
    if (verb !== undefined && (isBlaming(verb) || (isChange(verb) && !isTold))) return true;
  }
  return false;
}

const blamable: ReadonlySet<string> = new Set(["NAME", "PERSON"]);

function hasCondition(sentence: string): boolean {
  return !sentence.includes(" NAME ") && conditionClause.test(sentence) && !reproach.test(sentence);
}

/** Whether a reproach, as it is said of people, is said of a model here: “the agent was overzealous”. */
export function isReproachOfModel(sentence: string): boolean {
  return isOfModelOnly(sentence) && (reproach.test(sentence) || silly.test(sentence));
}

function isOfModelOnly(sentence: string): boolean {
  return (
    / MODEL /.test(sentence) &&
    !/ (?:NAME|PERSON|OWNER|US|USER|THEY|human|operator) /.test(sentence)
  );
}

/** A reproach for whoever did it, a model aside. */
const silly = pattern(re`
    (?:stupid|dumb|silly|rookie|beginner's|beginner|amateur|schoolboy) (?:mistakes?|errors?
    |thing to do|move)`);

const reproach = pattern(moral);

/** A company or an unnamed one as the cause: no actor word stands in these. */
const companies = pattern(re`
    (?:vendor|provider|supplier|company|agency|legal|finance|support|management|security|ops
    |headquarters) (?:just |simply |again |also |then )?(?:forgot|neglected|botched|screwed|messed
    |bungled|lied|rushed|insisted on|ignored (?:our|the|all|every|two|three)|did not (?:bother|care
    |tell|warn|think|inform|listen)|was (?:careless|sloppy|lazy|negligent|asleep)|could not be bothered
    |should have|could have (?:told|warned|prevented|tested)|never (?:told|warned|bothered|tested))
    |(?:the|a|an|our|another|this) (?:[^ ,;]+ )?[a-z]{3,}(?:er|or|ist|ian|ee) (?:forgot|neglected|hesitated|dithered|insisted|misjudged
    |lied|panicked|slept|daydreamed|bothered|fell asleep)
    |who (?:forgot|neglected|broke|botched|screwed|messed|overlooked|failed to) [^$?]{0,80} [?]`);

const passives = new RegExp(
  re` (?:was|were|been|is|are
      |got) (?:[a-z]+ly )?([a-z][a-z-]*) (?:[^ ,;]+ ){0,3}?by (?:(?!that |which |because )[^ ,;]+ ){0,3}?(?:NAME
      |PERSON)(?= )(?! 's (?:prompt|script|job))`,
  "gu",
);

const wordingRules: readonly RegExp[] = [
  pattern(re`
      ${somebody} ${link}(?:had |has |have )?(?:accidentally|mistakenly|inadvertently|unintentionally
      |recklessly|thoughtlessly|foolishly|wrongly|erroneously|blindly) \p{L}+`),
  pattern(re`
      (?:NAME|PERSON) ${link}(?:ordered|told|forced|made|pushed|wanted|decided|chose|urged
      |pressed|instructed) (?:[^ ,;]+ ){0,4}?(?:to )?(?:skip|ignore|bypass|rush|circumvent|cut
      |hide|ship without|go live without|launch without|release without)`),
  pattern(re`
      (?:because|since) (?:the |our )?(?:[^ ,;]+ )?(?:NAME|PERSON) (?:was|were|is|felt|wanted
      |thought) (?!(?:not )?(?:\p{L}+ed|shown|told|given|sent|able|unable) )`),
  pattern(`${moralPerson} (?:[^ ,;]+ ){0,2}?(?:PERSON|OWNER)(?! (?:handoff|review))`),
  pattern(`${somebody} ${link}${chain}${adverb}(?:${reproaches})`),
  pattern(re`
      US ${adverb}(?:forgot|neglected|overlooked|ignored|missed|botched|screwed|messed
      |broke(?! down)|misconfigured|rushed|cut corners|dropped the ball|blew|misread|misjudged
      |failed to|caused|made (?:a|an|the) (?:[^ ]+ )?(?:mistake|error)|pushed the wrong
      |deployed the wrong|got (?:lazy|sloppy|complacent)|(?:was|were) (?:too )?(?:sloppy
      |careless|lazy|tired|complacent|negligent|slow|distracted|arrogant|overconfident
      |not careful)|did not (?:bother|care|pay|think|listen))`),
  pattern(re`
      ${actor} ${link}${chain}${adverb}(?:should|ought to|could|must|might)(?: not| never
      | really| at least| also| just)? have (?!been|had|a |an |no |the )`),
  pattern(re`
      ${actor} ${link}(?:should|could) have been (?:more )?(?:careful|attentive|diligent
      |watching|checking|paying|faster|quicker|aware|thorough|more)`),
  pattern(re`
      ${actor} ${link}${adverb}would have (?:seen|noticed|caught|prevented|known|avoided
      |stopped|spotted|realised|realized|found|understood|read|checked)`),
  pattern(`${somebody} ${link}${adverb}(?:was|were) (?:supposed|expected|meant) to`),
  pattern(re`
      if (?:only )?(?:[^ ,;]+ ){0,4}?${actor} ${link}${adverb}(?:had|would have|did|was
      |were) (?!a |an |access|no |had|been (?:told|paged|asked|able|notified|given|shown
      |warned))`),
  pattern(`if (?:only )?(?:[^ ,;]+ ){0,4}?${actor} had `),
  new RegExp(re`
      (?:^|[,;:–]) had (?:[^ ,;]+ ){0,4}?${actor} (?:not |only |just )?(?!a |an |access|no |been (?:told
      |paged|asked|able|notified|given))[^ ]+ `),
  pattern(re`
      ${somebody} ${link}${chain}${adverb}(?:did not|had not|has not|have not|never|did never
      |could not be bothered to|didnt|not even|neither|nor) (?:even |really |ever |properly |actually |fully |bother to |think to |care to |once )?${duties}`),
  pattern(re`
      ${somebody} ${link}(?:do not|does not|don't|never) (?:care|bother|pay|listen|respect
      |think|test|follow|read|understand|know (?:how|what|the)|get it|have the skills|take
      |communicate|talk)`),
  pattern(`(?:PERSON|NAME) ${link}(?:bothered|cared|thought) (?:to|about|of)`),
  pattern(re`
      ${somebody} ${link}${chain}(?:was|were|is|are|got|became|gets|been|had been|has been
      |have been|felt|being) (?:[^ ,;]+ and )?${traits}`),
  pattern(re`
      ${somebody} ${link}(?:waited|took|reacted|responded|acted|worked|replied|escalated
      |noticed|called|was|were|came) (?:much |way |far |it )?(?:too |so )(?:late|long|slowly
      |slow|little|fast|quickly|hastily)`),
  pattern(re`
      ${somebody} ${link}(?:lacked|lacks|lack|has no|have no|had no|has little|had little
      |lost) (?:the |any |enough |all |basic |sufficient |their )?(?:discipline|diligence
      |skills?|experience|competence|care|attention|judge?ment|knowledge|expertise|focus|sense
      |rigou?r|clue|idea what|concentration|patience|respect)`),
  pattern(re`
      (?:NAME|PERSON|OWNER|USER) (?:with|of|who (?:has|had|have)) (?:too |very |so |far too )?(?:little|no|not enough
      |insufficient|poor|limited|zero|scant|hardly any|barely any) (?:[^ ,;]+ )?(?:training|experience
      |knowledge|care|sense|skills?|understanding|clue|idea|expertise|patience|discipline
      |interest|talent|attention|judge?ment)`),
  pattern(re`
      ${somebody} ${link}(?:knew|was aware|were aware|had known) (?:[^ ]+ ){0,8}?(?:and|but
      |yet) (?:said|did|still|kept|ignored|chose|told|let|shipped|went|deployed|pushed)`),
  pattern(re`
      (?:NAME|PERSON|THEY|OWNER|USER) ${link}owns? (?:this|the|that) (?:failure|outage|mess
      |incident|one|mistake)`),
  pattern(re`
      ${somebody} ${link}(?:is|are|was|were|bears?|held) (?:the )?(?:solely |directly |personally |ultimately |entirely |fully )?(?:responsible
      |responsibility|accountable|liable) for (?:[^ ]+ ){0,3}?(?:outage|incident|failure
      |failures|refusals|break|breakage|damage|error|errors|leak|bug|this|that|it|wrong|mess
      |loss|delay|problem|fault|regression|mistake|what happened)`),
  pattern(
    `${somebody} ${link}${chain}${adverb}(?:${acts}|(?!counted|reported|corrected|fixed|flagged|noticed|replied|listed|sorted)\\p{L}{2,}ed(?! that)|told|taught|kept|showed|sold|left) (?:(?!that |whether |how |why |which )[^ ;$]+ ){0,7}?${markers}`,
  ),
  pattern(re`
      ${actor} ${link}(?:should|ought to|must|has to|have to|needs? to) (?:really |just |simply |finally |have )?(?:not )?(?:know better|known better|be more careful|pay (?:more )?attention
      |learn to|do better|think (?:before|first|twice)|be ashamed|grow up|be punished)`),
  pattern(re`
      ${somebody} ${link}(?:was|were|is|are|been) (?:too busy |busy |still |again |just |only )*(?:arguing|sleeping|chatting|playing|panicking|guessing
      |ignoring|neglecting|hiding|rushing|bickering|multitasking|texting|gaming|fighting|slacking
      |daydreaming|fiddling|meddling|messing|dragging|cutting|not (?:paying|looking|listening|watching
      |checking)|\p{L}+ing (?:[^ ;$]+ ){0,6}?(?:instead|rather than))`),
  pattern(re`
      (?:failure|outage|error|fault|mistake|idea|decision|mess|problem|bug|blunder|incident|it|this|that) (?:is|was) (?:[^ ,;]+ ){0,3}?(?:NAME
      |PERSON|USER|OWNER) 's(?= (?:\$|, |; |own |alone |and |doing |work |idea |decision |call ))`),
  pattern(
    "(?:without|but for|if not for|were it not for) (?:[^ ,;]+ ){0,3}?(?:NAME|PERSON|OWNER|USER) [^$]{0,80} (?:would|could|might) ",
  ),
  pattern(re`
      (?:NAME|PERSON|OWNER|USER) 's (?:[^ ,;$]+ ){1,6}?(?:is|was|were|are) (?:the |a |one |our |what |why |to |how )+(?:[^ ,;]+ ){0,2}?(?:cause|reason|culprit|problem
      |trigger|blame|origin|broke|failed|happened|started|led|caused|wiped|lost|made|took)`),
  pattern(
    `${somebody} ${link}(?:simply|just|clearly|apparently|obviously) (?:can not|could not|do not|does not|did not|will not|would not) `,
  ),
  pattern(
    "by (?:[^ ,;]+ ){0,3}?(?:NAME|PERSON) and (?:[^ ,;]+ ){1,3}?(?:was|were|is) (?:gone|down|broken|lost|dead|empty|dark|offline)",
  ),
  pattern(re`
      (?:NAME|PERSON) ${link}(?:loves?|likes?|keeps?|tends?|refuses?|insists?) (?:to|on|\p{L}+ing) `),
  pattern(re`
      (?:NAME|PERSON) pressure|pressure (?:by|from) (?:[^ ]+ ){0,2}?(?:NAME|PERSON) (?:made
      |led|caused)|can not (?:really )?trust (?:[^ ]+ ){0,3}?(?:NAME|PERSON|shift|crew)`),
  pattern(re`
      (?:PERSON|NAME|THEY) (?:[^ ;$]+ ){0,5}?(?:\p{L}+ed|wrote|did|built|made|set|ran
      |chose) (?:[^ ;$]+ ){0,4}?(?:sloppily|blindly|recklessly|hastily|thoughtlessly|carelessly|badly|poorly|lazily|half-heartedly
      |wrongly|incorrectly)|NAME (?:never|always) \p{L}+s`),
  pattern(re`
      whoever PERSON (?:[^ ]+ ){0,1}?(?:\p{L}+ed|broke|wrote|ran|did|made|set|built|chose|left
      |thought|put|sent|is responsible|was responsible)`),
  pattern(re`
      PERSON not \p{L}+ing|PERSON (?:problem|problems|issue|issues)(?= (?:\$|, |; |not ))`),
  pattern(possessed),
  pattern(ironicThanks),
  pattern(
    `${somebody} ${link}(?:should|must|needs to|has to) be (?:retrained|fired|disciplined|replaced|sacked|dismissed|punished)`,
  ),
];

/** A change to what runs, by somebody, where it is told as what went wrong; not in an account of the response. */
const changeRules: readonly RegExp[] = [
  pattern(`(?:NAME|PERSON|THEY) (?:[^ ;$]+ ){1,14}?(?:that|which) is why`),
  pattern(re`
      (?:NAME|PERSON|THEY|OWNER|USER) (?:[^ ;$]+ ){1,14}?(?:and |so |, )+(?:(?:so|that|this|which
      |thus|then) )*(?:it |everything |the [^ ,;]+ |thereby )?(?:broke|caused|crashed|failed|took (?:[^ ,;]+ ){1,3}?down
      |brought (?:[^ ,;]+ ){1,3}?down|killed|is why|was why)`),
  pattern(re`
      (?:it|this|that|everything|trouble|problems?|outage|incident|failure|story)(?: all| first)?(?: really)? (?:started
      |starts|began|begins|happened|happens|occurred|went wrong) (?:when|because|after|with
      |as) (?:[^ ,;]+ ){0,3}?(?:NAME|PERSON|THEY|USER)`),
  pattern(`someone PERSON (?:else )?${link}${chain}${adverb}${acts}`),
  pattern(re`
      (?:NAME|PERSON|THEY) ${link}${chain}${adverb}${acts} (?:[^ ;$]+ ){0,9}?${consequence}`),
  pattern(`(?:NAME|PERSON|THEY) ${link}${chain}${adverb}${edits} (?:[^ ,;]+ ){0,4}?${live}`),
  pattern(`(?:because|since) (?:[^ ,;]+ ){0,3}?(?:NAME|PERSON|THEY) ${link}${adverb}${acts}`),
  pattern(re`
      (?:went wrong|broke|failed|started failing|outage|incident)(?: [^ ,;]+){0,3} (?:when
      |after|because|as) (?:[^ ,;]+ ){0,3}?(?:NAME|PERSON|THEY) ${link}${adverb}${acts}`),
  pattern(re`
      (?:changed|edited|modified|altered|tweaked|deleted|dropped|wiped|overwritten|removed
      |misconfigured|rewritten|broken|erased
      |disabled) (?:[^ ,;]+ ){0,3}?by (?:(?!that |which |because )[^ ,;]+ ){0,4}?(?:NAME|PERSON
      |THEY)(?! (?:'s )?(?:prompt|input|script|job))`),
  pattern(re`
      (?:wrong|bad|broken|incorrect|stale|outdated|untested) [^;$]{0,80}? (?:(?:was|were|got
      |been) )?\p{L}+(?:ed|en|un|nt|ot|et|ut) (?:[^ ,;]+ ){0,2}?by (?:[^ ,;]+ ){0,4}?(?:NAME
      |PERSON|OWNER)`),
  pattern(re`
      (?:was|were|got|been) [^ ;$]+ (?:[^ ,;]+ ){0,3}?by (?:[^ ,;]+ ){0,4}?(?:NAME
      |PERSON) (?:[^ ;$]+ ){0,6}?${markers}`),
  pattern(re`
      (?:deploy|change|commit|edit|hotfix|merge|push|release|migration
      |update) (?:[^ ,;]+ ){0,2}?(?:by|of|from) (?:[^ ,;]+ ){0,3}?(?:NAME
      |PERSON) (?:[^ ;$]+ ){0,3}?(?:broke|caused|took|killed|crashed|led|triggered|introduced
      |corrupted|exposed|is why)`),
];

const because = pattern(becauseOf);

const works = pattern(work);

/** Something of somebody's that did harm: “Miguel's script wiped …”. */
const harms = pattern(re`
    (?:NAME|PERSON) 's (?:[^ ,;$]+ ){1,4}?(?:broke|wiped|caused|crashed|killed|corrupted
    |deleted|overwrote|exposed|leaked|ruined|knocked|wrecked|let|cost)`);

const causes = pattern(cause);
