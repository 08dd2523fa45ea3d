import type { Mark } from "#src/domain/decision.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { Modal } from "#views/modal.ts";
import { mentionChannel, mrkdwn, section } from "#views/block-kit.ts";
import { modalView } from "#views/inputs.ts";
import { markBlocks } from "#views/mark-blocks.ts";

export interface ReceiptProps {
  /** At most 24 characters. */
  title: string;
  /** What came of it, one sentence. */
  sentence: string;
  /** What is said of it besides, each with its own block_id. */
  marks?: readonly Mark[] | undefined;
  /** A channel to go to, as a link. */
  channelId?: string | undefined;
  /** The incident that the marks' buttons are about. */
  incidentId?: IncidentId | null;
}

/** What a form turns into once it is recorded: a sentence to read, and what the person should know besides. */
export const receiptModal: Pick<Modal<ReceiptProps, never>, "callbackId" | "render"> = {
  callbackId: "receipt",
  render: ({ title, sentence, channelId, marks = [], incidentId = null }) =>
    modalView("receipt", {
      title,
      blocks: [
        section(sentence),
        ...(channelId ? [section(mrkdwn`Go to ${mentionChannel(channelId)}.`)] : []),
        ...marks.flatMap((mark) => markBlocks(mark, incidentId)),
      ],
    }),
};
