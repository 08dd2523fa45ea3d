import { setTimeout as pause } from "node:timers/promises";
import type { SandboxControl } from "#sandbox/protocol.ts";
import type { Delivery, Screen, Versions } from "#sandbox/screen.ts";
import type { Board } from "./board.ts";
import { listOf, type Snapshot } from "./snapshot.ts";

/** What is read from the sandbox: once for all tabs, and only what has changed. */
export interface Feed {
  /** What this person sees, as it was read last; undefined before. */
  screenOf(userId: string): Snapshot | undefined;
  /** Why nobody can act as this person (any more), in the sandbox's sentence. */
  refusalOf(userId: string): string | undefined;
  /** Keeps this person's screen up to date from now on; it is there when this resolves. */
  watch(userId: string): Promise<void>;
  unwatch(userId: string): void;
  stop(): void;
}

export interface FeedOptions {
  control: SandboxControl;
  board: Board;
  /** Called when screens have been read anew. */
  onScreens(): void;
  /** Called after Slack changed or the wire was read, with what Slack told the bot; before it is shown. */
  look?(deliveries: readonly Delivery[]): Promise<void>;
  /** The sandbox does not answer any more; `false`: it does again. */
  onGone(isGone: boolean): void;
}

/** Starts to read, until `stop`. */
export function startFeed(options: FeedOptions): Feed {
  const { control, board } = options;
  const screens = createScreens(control);
  const clock = createClockReader(control, board);
  const wire = createWireReader(control, board);
  let isOver = false;

  async function refresh(before: Versions, now: Versions): Promise<void> {
    if (now.wire !== before.wire) wire.isStale = true;
    const [isWireNew] = await Promise.all([
      wire.readIfDue(),
      // whoever sets the clock changes Slack, too
      ...(now.slack === before.slack
        ? []
        : [screens.readAll(), readWorkspace(control, board), clock.look()]),
      ...(now.github === before.github ? [] : [readGitHub(control, board)]),
    ]);
    if (now.slack !== before.slack || isWireNew) await options.look?.(wire.deliveries);
    if (now.slack !== before.slack) options.onScreens();
  }

  async function run(): Promise<void> {
    let since: Versions = { slack: -1, github: -1, wire: -1 };
    let isGone = false;
    while (!isOver) {
      try {
        const withinMs = wire.isStale ? wireEveryMs : longestPollMs;
        const now = await control.changes({ since, withinMs });
        if (isOver) return;
        await refresh(since, now);
        since = now;
        if (isGone) options.onGone((isGone = false));
        // what follows at once is read together
        await pause(togetherMs);
      } catch (error) {
        if (isOver) return;
        // a TypeError is fetch's: nobody answers. Anything else is a bug of ours, and the next look may go well
        if (!(error instanceof TypeError)) console.error(error);
        else if (!isGone) options.onGone((isGone = true));
        await pause(gonePauseMs, undefined, { ref: false });
      }
    }
  }
  void run();

  return {
    screenOf: screens.of,
    refusalOf: screens.refusalOf,
    async watch(userId) {
      // the sandbox may be gone: then what was read last is shown
      await Promise.allSettled([screens.watch(userId), clock.read()]);
    },
    unwatch: screens.unwatch,
    stop() {
      isOver = true;
    },
  };
}

const togetherMs = 60;
const wireEveryMs = 250;
const longestPollMs = 5_000;
const gonePauseMs = 500;

function createScreens(control: SandboxControl) {
  interface Watched {
    tabs: number;
    screen?: Snapshot;
    refusal?: string;
    /** Counts readings: an answer that comes late must not stand over a newer one. */
    asked: number;
    shown: number;
  }
  const watched = new Map<string, Watched>();
  const read = async (userId: string, one: Watched) => {
    const number = (one.asked += 1);
    try {
      const screen = snapshotOf(await control.screen({ userId }));
      if (number < one.shown) return;
      one.shown = number;
      one.screen = screen;
    } catch (error) {
      // of fetch: nobody answers
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      one.refusal = error.message;
    }
  };
  return {
    of: (userId: string) => watched.get(userId)?.screen,
    refusalOf: (userId: string) => watched.get(userId)?.refusal,
    async watch(userId: string) {
      const one = watched.get(userId) ?? { tabs: 0, asked: 0, shown: 0 };
      watched.set(userId, one);
      one.tabs += 1;
      await read(userId, one);
    },
    unwatch(userId: string) {
      const one = watched.get(userId);
      if (!one) return;
      one.tabs -= 1;
      if (one.tabs === 0) watched.delete(userId);
    },
    async readAll() {
      await Promise.all([...watched].map(([userId, one]) => read(userId, one)));
    },
  };
}

function snapshotOf({ channels, messages, files, forms, home }: Screen): Snapshot {
  return {
    lists: {
      channels: listOf(channels, ({ id }) => id),
      messages: listOf(messages, ({ channel, ts }) => `${channel} ${ts}`),
      files: listOf(files, ({ id }) => id),
    },
    ones: { forms: JSON.stringify(forms), home: JSON.stringify(home) },
  };
}

async function readWorkspace(control: SandboxControl, board: Board): Promise<void> {
  board.put("workspace", await control.workspace());
}

async function readGitHub(control: SandboxControl, board: Board): Promise<void> {
  const { issues, pullRequests } = await control.repositories();
  const keyOf = ({ repo, number }: { repo: string; number: number }) => `${repo}#${number}`;
  board.putList("issues", listOf(issues, keyOf));
  board.putList("pulls", listOf(pullRequests, keyOf));
}

const rowsAtMost = 300;

/** The wire is long and changes with every call: it is read now and then. */
function createWireReader(control: SandboxControl, board: Board) {
  let readAt = 0;
  const reader = {
    isStale: false,
    deliveries: [] as readonly Delivery[],
    /** Whether it was read. */
    async readIfDue(): Promise<boolean> {
      if (!reader.isStale || Date.now() - readAt < wireEveryMs) return false;
      reader.isStale = false;
      readAt = Date.now();
      const { calls, deliveries, blockKitFaults } = await control.wire({ last: rowsAtMost });
      const numbered = calls.map((call) => ({ ...call, id: call.id ?? call.at }));
      board.putList(
        "calls",
        listOf(numbered, ({ id }) => id),
      );
      board.putList(
        "deliveries",
        listOf(deliveries, ({ id }) => id),
      );
      board.put("blockKitFaults", blockKitFaults);
      reader.deliveries = deliveries;
      return true;
    },
  };
  return reader;
}

/** A clock that runs is told once, and again when it was set; whoever comes new gets it fresh. */
function createClockReader(control: SandboxControl, board: Board) {
  let last: { now: number; isRunning: boolean; readAt: number } | undefined;
  const read = async (isTold: boolean) => {
    const clock = await control.clock();
    const readAt = performance.now();
    const now = Date.parse(clock.now);
    const expected = last && last.now + (last.isRunning ? readAt - last.readAt : 0);
    const isSet =
      last?.isRunning !== clock.isRunning ||
      expected === undefined ||
      Math.abs(now - expected) > clockJumpMs;
    last = { now, isRunning: clock.isRunning, readAt };
    if (isTold || isSet) board.put("clock", clock);
  };
  return { read: () => read(true), look: () => read(false) };
}

const clockJumpMs = 1_000;
