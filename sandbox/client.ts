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
    submit: (input) => call("submit", input),
    closeView: (input) => call("closeView", input),
    join: (input) => call("join", input),
    leave: (input) => call("leave", input),
    addUser: (input) => call("addUser", input),
    say: (input) => call("say", input),
    state: () => call("state"),
    openView: (input) => call("openView", input),
    wire: () => call("wire"),
    setFaults: (input) => call("setFaults", input),
    setEventCopies: (input) => call("setEventCopies", input),
    setClock: (input) => call("setClock", input),
    settled: () => call("settled"),
  };
}
