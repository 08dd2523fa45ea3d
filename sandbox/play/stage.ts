import { setTimeout as pause } from "node:timers/promises";
import type {
  SandboxChannel,
  SandboxControl,
  SandboxMessage,
  SandboxState,
} from "#sandbox/protocol.ts";
import type { Scenario, StepData } from "#sandbox/scenario.ts";
import { AppError } from "#src/lib/errors.ts";
import type { Got } from "./judge.ts";
import type { World } from "./world.ts";

/** What a playing person has before them: the scenario, Slack, and what was learned from it so far. */
export interface Stage {
  control: SandboxControl;
  scenario: Scenario;
  world: World;
  /** The incident's channel, once there is one. */
  channelId: string | undefined;
  items: Record<ItemKind, Items>;
  /** What was typed and pressed in this step, as lines for people. */
  typed: Typed[];
  /** How long a person waits and tries again before they give up, in milliseconds. */
  patienceMs: number;
  /** Whether the bot can be talked to, where somebody knows: nobody's patience runs out while it is down. */
  isBotUp?: () => boolean;
  /** It is this time now, ISO 8601. */
  setTime(at: string): Promise<void>;
}

/** One thing that a person did at the keyboard. */
export interface Typed {
  how: "types" | "presses" | "fills in" | "chooses" | "joins";
  what: string;
}

/** The numbered things of an incident whose ids differ between the bot (EV1) and the scenario (E04). */
export type ItemKind =
  | "evidence"
  | "lever"
  | "action"
  | "strand"
  | "gap"
  | "factor"
  | "golden"
  | "risk"
  | "dissent";
export interface Items {
  /** Ids of the scenario, in the order in which they were recorded. */
  recorded: string[];
  /** Id of the scenario → number of the bot, as read from Slack. */
  numbers: Map<string, number>;
}

/** How the bot writes the number of each kind, in block ids and in what is missing. */
export const itemPrefix: Record<ItemKind, string> = {
  evidence: "EV",
  lever: "LV",
  action: "AC",
  strand: "S",
  gap: "G",
  factor: "F",
  golden: "GP",
  risk: "AR",
  dissent: "D",
};

/** One kind of step: what its actor does, and what the bot answered. Throws StuckError where nothing can be pressed. */
export type Deed = (stage: Stage, actor: string, data: StepData) => Promise<Got>;

/** A person waited for something that did not come, or looked for something that is not there. */
export class StuckError extends AppError {
  override name = "StuckError";
  constructor(message: string) {
    super("stuck", message);
  }
}

export function newStage(
  given: Pick<Stage, "control" | "scenario" | "world"> &
    Partial<Pick<Stage, "patienceMs" | "setTime" | "isBotUp">>,
): Stage {
  const items = (): Items => ({ recorded: [], numbers: new Map() });
  return {
    setTime: (now) => given.control.setClock({ now }),
    ...given,
    channelId: undefined,
    items: {
      evidence: items(),
      lever: items(),
      action: items(),
      strand: items(),
      gap: items(),
      factor: items(),
      golden: items(),
      risk: items(),
      dissent: items(),
    },
    typed: [],
    patienceMs: given.patienceMs ?? 60_000,
  };
}

/** The Slack user id of a handle. Throws StuckError for a handle that nobody has. */
export function userOf(stage: Stage, handle: string): string {
  const id = stage.world.userIds.get(handle);
  if (id === undefined) throw new StuckError(`There is nobody called ${handle} in this scenario.`);
  return id;
}

/** Whoever is not a person (software, or nobody named) speaks through the one who types. */
export function authorOf(stage: Stage, handle: string, actor: string): string {
  return stage.world.userIds.get(handle) ?? userOf(stage, actor);
}

/** The incident's channel. Throws StuckError before there is one. */
export function incidentChannel(stage: Stage): string {
  if (stage.channelId === undefined) throw new StuckError("There is no incident channel yet.");
  return stage.channelId;
}

/**
 * Looks at Slack and GitHub again and again until there is what a person waits for. Throws
 * StuckError, which names it, when their patience is over.
 */
export async function waitFor<Found>(
  stage: Pick<Stage, "control" | "patienceMs" | "isBotUp">,
  what: string,
  look: (state: SandboxState) => Found | undefined,
  ms = stage.patienceMs,
): Promise<Found> {
  const isPatient = patienceOf(stage, ms);
  for (;;) {
    const found = look(await stage.control.state());
    if (found !== undefined) return found;
    if (!isPatient()) {
      throw new StuckError(`Waited ${Math.round(ms / 1000)} s for ${what}; it did not come.`);
    }
    await pause(60);
  }
}

/** Tells, each time it is asked, whether somebody still waits; the time while the bot is down does not count. */
export function patienceOf(
  stage: Pick<Stage, "patienceMs" | "isBotUp">,
  ms = stage.patienceMs,
): () => boolean {
  let left = ms;
  let askedAt = Date.now();
  return () => {
    const now = Date.now();
    if (stage.isBotUp?.() !== false) left -= now - askedAt;
    askedAt = now;
    return left > 0;
  };
}

/** Has somebody in the incident's channel: who was not invited joins (scenarios/README.md: this is no step). */
export async function beInChannel(stage: Stage, handle: string): Promise<void> {
  const channelId = incidentChannel(stage);
  const userId = userOf(stage, handle);
  const isThere = (state: SandboxState) =>
    state.channels.find((c) => c.id === channelId)?.memberIds.includes(userId) || undefined;
  if (isThere(await stage.control.state())) return;
  await stage.control.join({ userId, channelId });
  // who has just come in may be unknown to the bot until it has heard of it
  await Promise.race([stage.control.settled(), pause(10_000, undefined, { ref: false })]);
}

/** Messages of one block_id prefix that this person can see: in their direct messages, then in the channel. */
export function messagesFor(
  stage: Stage,
  state: SandboxState,
  userId: string,
): { channel: SandboxChannel; message: SandboxMessage }[] {
  const direct = state.channels.filter((c) => c.isDirect && c.memberIds.includes(userId));
  const own = state.channels.filter((c) => c.id === stage.channelId);
  return [...direct, ...own].flatMap((channel) =>
    state.messages
      .filter((message) => message.channel === channel.id)
      .map((message) => ({ channel, message })),
  );
}
