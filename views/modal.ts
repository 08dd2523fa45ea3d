import type { ModalView } from "@slack/types";
import type { Result } from "#src/lib/result.ts";
import type { Values } from "./values.ts";

/** One modal, pure in both directions. Its callback_id is its file's name. */
export interface Modal<Props, Input> {
  callbackId: string;
  /** The form for these props; never exceeds a limit of Slack's, whatever the props hold. */
  render(props: Props): ModalView;
  /** What was submitted, or an error for each field that is wrong, keyed by block_id. */
  parse(values: Values, metadata: string): Result<Input, FieldErrors>;
}

/** block_id of an input block → what is wrong with it and what to do, one sentence. */
export type FieldErrors = Record<string, string>;
