import type { AnyBlock } from "@slack/types";
import type { OpenView, SandboxMessage } from "#sandbox/protocol.ts";

/** One payload, and for whom and when it is drawn: what a script hands to render.html. */
export interface Drawing {
  payload: DrawnPayload;
  scheme: "light" | "dark";
  /** The name of the app that posts the message. */
  appName: string;
  zone: string;
  /** ISO 8601; a message is posted then. */
  now: string;
  /** Ids → handles and names, without @ and #. */
  people: Record<string, string>;
  channels: Record<string, string>;
  groups: Record<string, string>;
  /** What is wrong with fields of a form, by block_id. */
  errors?: Record<string, string>;
  trouble?: string;
  /** A form stands open over the page, as in the workspace; otherwise it is part of it. */
  isOpen?: boolean;
  /** Of the form's title, or of a message's headers. */
  headingLevel?: 2 | 3 | 4 | 5;
}

export type DrawnPayload =
  | { kind: "modal"; view: Pick<OpenView, "title" | "submit" | "close" | "blocks"> }
  | { kind: "home"; blocks: AnyBlock[] }
  | { kind: "message"; message: Pick<SandboxMessage, "text" | "blocks"> };
