import type { Modal } from "#views/modal.ts";
import { section } from "#views/block-kit.ts";
import { modalView } from "#views/inputs.ts";

export interface ReceiptProps {
  /** At most 24 characters. */
  title: string;
  /** What came of it, one sentence. */
  sentence: string;
}

/** What a form turns into once it is recorded: one sentence to read, nothing to fill in. */
export const receiptModal: Pick<Modal<ReceiptProps, never>, "callbackId" | "render"> = {
  callbackId: "receipt",
  render: ({ title, sentence }) => modalView("receipt", { title, blocks: [section(sentence)] }),
};
