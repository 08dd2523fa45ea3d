import type { SandboxControl } from "./protocol.ts";

/**
 * The control of a sandbox in another process. A call that cannot be done (no such button, no such
 * channel) throws an Error with the sandbox's sentence.
 */
export function connectSandbox(controlUrl: string): SandboxControl {
  const call = async (method: string, input?: unknown) => {
    const response = await fetch(`${controlUrl}/control/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input ?? null),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error((body as { error: string }).error);
    return body as never;
  };
  return {
    connectBot: (input) => call("connectBot", input),
    command: (input) => call("command", input),
    act: (input) => call("act", input),
    shortcut: (input) => call("shortcut", input),
    options: (input) => call("options", input),
    openHome: (input) => call("openHome", input),
    home: (input) => call("home", input),
    submit: (input) => call("submit", input),
    closeView: (input) => call("closeView", input),
    join: (input) => call("join", input),
    leave: (input) => call("leave", input),
    invite: (input) => call("invite", input),
    addUser: (input) => call("addUser", input),
    changeUser: (input) => call("changeUser", input),
    say: (input) => call("say", input),
    upload: (input) => call("upload", input),
    deleteMessage: (input) => call("deleteMessage", input),
    react: (input) => call("react", input),
    unreact: (input) => call("unreact", input),
    pin: (input) => call("pin", input),
    unpin: (input) => call("unpin", input),
    removeBookmark: (input) => call("removeBookmark", input),
    setTopic: (input) => call("setTopic", input),
    archive: (input) => call("archive", input),
    unarchive: (input) => call("unarchive", input),
    state: () => call("state"),
    openView: (input) => call("openView", input),
    screen: (input) => call("screen", input),
    workspace: () => call("workspace"),
    repositories: () => call("repositories"),
    markRead: (input) => call("markRead", input),
    changes: (input) => call("changes", input),
    wire: (input) => call("wire", input),
    setFaults: (input) => call("setFaults", input),
    setEventCopies: (input) => call("setEventCopies", input),
    setEventOrder: (input) => call("setEventOrder", input),
    setRateWindows: (input) => call("setRateWindows", input),
    refreshSockets: () => call("refreshSockets"),
    setClock: (input) => call("setClock", input),
    clock: () => call("clock"),
    settled: () => call("settled"),
  };
}
