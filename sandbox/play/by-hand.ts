import type { SandboxMessage, SandboxState } from "#sandbox/protocol.ts";
import type { Step } from "#sandbox/scenario.ts";
import type { Delivery } from "#sandbox/screen.ts";
import { buttonsOf, hintOf, type SeenButton } from "./blocks.ts";
import { noteRecorded, numberOf, says } from "./items.ts";
import type { ItemKind, Stage } from "./stage.ts";

/** What people have done beside the script, as far as the rest of it builds on that. */
export interface ByHand {
  /** Nothing is left to do of this step. */
  isDone(step: Step): boolean;
  /** What is left of a step, where part of it was done by hand: the levers that nobody has seen to. */
  rest(step: Step): Step["with"];
  /** The response has ended: nobody can do anything in it. */
  isOver: boolean;
}

/**
 * Looks at Slack before the script goes on, and takes over what it finds: the incident's channel, and
 * which of the bot's levers are which of the scenario's. `left`: the steps that are not played yet;
 * `deliveries`: what Slack told the bot, in which alone a refusal stands.
 */
export function adoptByHand(
  stage: Stage,
  state: SandboxState,
  left: readonly Step[],
  deliveries: readonly Delivery[],
): ByHand {
  adoptChannel(stage, state, left);
  adoptLevers(stage, state, left);
  const isSeenTo = (kind: string, id: string) => leverIs(stage, state, kind, id);
  const rest = (step: Step): Step["with"] => {
    const { lever_ids: ids } = step.with;
    if (!ids || !Object.hasOwn(leverSteps, step.do)) return step.with;
    return { ...step.with, lever_ids: ids.filter((id) => !isSeenTo(step.do, id)) };
  };
  return {
    isOver: isOver(stage, state),
    rest,
    isDone(step) {
      if (step.do === "declare") return stage.channelId !== undefined;
      if (step.do === "claim") return isRefused(stage, step, deliveries);
      if (step.do === "answer_layer" || step.do === "answer_layers") {
        return isAnswered(stage, state, step);
      }
      if (!Object.hasOwn(leverSteps, step.do)) return false;
      return (step.with.lever_ids ?? []).length > 0 && rest(step).lever_ids?.length === 0;
    },
  };
}

/**
 * The first claim, which is to be refused, has been refused already. Of a later one it cannot be told
 * whose refusal it was: the script's, or somebody's.
 */
function isRefused(stage: Stage, step: Step, deliveries: readonly Delivery[]): boolean {
  const { result, rule } = step.expect;
  const first = stage.scenario.steps.find((one) => one.do === "claim");
  if (result !== "refused" || rule === undefined || first?.n !== step.n) return false;
  // what was before belongs to another incident
  const declared = deliveries.findLastIndex(({ what }) => what.endsWith(" declare-incident"));
  const refusal = new RegExp(`"refusal:(?:[^"]*\\+)?${rule}[+:]`);
  return deliveries
    .slice(declared + 1)
    .some(({ what, answer }) => what.endsWith(" set-verdict") && refusal.test(answer ?? ""));
}

/** Whoever was asked has answered for all these layers, of which the script has answered for none. */
function isAnswered(stage: Stage, { channels, messages }: SandboxState, step: Step): boolean {
  const layersOf = ({ with: { layer, layers } }: Step) => layers ?? (layer ? [layer] : []);
  const layers = layersOf(step);
  const before = stage.scenario.steps.filter(({ n, do: kind }) => n < step.n && answers.has(kind));
  if (before.flatMap(layersOf).some((layer) => layers.includes(layer))) return false;
  const name = channels.find(({ id }) => id === stage.channelId)?.name ?? "";
  const number = Number(/^inc-(\d+)/.exec(name)?.[1]);
  const answered = messages
    .filter(({ channel }) => channels.find(({ id }) => id === channel)?.isDirect)
    .flatMap(({ blocks }) => buttonsOf(blocks))
    .filter(isCorrection)
    .map(hintOf)
    .filter(({ incident }) => incident === number)
    .flatMap((hint) => hint.layers ?? []);
  return layers.length > 0 && layers.every((layer) => answered.includes(layer));
}

const answers: ReadonlySet<string> = new Set(["answer_layer", "answer_layers"]);

/** Whoever was asked has answered: the button of the question is for corrections now. */
export function isCorrection({ actionId, blockId, label }: SeenButton): boolean {
  return actionId === "answer-layers" && blockId === "evidence-request-dm" && label !== "Answer";
}

