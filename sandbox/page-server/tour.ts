import type { TourState, TourStep } from "#sandbox/page/live/topics.ts";
import { buttonsOf } from "#sandbox/play/blocks.ts";
import { isCorrection } from "#sandbox/play/by-hand.ts";
import { numberOf } from "#sandbox/play/items.ts";
import type { World } from "#sandbox/play/world.ts";
import type { SandboxMessage, SandboxState } from "#sandbox/protocol.ts";
import { whyNotPlayed } from "#sandbox/play/builds-on.ts";
import { deeds } from "#sandbox/play/deeds.ts";
import type { Scenario } from "#sandbox/scenario.ts";
import type { Delivery } from "#sandbox/screen.ts";
import { type TourPeople, tourWords } from "./tour-words.ts";

/** What the tour is read off: all of Slack and GitHub, and what Slack told the bot. */
export interface TourSight extends Pick<SandboxState, "channels" | "messages" | "pullRequests"> {
  deliveries: readonly Delivery[];
}

export interface Tour {
  readonly state: TourState;
  /** Nothing is left to look for. */
  readonly isOver: boolean;
  /** What was done once stays done. */
  look(sight: TourSight): TourState;
}

/**
 * The five steps with this scenario's people; without steps where it has not got them all, or where the
 * script cannot name what broke first, so that it could not be closed as the tour says.
 */
export function createTour(scenario: Scenario, world: World): Tour {
  const people = isDecided(scenario) ? peopleOf(scenario, world) : undefined;
  const lastClose = scenario.steps.findLast(
    (step) => step.do === "close" && step.expect.result === "accepted",
  );
  let steps: TourStep[] =
    people && lastClose
      ? tourWords(people, lastClose.n).map((one) => ({ ...one, isDone: false }))
      : [];
  return {
    get state() {
      return { steps };
    },
    get isOver() {
      return steps.every(({ isDone }) => isDone);
    },
    look(sight) {
      steps = steps.map((step) => {
        if (step.isDone || !people) return step;
        const actAs = step.id === "authorize" ? whoIsNext(sight, people) : step.actAs;
        return { ...step, actAs, isDone: isSeen[step.id](sight, people) };
      });
      return { steps };
    },
  };
}

/** Whether every claim that is to stand can be played today. */
function isDecided(scenario: Scenario): boolean {
  const notPlayed = new Set<number>();
  for (const step of scenario.steps) {
    const reason = whyNotPlayed(step, scenario, (kind) => Object.hasOwn(deeds, kind), notPlayed);
    if (reason !== undefined) notPlayed.add(step.n);
  }
  return scenario.steps
    .filter(({ do: kind, expect }) => kind === "claim" && expect.result === "accepted")
    .every(({ n }) => !notPlayed.has(n));
}

/** Who does what in the tour; undefined where the scenario has nobody for something. */
function peopleOf(scenario: Scenario, world: World): TourPeople | undefined {
  const { people, steps, stabilization, strands } = scenario;
  const as = (handle: string | undefined) => {
    const userId = world.userIds.get(handle ?? "");
    return userId === undefined || handle === undefined ? undefined : { userId, handle };
  };
  const declarer = as(steps.find((step) => step.do === "declare")?.actor);
  const coordinator = as(people.find(({ roles }) => roles.includes("coordinator"))?.handle);
  const owner =
    as(people.find(({ layers }) => layers.includes("retrieval_data"))?.handle) ??
    as(people.find(({ layers }) => layers.length > 0 && !layers.includes("model"))?.handle);
  const authorizer = as(stabilization[0]?.authorized_by);
  const approver = as(people.find(({ handle }) => handle === "approver")?.handle);
  if (!declarer || !coordinator || !owner || !authorizer) return undefined;
  if (authorizer.userId === coordinator.userId) return undefined;
  const isUndetermined = strands.some(({ expected }) => expected.outcome.kind === "undetermined");
  return {
    declarer,
    coordinator,
    owner,
    authorizer,
    approver: isUndetermined ? approver : undefined,
    title: scenario.title,
  };
}

/** Of the two who stop the harm: one records the lever, and then the other says who authorized it. */
function whoIsNext({ channels, messages }: TourSight, people: TourPeople): TourStep["actAs"] {
  return messagesIn(channels, messages).some(isLever) ? people.authorizer : people.coordinator;
}

/** How each step shows, in Slack or on GitHub, once it is done. */
const isSeen: Record<TourStep["id"], (sight: TourSight, people: TourPeople) => boolean> = {
  declare: ({ channels }) => channels.some(isIncident),
  // the refusal stands in the answer to the form, and nowhere else
  blame: ({ deliveries }) =>
    deliveries.some(
      ({ what, answer }) =>
        what === "view_submission set-verdict" && /"refusal:(?:[^"]*\+)?R1[+:]/.test(answer ?? ""),
    ),
  answer: ({ channels, messages, deliveries }, { owner }) =>
    messages
      .filter(({ channel }) => isDirectOf(channels, channel, owner.userId))
      .some(({ blocks }) => buttonsOf(blocks).some(isCorrection)) ||
    // once the response has ended, the question has no button any more
    deliveries.some((one) => one.userId === owner.userId && isAnswer(one)),
  authorize: ({ channels, messages, deliveries }) =>
    deliveries.some(({ what, outcome }) => what === confirming && outcome === "answered") &&
    messagesIn(channels, messages).some(
      (message) =>
        isLever(message) &&
        !buttonsOf(message.blocks).some(({ actionId }) => actionId === "confirm-lever"),
    ),
  close: ({ channels, messages, pullRequests }) =>
    pullRequests.length > 0 &&
    messagesIn(channels, messages).some(({ blocks }) =>
      blocks.some(({ block_id: id }) => id === "closed-buttons"),
    ),
};

const confirming = "block_actions confirm-lever";

function isAnswer({ what, outcome, status, answer }: Delivery): boolean {
  const isTaken = outcome === "answered" && status === 200 && !answer?.includes('"errors"');
  return what === "view_submission answer-layers" && isTaken;
}

function isLever({ blocks }: SandboxMessage): boolean {
  return numberOf(blocks, "lever") !== undefined;
}

function isIncident({ name }: SandboxState["channels"][number]): boolean {
  return /^inc-\d/.test(name);
}

function messagesIn(
  channels: SandboxState["channels"],
  messages: readonly SandboxMessage[],
): SandboxMessage[] {
  const ids = new Set(channels.filter(isIncident).map(({ id }) => id));
  return messages.filter(({ channel }) => ids.has(channel));
}

function isDirectOf(channels: SandboxState["channels"], id: string, userId: string): boolean {
  const channel = channels.find((one) => one.id === id);
  return channel !== undefined && channel.isDirect && channel.memberIds.includes(userId);
}
