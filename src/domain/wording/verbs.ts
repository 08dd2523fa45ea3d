import { words } from "./patterns.ts";

/** Past forms that do not end in -ed. */
const irregular = words(`
  ate arose awoke became began bent bet bit blew bought bound broke brought built burnt came
  caught chose clung crept cut dealt did dreamt drew drove dug fed fell felt fought found fled
  flew forbade forgot forgave froze gave gone got grew had heard held hid hit hung hurt misheard
  jailbroke kept knew laid lay led left lent let lost lit made meant met misled misread mistook
  outdid overrode overran oversaw overslept overtook overwrote paid pleaded put quit ran rang
  read rewrote rode rose said sang sank sat saw sent set shook shot showed shrank shut slept slid
  slung spat spent spoke sped split spread sprang stole stood stuck struck stung swept swore
  swung taught threw thought told took tore underestimated understood undid upheld upset went
  withdrew woke won wore wound wrote`);

/**
 * What people do in the account of a response, and what happens to them: told of a person or a role
 * these blame nobody. Everything else that a person did is taken for a cause.
 */
const accountVerbs = words(`
  accepted acked acknowledged acted added addressed affected agreed aligned allowed analysed
  analyzed announced answered apologised apologized appeared applied approved arrived asked
  assembled assessed assigned assisted attached attended audited authored authorised authorized
  backed backfilled based became began believed bisected blocked booked brought built called came
  cancelled captured carried caught chaired changed charged checked cherry-picked chose claimed
  clarified cleared closed collected combined commented committed communicated compared compiled
  completed concerned concluded conducted confirmed considered contacted contained continued
  contributed coordinated copied corrected counted covered created cross-checked cut debated
  debugged decided declared declined deployed described designed detected determined diagnosed did
  diffed disabled disagreed discovered discussed dissented documented doubled downgraded
  downloaded drafted drained drew edited employed enabled ended entered escalated estimated
  evaluated examined excluded executed expected experienced explained exported extended extracted
  facilitated favoured felt fetched filed filled filtered finished fixed flagged followed
  forwarded found froze gathered gave got graded granted grouped had halted handed handled heard
  held helped hired hosted identified implemented imported included increased informed initiated
  inspected installed introduced investigated invited involved isolated joined kept knew labeled
  labelled lacked launched learned learnt led left linked listed located locked logged looked lost
  lowered made managed manned mapped marked measured mentioned merged met migrated mitigated
  monitored moved muted named narrowed needed noted noticed notified objected observed offered
  opened ordered organised organized outvoted overlaid owned paged paid paired parked participated
  passed patched paused performed permitted persisted picked pinged pinned placed plotted pointed
  posted prepared presented preserved probed produced promised promoted proposed provided
  published pulled purged pushed put quarantined queried quoted raised ran rated re-added
  re-enabled re-ran reached reacted read reassigned reattached rebased rebooted rebuilt received
  recommended reconciled reconstructed recorded recovered redeployed redirected redrafted reduced
  referred refilled refused reindexed rejected rejoined related relayed released remained reminded
  removed renamed reopened repeated replaced replayed replied reported represented reproduced
  requested reran reread rerouted reset resolved responded restarted restored restricted resumed
  retested retried returned reverted reviewed revised revoked rewrote rolled rotated routed said
  sampled sat saved saw scaled scanned scheduled scored searched seen selected sent separated
  served set shared shifted showed shut signed silenced simulated sketched snapshotted sorted
  spent split spoke spotted staffed started stated stayed stepped stopped stored studied submitted
  suggested summarised summarized supplied supported suspected swapped switched synced tagged
  talked tasked tested thanked throttled toggled told took traced tracked transcribed transferred
  travelled triaged tried triggered tuned turned typed unblocked undid unmuted unpinned
  unsubscribed updated upgraded uploaded used validated verified viewed visited volunteered voted
  vouched waited walked wanted warned was watched went were whitelisted widened withdrew witnessed
  woke won wondered worked wrote`);

/**
 * Changes that people make in a response as well as before it: an account of the response says when, or
 * what came of it; without either they are told as what went wrong.
 */
