import { pattern, re } from "./patterns.ts";
import { link } from "./person-words.ts";

const few = "(?:[^ ,;$]+ ){0,8}?";

/** German, French and Spanish, in the forms that notes are written in. */
const rules: readonly RegExp[] = [
  pattern(re`
      menschliches versagen|menschlicher fehler|bedienfehler|bedienungsfehler|anwenderfehler
      |benutzerfehler|fahrlässig(?:keit)?|nachlässig(?:keit)?|unachtsam(?:keit)?|schlamperei
      |schlampig|leichtsinn|leichtsinnig|unfähig(?:keit)?|flüchtigkeitsfehler`),
  pattern(re`
      (?:NAME|PERSON|OWNER|US|USER) (?:[^ ,;$]+ ){0,4}?(?:hat|haben|hatte|hatten
      |habe) ${few}(?:vergessen|übersehen|verpasst|ignoriert|versäumt|verschlafen|verbockt
      |vermasselt|versaut|falsch\p{L}*|versehentlich|aus versehen|kaputt|kaputtgemacht
      |gelöscht|überschrieben|umgangen|nicht (?:geprüft|getestet|gelesen|bemerkt|beachtet
      |gemeldet|aufgepasst|informiert|verstanden|gewusst)|nicht auf|einfach|ohne)`),
  pattern(
    `(?:PERSON|nobody PERSON|niemand|keiner) (?:im|in|aus|vom) [^$]{0,60} (?:hat|hatte) [^$]{0,60} (?:ge\\p{L}+|aus\\p{L}+|be\\p{L}+|ver\\p{L}+) (?=\\$)`,
  ),
  pattern(re`
      (?:NAME|PERSON|OWNER|USER) (?:[^ ,;$]+ ){0,3}?(?:war|waren|ist|sind) (?:einfach |zu |wohl |nicht )?(?:schuld
      |müde|unaufmerksam|überfordert|faul|verantwortlich für den|unvorsichtig|abgelenkt
      |sorgfältig|betrunken)`),
  pattern(re`
      (?:NAME|PERSON|OWNER|US) (?:[^ ,;$]+ ){0,3}?hätten? ${few}(?:müssen|sollen|können
      |merken)`),
  pattern(re`
      hätten? (?:[^ ,;$]+ ){0,3}?(?:NAME|PERSON|OWNER) ${few}(?:gelesen|geprüft|getestet
      |bemerkt|gewartet|gefragt|gehalten)`),
  pattern(re`
      (?:fehler|problem|ursache|schuld) (?:lag|liegt|war|ist) (?:bei|beim
      |an) (?:[^ ,;$]+ ){0,2}?(?:NAME|PERSON)`),
  pattern(re`
      (?:schuld(?:ig)? (?:war|ist|hat|hatte|haben|waren|sind|daran)|verursacht durch|wegen
      |aufgrund) (?:[^ ,;$]+ ){0,4}?(?:NAME|PERSON|OWNER)|schuld (?:[^ ,;$]+ ){1,4}?USER`),
  pattern(re`
      (?:wurde|wurden) (?:[^ ,;$]+ ){0,3}?(?:von|durch) (?:[^ ,;$]+ ){0,3}?(?:NAME
      |PERSON) (?:[^ ,;$]+ ){0,4}?(?:falsch\p{L}*|versehentlich|gelöscht|geändert
      |überschrieben|kaputt|umgestellt|deaktiviert|abgeschaltet)`),
  pattern(`(?:vergaß|übersah|ignorierte|versäumte|löschte|verpasste|verwechselte) (?=[^$]*\\$)`),
  pattern(re`
      erreur humaine|erreurs humaines|faute humaine|négligence|négligent|étourderie
      |error humano|fallo humano|negligencia|negligente|descuido|despiste`),
  pattern(re`
      (?:NAME|PERSON|OWNER|US) (?:[^ ,;$]+ ){0,4}?(?:a|ont|n a|n ont|avait) (?:encore |pas |jamais )?(?:oublié
      |cassé|supprimé|effacé|ignoré|négligé|raté|mal|pas (?:vérifié|testé|lu|prévenu|regardé)
      |vérifié|déployé (?:[^ ]+ ){0,3}?(?:mauvais\p{L}*|sans)|fait une erreur)`),
  pattern(`(?:NAME|PERSON|OWNER) (?:[^ ,;$]+ ){0,4}?(?:aurait|auraient) dû`),
  pattern(re`
      (?:(?:c est|est) la faute|à cause|par la faute) (?:[^ ,;$]+ ){0,3}?(?:NAME|PERSON|OWNER)`),
  pattern(re`
      (?:NAME|PERSON|OWNER) (?:[^ ,;$]+ ){0,4}?(?:olvidó|olvidaron|rompió|rompieron|borró
      |borraron|ignoró|ignoraron|se equivocó|no (?:revisó|probó|leyó|comprobó|avisó|verificó)
      |debería haber|debió|tendría que haber|desplegó (?:[^ ]+ ){0,3}?(?:equivocad\p{L}+|mal
      |sin)|cambió (?:[^ ]+ ){0,4}?sin)`),
  pattern(re`
      (?:culpa|por culpa|error|fallo) (?:de|del|de la) (?:[^ ,;$]+ ){0,2}?(?:NAME|PERSON
      |OWNER)`),
];

/** The same as `isPersonCause`, for sentences that are not English. */
export function isForeignPersonCause(sentence: string): boolean {
  return foreign.test(sentence) && rules.some((rule) => rule.test(sentence));
}

/** A letter or a small word that English does not have. */
const foreign =
  /[à-ÿ]| (?:der|das|dem|den|hat|haben|habe|hatte|wurde|wurden|ist|sind|wegen|schuld|le|les|el|los|une|del|pas|por|error humano|fallo humano|erreur|faute|negligencia|descuido|despiste|menschlicher|menschliches|versagen|bedienfehler|bedienungsfehler|anwenderfehler|benutzerfehler|schlamperei|schlampig|leichtsinn) /;

/** R12: whether a sentence, in the form that `readable` gives, makes those who use the product the cause. */
export function isUserCause(sentence: string): boolean {
  return sentence.includes(" USER ") && userRules.some((rule) => rule.test(sentence));
}

/** Who uses the product: named by what happened to them everywhere, a fault only as the one who did it. */
const userRules: readonly RegExp[] = [
  pattern(re`
      USER ${link}(?:mis[a-z]{3,}(?:ed|t|d)|ignored|overlooked|bypassed|(?:is|are|were|was|keep) (?:misusing|abusing)|misread|mistyped|misused|held it wrong
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