/** What a kind of step records, and where its ids stand. */
const recording = {
  add_evidence: ["evidence_ids", "evidence"],
  add_action: ["action_ids", "action"],
  add_gap: ["gap_ids", "gap"],
  add_factor: ["factor_ids", "factor"],
  add_golden: ["golden_ids", "golden"],
  accept_risk: ["risk_ids", "risk"],
  add_strand: ["strand_ids", "strand"],
  dissent: ["dissent_ids", "dissent"],
  stabilize: ["lever_ids", "lever"],
} as const satisfies Record<string, readonly [keyof Step["with"], ItemKind]>;

/**
 * What is left of a step that was tried before and got stuck in the middle; undefined: all of it was
 * recorded, and only its message was late.
 */
export function leftOfTry(stage: Stage, step: Step): Step["with"] | undefined {
  if (!Object.hasOwn(recording, step.do)) return step.with;
  const [list, kind] = recording[step.do as keyof typeof recording];
  const { recorded } = stage.items[kind];
  const left = (step.with[list] ?? []).filter((id) => !recorded.includes(id));
  return left.length === 0 ? undefined : { ...step.with, [list]: left };
}

/** The newest incident's channel that is not archived. */
function adoptChannel(stage: Stage, { channels }: SandboxState, left: readonly Step[]): void {
  const declaration = left.find((step) => step.do === "declare");
  if (stage.channelId !== undefined || !declaration) return;
  const channel = channels.findLast(({ name, isArchived }) => /^inc-\d/.test(name) && !isArchived);
  if (!channel) return;
  stage.channelId = channel.id;
  for (const id of declaration.with.strand_ids ?? []) noteRecorded(stage, "strand", id);
}

/** A lever of somebody's stands for the next one of the script's: by its words, else in their order. */
function adoptLevers(stage: Stage, state: SandboxState, left: readonly Step[]): void {
  const { numbers, recorded } = stage.items.lever;
  const levers = leverMessages(stage, state);
  const isFree = ({ number }: LeverMessage) => ![...numbers.values()].includes(number);
  const bind = (id: string, found: LeverMessage | undefined) => {
    if (found) numbers.set(id, found.number);
  };
  const byWords = (id: string) => {
    const words = stage.scenario.stabilization.find((lever) => lever.id === id)?.tradeoff ?? id;
    return levers.find((one) => isFree(one) && says(one.message.blocks, words));
  };
  for (const id of recorded) if (!numbers.has(id)) bind(id, byWords(id));
  // one that the script has recorded, and whose message is not there yet, must not be taken for another
  if (recorded.some((id) => !numbers.has(id))) return;
  const waiting = left.filter((step) => step.do === "stabilize");
  for (const id of waiting.flatMap((step) => step.with.lever_ids ?? [])) {
    if (numbers.has(id)) continue;
    bind(id, byWords(id) ?? levers.find(isFree));
    if (numbers.has(id)) noteRecorded(stage, "lever", id);
  }
}

/** Kind of step → whether a lever in this state has it behind it. */
const leverSteps: Record<string, (lever: SeenLever) => boolean> = {
  stabilize: () => true,
  confirm_lever: ({ isAsked }) => !isAsked,
  revert_lever: ({ hasEnded }) => hasEnded,
  adopt_lever: ({ hasEnded }) => hasEnded,
};
interface SeenLever {
  /** Somebody is still asked whether they authorized it. */
  isAsked: boolean;
  hasEnded: boolean;
}

function leverIs(stage: Stage, state: SandboxState, kind: string, id: string): boolean {
  const number = stage.items.lever.numbers.get(id);
  const found = leverMessages(stage, state).find((one) => one.number === number);
  if (!found) return false;
  const has = (actionId: string) =>
    buttonsOf(found.message.blocks).some((button) => button.actionId === actionId);
  const lever = { isAsked: has("confirm-lever"), hasEnded: !has("end-lever") };
  return leverSteps[kind]?.(lever) ?? false;
}

interface LeverMessage {
  message: SandboxMessage;
  number: number;
}

/** In the incident's channel, in the bot's order. */
function leverMessages(stage: Stage, state: SandboxState): LeverMessage[] {
  return state.messages
    .filter(({ channel }) => channel === stage.channelId)
    .flatMap((message) => {
      const number = numberOf(message.blocks, "lever");
      return number === undefined ? [] : [{ message, number }];
    })
    .toSorted((a, b) => a.number - b.number);
}

/** Closed, cancelled or archived: an incident that goes on has its panel, with the row of buttons. */
function isOver(stage: Stage, state: SandboxState): boolean {
  const channel = state.channels.find(({ id }) => id === stage.channelId);
  if (!channel) return false;
  const messages = state.messages.filter((message) => message.channel === channel.id);
  const hasBlock = (id: string) =>
    messages.some(({ blocks }) => blocks.some((block) => block.block_id === id));
  if (channel.isArchived || hasBlock("closed-buttons")) return true;
  return channel.pinnedTs.length > 0 && !hasBlock("panel");
}
