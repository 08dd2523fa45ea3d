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
import { closeForm, submitForm, takeShortcut, typeCommand, useElement } from "./slack/people.ts";
import { readWorkspace } from "./slack/read.ts";
import type { Slack } from "./slack/slack.ts";
import { askForOptions } from "./slack/suggestions.ts";
import {
  deleteMessage,
  openHome,
  pin,
  react,
  say,
  takeBookmarkOff,
  unpin,
  unreact,
} from "./slack/talk.ts";
import { toOpenView, toPublishedHome } from "./slack/views.ts";

/** The service's clock in a replay: stands still at what it was set to; real time until then. */
export interface SandboxClock {
  now: string | undefined;
}

/** What drives the sandbox, in this process. */
export function createControl(
  edge: Edge,
  slack: Slack,
  github: GitHub,
  clock: SandboxClock,
): SandboxControl {
  return {
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
    wire: async () => structuredClone({ calls: edge.calls, blockKitFaults: edge.blockKitFaults }),
    setFaults: async ({ faults, seed }) => edge.faults.set(faults, seed),
    setEventCopies: async ({ copies }) => slack.events.setCopies(copies),
    async setClock({ now }) {
      if (Number.isNaN(Date.parse(now))) throw new Error(`"${now}" is not a time`);
      clock.now = now;
    },
    settled: () => slack.events.settled(),
  };
}

/** The control over HTTP, and the clock beside it (`protocol.ts` has the form). */
export function serveControl(
  control: SandboxControl,
  clock: SandboxClock,
): Promise<ListeningServer> {
  return listen((request, response) => {
    const path = new URL(request.url ?? "/", "http://sandbox").pathname;
    if (path === "/clock") {
      sendJson(response, 200, { now: clock.now ?? new Date().toISOString() });
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
