import type { IncomingMessage, ServerResponse } from "node:http";
import type { Edge } from "./edge.ts";
import type { GitHub } from "./github/start.ts";
import { listen, type ListeningServer, readBody, sendJson } from "./http.ts";
import { parseJson } from "./json.ts";
import type { SandboxControl } from "./protocol.ts";
import {
  addUser,
  archiveBy,
  changeTopicBy,
  changeUser,
  inviteMember,
  joinChannel,
  leaveChannel,
  unarchiveBy,
} from "./slack/members.ts";
import type { SandboxClock } from "./clock.ts";
import { closeForm, submitForm, takeShortcut, typeCommand, useElement } from "./slack/people.ts";
import { readFacts, readWorkspace } from "./slack/read.ts";
import { readScreen } from "./slack/screen.ts";
import type { Slack } from "./slack/slack.ts";
import { askForOptions } from "./slack/suggestions.ts";
import {
  deleteMessage,
  openHome,
  pin,
  react,
  say,
  upload,
  takeBookmarkOff,
  unpin,
  unreact,
} from "./slack/talk.ts";
import { markRead } from "./slack/unread.ts";
import { toOpenView, toPublishedHome } from "./slack/views.ts";

/** Methods that change nothing anybody could see. */
const readsOnly: ReadonlySet<string> = new Set<keyof SandboxControl>([
  "changes",
  "clock",
  "home",
  "openView",
  "repositories",
  "screen",
  "settled",
  "state",
  "wire",
  "workspace",
]);

/** What drives the sandbox, in this process. */
export function createControl(
  edge: Edge,
  slack: Slack,
  github: GitHub,
  clock: SandboxClock,
): SandboxControl {
  const control: SandboxControl = {
    connectBot: async ({ requestUrl }) => slack.link.connect(requestUrl),
    command: (input) => typeCommand(slack, input),
    act: (input) => useElement(slack, input),
    shortcut: (input) => takeShortcut(slack, input),
    options: (input) => askForOptions(slack, input),
    openHome: async (input) => openHome(slack, input),
    async home({ userId }) {
      const record = slack.homes.find(userId);
      return record ? toPublishedHome(record) : null;
    },
    submit: (input) => submitForm(slack, input),
    closeView: (input) => closeForm(slack, input),
    join: async (input) => joinChannel(slack, input),
    leave: async (input) => leaveChannel(slack, input),
    invite: async (input) => inviteMember(slack, input),
    addUser: async (input) => addUser(slack, input),
    changeUser: async (input) => changeUser(slack, input),
    say: async (input) => say(slack, input),
    upload: async (input) => upload(slack, input),
    deleteMessage: async (input) => deleteMessage(slack, input),
    react: async (input) => react(slack, input),
    unreact: async (input) => unreact(slack, input),
    pin: async (input) => pin(slack, input),
    unpin: async (input) => unpin(slack, input),
    removeBookmark: async (input) => takeBookmarkOff(slack, input),
    setTopic: async (input) => changeTopicBy(slack, input),
    archive: async (input) => archiveBy(slack, input),
    unarchive: async (input) => unarchiveBy(slack, input),
    state: async () => ({ ...readWorkspace(slack), ...(await github.read()) }),
    async openView({ userId }) {
      const record = slack.views.top(userId);
      return record ? toOpenView(record) : null;
    },
    screen: async ({ userId }) => readScreen(slack, userId),
    workspace: async () => readFacts(slack),
    repositories: () => github.read(),
    markRead: async (input) => markRead(slack, input),
    changes: ({ since, withinMs }) => edge.changes.wait(since, withinMs),
    wire: async (input) => edge.wire.read(input?.last),
    setFaults: async ({ faults, seed }) => edge.faults.set(faults, seed),
    setEventCopies: async ({ copies }) => slack.events.setCopies(copies),
    setEventOrder: async ({ isSwapped }) => slack.events.setSwapped(isSwapped),
    setRateWindows: async ({ isOn }) => slack.rateWindows.set(isOn),
    refreshSockets: async () => slack.sockets.refresh(),
    setClock: async ({ now, isRunning = false }) => clock.set(now, isRunning),
    clock: async () => clock.read(),
    settled: () => slack.events.settled(),
  };
  return tellingOfChanges(control, edge);
}

/**
 * Tells of a change as soon as a call has done what it does before it waits for the bot, and again at
 * its end; also where it was refused, which may have left something in a form.
 */
function tellingOfChanges(control: SandboxControl, { changes }: Edge): SandboxControl {
  const told = Object.entries(control).map(([name, call]) => {
    if (readsOnly.has(name)) return [name, call];
    const tell = async (input: unknown) => {
      try {
        const result = (call as (input: unknown) => Promise<unknown>)(input);
        changes.bump("slack");
        return await result;
      } finally {
        changes.bump("slack");
      }
    };
    return [name, tell];
  });
  return Object.fromEntries(told) as SandboxControl;
}

/** The control over HTTP, and the clock beside it (`protocol.ts` has the form). */
export function serveControl(
  control: SandboxControl,
  clock: SandboxClock,
): Promise<ListeningServer> {
  return listen((request, response) => {
    const path = URL.parse(request.url ?? "/", "http://sandbox")?.pathname ?? "";
    if (path === "/clock") {
      sendJson(response, 200, { now: clock.read().now });
      return;
    }
    return callControl(control, path.replace(/^\/control\//, ""), request, response);
  });
}

async function callControl(
  control: SandboxControl,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const input = parseJson(await readBody(request));
  if (!Object.hasOwn(control, method)) {
    return sendJson(response, 404, { error: `the sandbox has no "${method}"` });
  }
  try {
    const call = control[method as keyof SandboxControl] as (input: unknown) => Promise<unknown>;
    sendJson(response, 200, (await call(input)) ?? null);
  } catch (error) {
    // Whoever drives the people asked for what cannot be done: the sentence is for them.
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}
