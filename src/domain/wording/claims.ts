import { re } from "./patterns.ts";

/**
 * The sentence without what it only tells of: what others reported, quoted claims, refused hypotheses
 * (B13.10). Takes and gives the form of `readable`.
 */
export function withoutOthersClaims(sentence: string): string {
  let rest = sentence;
  for (const form of reported) rest = rest.replace(form, " QUOTE $ ");
  if (!isToldOnly(rest)) return rest;
  const clauses = rest.split(clauseEnd).filter((clause) => !isToldOnly(` ${clause} `));
  return ` ${clauses.join(" ; ")} $ `.replaceAll(/ {2,}/g, " ").replace(/(?: \$)+ $/, " $ ");
}

/** Where a clause ends and the writer may go on to claim something: “…, so the model did it”. */
const clauseEnd = new RegExp(
  re`(?<= )(?:; |, so |so (?=it |the |this |that |MODEL )|therefore |hence |thus |, but |but |which leaves
    |leaving |– |and so |, and (?=MODEL |it |therefore |so ))`,
);

function isToldOnly(clause: string): boolean {
  return toldClaims.some((form) => form.test(clause));
}

/** Not held to be true. */
const refused = re`(?:refused|rejected|dropped|discarded|withdrawn|ruled out|disproved|disproven|removed
  |cleared|refuted|struck|retracted|not supported|not tested|untested|unproven|unsupported|not true
  |no longer held|did not hold|does not hold|no longer holds|fell|turned out wrong|turned out false
  |was wrong|kept as weak evidence|is weak evidence|as weak evidence)`;
const assumption = re`(?:hypothesis|hypotheses|claim|claims|theory|idea|suspicion|guess|verdict|conclusion
  |statement|account|recollection|explanation|assumption|wording|phrase|sentence|hypothese|these
  |behauptung|first thought)`;

/** Clauses that tell of a claim without making it, or say that something was not the cause. */
const toldClaims: readonly RegExp[] = [
  new RegExp(` ${assumption} (?:[^ ]+ ){0,25}?${refused} `),
  new RegExp(` ${refused} (?:[^ ]+ ){0,4}?${assumption} `),
  / (?:refused|rejected|dropped|disproved|withdrew|ruled out) (?:[^ ]+ ){0,2}?(?:that|as a cause|as the cause) | (?:refused|rejected|ruled out) (?:as (?:a |the )?cause |by [^ ]+ )?: /,
  / (?:ruled out|not confirmed|is refused|was refused) (?:as|:|by|at|because|with|\$|,|;|\()/,
  / (?:no|without|not enough|zero|lacks|little|any) (?:evidence|proof|signs?|indication|reason|support) (?:[^ ]+ )?(?:of|for|that|to|in) /,
  / nothing (?:points|supports|shows|suggests|indicates|speaks) /,
  / (?:weak evidence|own account|self-report|kept as evidence|verworfen|ausgeschlossen|widerlegt) /,
  new RegExp(
    re` (?:is|was|are|were|does|do|did) not (?:the |a |an |due to |caused by |because of |about |to |blame
      |name )?(?:[^ ]+ )?(?:cause|human error|fault|blame|hallucinations?|MODEL error|MODEL issue
      |user error|operator error|to blame) `,
  ),
  / not (?:caused by|due to|because of|a|an|the result of) (?:[^ ]+ )?(?:NAME|PERSON|OWNER|USER|MODEL|human|hallucination|operator|user) /,
];

/** Everything after “a user wrote that”, “ticket 12 says”, “verbatim:” is somebody else's. */
const reported: readonly RegExp[] = [
  new RegExp(
    re` (?:USER|reports?|tickets?|complaints?|posts?|tweets?|threads?|press|articles?|screenshots?
      |transcripts?|survey|email|mail|reviews?|message|headlines?|journalists?|forum)
      (?: [^ ;]+){0,5}? (?:wrote|writes?|says?|said|saying|states?|stated|reads?(?= (?::|QUOTE))
      |reports?|reported|claims?|claimed|complain(?:s|ed|ing)|told|asks?(?= (?:whether|if|why|how|for|:|QUOTE))
      |asked(?= (?:whether|if|why|how|for|:|QUOTE|us))|mentions?|mentioned|describes?|described|thinks?
      |thought|believes?|believed|felt|feels?|tweeted|posted|alleges?|alleged|insists? that|insisted that|meldete
      |meldet|schrieb|schreibt|sagt|sagte|berichtete|berichtet)
      (?: (?:us|it|them|OWNER|PERSON|support|in|to|on|the|chat|ticket|a|as|[\d#-]+)){0,4}? (?:that|:|,|how|of|dass|MODEL|PERSON|NAME|it|our|the|QUOTE) .*`,
  ),
  / (?:verbatim|in the words of|quote|quoted|quoting|reported as|according to|zitat) .*/,
  / (?:report|ticket|complaint|case) [\d#-]+ (?:[^ ]+ ){0,3}?(?::|,|says) .*/,
  / (?:reports|complaints|claims|allegations|posts|tickets) (?:by (?:USER|the press) )?(?:that|about|of|saying) .*/,
];
