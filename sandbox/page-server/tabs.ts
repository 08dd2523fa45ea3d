import type { WebSocket } from "ws";
import type { Board } from "./board.ts";
import type { Feed } from "./feed.ts";
import { merged, nothing, patchBetween, type Snapshot } from "./snapshot.ts";

/** Every open tab, each told what changes of what its person sees. */
export interface Tabs {
  /** `userId` empty: a tab in which nobody is chosen yet; it is told who there is. */
  add(socket: WebSocket, userId: string): void;
  /** Tells every tab what is new, soon. */
  push(): void;
  isEmpty(): boolean;
  close(): void;
}

interface Tab {
  socket: WebSocket;
  userId: string;
  /** What was really sent. */
  sent: Snapshot;
  /** Whether this person's screen is kept up to date; `reading`: it is being read for the first time. */
  screen: "none" | "reading" | "there";
}

/** `feedOf`: undefined as long as the sandbox is not there yet. */
export function createTabs(board: Board, feedOf: () => Feed | undefined): Tabs {
  const tabs = new Set<Tab>();
  let timer: NodeJS.Timeout | undefined;
  board.onChange(push);

  function push(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const tab of tabs) pushTo(tab);
    }, togetherMs);
  }

  function pushTo(tab: Tab): void {
    const { socket, userId } = tab;
    if (socket.readyState !== socket.OPEN) return;
    const feed = feedOf();
    if (userId !== "" && feed && tab.screen === "none") {
      tab.screen = "reading";
      void feed.watch(userId).then(() => {
        tab.screen = "there";
        pushTo(tab);
      });
    }
    // the first message has everything
    if (tab.screen === "reading") return;
    const refusal = feed?.refusalOf(userId);
    if (refusal !== undefined) return socket.close(nobodyMay, shortened(refusal));
    // a tab that does not keep up is told the difference once it does
    if (socket.bufferedAmount > bufferedAtMost) return push();
    const now = viewOf(tab, feed);
    const patch = patchBetween(tab.sent, now);
    // the first message, even an empty one, says that there is a connection
    if (patch === undefined && tab.sent !== nothing) return;
    socket.send(patch ?? "{}");
    tab.sent = now;
  }

  function viewOf({ userId }: Tab, feed: Feed | undefined): Snapshot {
    if (userId === "") return { lists: {}, ones: forAnybody(board.now) };
    const own = { lists: {}, ones: { me: JSON.stringify(userId) } };
    return merged(merged(board.now, feed?.screenOf(userId) ?? nothing), own);
  }

  return {
    add(socket, userId) {
      const tab: Tab = { socket, userId, sent: nothing, screen: "none" };
      tabs.add(tab);
      // a tab that is cut off in the middle of something is a matter of course
      socket.on("error", () => undefined);
      socket.on("close", () => {
        tabs.delete(tab);
        if (tab.screen !== "none") feedOf()?.unwatch(userId);
      });
      pushTo(tab);
    },
    push,
    isEmpty: () => tabs.size === 0,
    close() {
      clearTimeout(timer);
      for (const { socket } of tabs) socket.terminate();
    },
  };
}

/** Who there is, and why it takes long: what a tab has to say before somebody is chosen in it. */
function forAnybody({ ones }: Snapshot): Snapshot["ones"] {
  const names = ["workspace", "bot", "script"] as const;
  return Object.fromEntries(names.flatMap((name) => (ones[name] ? [[name, ones[name]]] : [])));
}

/** WebSocket takes 123 bytes for a reason; half a letter at the end becomes three. */
function shortened(reason: string): Buffer {
  return Buffer.from(Buffer.from(reason).subarray(0, 118).toString());
}

const togetherMs = 50;
/** Bytes that wait for a slow tab. */
const bufferedAtMost = 1_000_000;
/** Of the codes that WebSocket leaves to applications. */
const nobodyMay = 4_003;
