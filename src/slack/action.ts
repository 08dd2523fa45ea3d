import type { KnownBlock, ModalView } from "@slack/types";
import type { Context } from "#src/usecases/context.ts";
import type { OpenForm } from "#views/open-form.ts";
import type { Values } from "#views/values.ts";

/** A button that was pressed, or an option that was chosen, in a message or in a form. */
export interface ActionRequest {
  /** A button's value, or the chosen option's. */
  value: string | undefined;
  blockId: string;
  channelId: string | undefined;
  /** Of the message, also of one that only this person sees; absent in a form. */
  messageTs?: string;
  /** What the form holds so far, where it happened in one. */
  values: Values;
  /** The form's own metadata. */
  metadata: string;
  /** The form itself, as Slack sent it back; absent where it happened in a message. */
  view?: OpenForm;
}

/** What follows: a form (pushed where one is open), the open form drawn anew, a sentence for the person alone, or nothing. */
export type ActionAnswer =
  | { kind: "modal"; view: ModalView }
  | { kind: "updateView"; view: ModalView }
  | { kind: "ephemeral"; text: string; blocks?: KnownBlock[] }
  | { kind: "none" };

export interface Action {
  actionId: string;
  handle(ctx: Context, request: ActionRequest): Promise<ActionAnswer>;
}