const changes = words(`
  added applied authored built changed committed copied created cut deployed designed did disabled
  doubled downgraded edited employed enabled evaluated extended gave graded granted hired
  implemented imported increased installed introduced labeled labelled launched lowered made
  mapped merged migrated muted named ordered patched picked placed produced promised promoted
  published purged pushed put raised ran rated reduced reindexed released removed renamed replaced
  reset restarted revoked rewrote rotated scaled selected served set signed split started swapped
  switched toggled took tuned turned typed upgraded uploaded wanted whitelisted wrote`);

/** Whether a past tense is a change to what runs, blameless only in an account of the response. */
export function isChange(word: string): boolean {
  return changes.has(word);
}

/** What a model, an assistant or an agent can be seen to do: observations, not explanations. */
const observedVerbs = words(`
  accepted added adhered affected answered appended applied asked assigned attached began blocked
  booked called cancelled changed charged cited classified cleared closed completed computed
  contained contributed continued converted copied corrected counted created cut declined
  degraded deleted described did differed dropped echoed emitted ended entered escalated exceeded
  executed expected expired failed fell fetched filled finished flagged followed found gave
  generated got granted grew had handled held improved included increased inserted issued kept
  labelled labeled left linked listed loaded logged looped lost made mapped marked matched
  mentioned merged missed mixed modified moved named needed offered omitted opened ordered output
  overwrote parsed passed picked placed posted predicted printed produced promised proposed
  provided pulled quoted raised ran ranked reached read received recommended reconnected
  recovered referred refunded refused rejected removed rendered repeated replaced replied
  reported requested resolved responded restarted retrieved retried returned reused rewrote rose
  routed said saw scored searched selected sent served set shared showed shifted shortened shut
  skipped spent split stated started stayed stopped streamed suggested summarised summarized
  supplied supported switched tagged talked timed told took transferred translated tried
  triggered truncated turned updated upgraded used validated violated waited was went were worked
  wrote wiped flipped sold cost fed launched rolled shipped introduced retired pinned deployed
  trained hosted tuned fine-tuned configured released drew dealt met put came became`);

/** Whether a word has the form of a past tense; “need”, “feed” and their like do not. */
export function isPast(word: string): boolean {
  return (
    irregular.has(word) ||
    (/^[a-z-]{2,}(?:ed|'d)$/.test(word) &&
      !/^(?:need|feed|seed|speed|embed|indeed|shed|bed|red|exceed|proceed|succeed|agreed-upon|unaided|hundred|based|so-called)$/.test(
        word,
      ))
  );
}

/** A past tense that tells what went wrong, where a person is its subject. */
export function isBlaming(word: string): boolean {
  return isPast(word) && !accountVerbs.has(word);
}

/** A past tense that explains by a mind, a mood or a mishap, where a model is its subject. */
export function isPretending(word: string): boolean {
  return isPast(word) && !observedVerbs.has(word);
}

/** What people may not have done without a reproach: it depends on others, or it is part of the account. */
const blamelessOmissions = words(`
  answer answered reply replied respond responded receive received get got have find found
  reproduce reproduced confirm confirmed change changed object objected join joined own owned
  need needed agree agreed hear heard touch touched recur happen apply sign exist take part know
  lose miss work help appear arrive want believe expect attend reach see show decide leave feel
  had been mean use used`);

/** What a model can be seen not to do. */
const observedOmissions = words(`
  return cite receive change answer call see get have support contain include use show respond
  reply stop fail send match emit differ appear exist run load time recover reach share need
  produce output print parse render finish complete start move drop rise accept apply expose
  report log carry hold list name mention open create close update save store wait refund book route forward escalate retry depend affect explain cause contribute reproduce
  fit belong go take exceed vary`);

/** Whether leaving this undone is a reproach to a person. */
export function isNeglect(word: string): boolean {
  return !blamelessOmissions.has(word) && /^[a-z]/.test(word);
}

/** Whether not doing this explains by a mind, where a model is the subject. */
export function isMindless(word: string): boolean {
  return !observedOmissions.has(word) && /^[a-z]/.test(word) && !isPast(word);
}
