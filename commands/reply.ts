import type { KnownBlock, ModalView } from "@slack/types";

/** What a subcommand answers, as data; only `src/slack` knows how Slack is told. */
export type Reply =
  | { kind: "modal"; view: ModalView }
  | { kind: "ephemeral"; text: string; blocks?: KnownBlock[] }
  | { kind: "none" };
