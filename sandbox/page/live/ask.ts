import type { SandboxControl } from "#sandbox/protocol.ts";
import type { DeskRequests } from "./topics.ts";

/** What people do, as the sandbox has it; the page server hands these on and no other. */
export type PersonMethod =
  | "command"
  | "act"
  | "shortcut"
  | "options"
  | "openHome"
  | "submit"
  | "closeView"
  | "join"
  | "leave"
  | "invite"
  | "say"
  | "upload"
  | "deleteMessage"
  | "react"
  | "unreact"
  | "pin"
  | "unpin"
  | "removeBookmark"
  | "setTopic"
  | "archive"
  | "unarchive"
  | "markRead";

/** Does what a person does. Throws an Error with a sentence where it cannot be done. */
export function person<Method extends PersonMethod>(
  method: Method,
  input: Parameters<SandboxControl[Method]>[0],
): ReturnType<SandboxControl[Method]> {
  return post(`/control/${method}`, input) as ReturnType<SandboxControl[Method]>;
}

/** Asks the page server for something. Throws an Error with a sentence where it cannot be done. */
export async function desk<Name extends keyof DeskRequests>(
  name: Name,
  input: DeskRequests[Name],
): Promise<void> {
  await post(`/desk/${name}`, input);
}

async function post(path: string, input: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input ?? null),
    });
  } catch (error) {
    throw new Error("The sandbox does not answer. Is it still running?", { cause: error });
  }
  const body: unknown = await response.json();
  if (response.ok) return body;
  throw new Error((body as { error?: string }).error ?? "The sandbox could not do this.");
}
