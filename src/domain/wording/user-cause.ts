import { pattern, re } from "./patterns.ts";
import { link } from "./person-words.ts";

/** R12: whether a sentence, in the form that `readable` gives, makes those who use the product the cause. */
export function isUserCause(sentence: string): boolean {
  return sentence.includes(" USER ") && userRules.some((rule) => rule.test(sentence));
}

/** Who uses the product: named by what happened to them everywhere, a fault only as the one who did it. */
const userRules: readonly RegExp[] = [
  pattern(re`
      USER ${link}(?:ignored|overlooked|bypassed|(?:is|are|were|was|keep) (?:misusing|abusing)|misread|mistyped|misused|held it wrong
      |jailbroke|sabotaged|is responsible|are responsible|was responsible|were responsible
      |lied|cheated|gamed|deceived|manipulated|misled|confused|overloaded|spammed|insisted|meddled|tampered
      |screwed|messed|forgot|neglected|mishandled|pushed too|played (?:with|around)|gave (?:it |us |the MODEL )?(?:the |a )?(?:wrong|bad|false|nonsense)
      |caused|abused|misused|broke|provoked|is to blame|are to blame|were to blame
      |was to blame|is at fault|are at fault|should (?:not |never )?have|should not
      |ought to have|did not (?:read|follow|bother)|fooled|tricked (?:[^ ]+ ){0,2}MODEL
      |asked the wrong|asked (?:bad|stupid|confusing|unclear)|wrote (?:bad|stupid|confusing
      |unclear)|used (?:it|the [^ ]+) wrong(?:ly)?|(?:is|are|was|were) (?:too )?(?:stupid
      |careless|dumb|reckless|lazy|naive|confusing))`),
  pattern(re`
      (?:caused by|fault of|blame (?:on |lies with |goes to )?
      |because of) (?:[^ ,;]+ ){0,3}?USER (?=\$|who |'s |and |writing |asking |typing |, )`),
  pattern(`USER [^;$]{0,100} on them`),
  pattern(re`
      if (?:only )?(?:[^ ,;]+ ){0,3}?USER (?:had not|had (?:read|asked|followed|typed|used
      |checked|listened|been more))`),
];
