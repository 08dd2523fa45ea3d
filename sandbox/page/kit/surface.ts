import { createContext, useContext } from "react";
import type { OfferedOptions } from "#sandbox/protocol.ts";
import type { SandboxGroup } from "#sandbox/screen.ts";

/** What is put into a field: text, an option's value, an id, a date; a list where several may be chosen. */
export type Given = string | string[] | null;

/** What blocks need to know of where they are shown. Without `act`, buttons are shown and do nothing. */
export interface Surface {
  /** User id → handle, without @. */
  people: ReadonlyMap<string, string>;
  groups: ReadonlyMap<string, SandboxGroup>;
  /** Channel id → name, without #. */
  channels: ReadonlyMap<string, string>;
  /** IANA name of the reader's time zone. */
  zone: string;
  /** What counts as today, by the workspace's clock. */
  now: Date;
  /** A button that is pressed, or a choice that acts at once. */
  act?: (action: { blockId: string; actionId: string; value?: string | string[] }) => void;
  /** `<block_id> <action_id>` of what was pressed and is not answered yet. */
  busy?: string;
  /** Shows a link of the sandbox's own (an issue, a message) in the page; false: the browser opens it. */
  follow?: (url: string) => boolean;
  /** The fields of a form. */
  fields?: Fields;
}

export interface Fields {
  values: Readonly<Record<string, Given>>;
  set: (blockId: string, value: Given) => void;
  /** What is wrong, by block_id. */
  errors: Readonly<Record<string, string>>;
  /** Uploads a file for a `file_input`; its id. */
  upload?: (file: { name: string; mimetype: string; content: string }) => Promise<string>;
  /** What an external_select offers for what is typed into it. */
  options?: (blockId: string, actionId: string, query: string) => Promise<OfferedOptions>;
}

export const SurfaceContext = createContext<Surface>({
  people: new Map(),
  groups: new Map(),
  channels: new Map(),
  zone: "UTC",
  now: new Date(0),
});

/** Where these blocks are shown. */
export function useSurface(): Surface {
  return useContext(SurfaceContext);
}
