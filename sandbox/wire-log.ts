import type { Changes } from "./changes.ts";
import type { BlockKitFault, WireCall } from "./protocol.ts";
import type { Delivery } from "./screen.ts";

/** So many characters of a request, a payload or an answer are kept. */
const maxText = 20_000;
/** So many of the last calls keep what was sent; the calls themselves are all kept. */
const maxRequests = 500;
const maxDeliveries = 1_000;

export interface Wire {
  calls: WireCall[];
  blockKitFaults: BlockKitFault[];
  deliveries: Delivery[];
}

/** What went over the wire, in both directions, in the order in which it began or was answered. */
export interface WireLog {
  addCall(call: WireCall): void;
  addFault(fault: BlockKitFault): void;
  /** Takes note of something that is being told to the bot; the function it returns, of how that ended. */
  addDelivery(delivery: Omit<Delivery, "id" | "outcome">): (end: DeliveryEnd) => void;
  /** All that is kept, or so many of the last calls and deliveries. */
  read(last?: number): Wire;
}
type DeliveryEnd = Pick<Delivery, "outcome" | "status" | "ms" | "answer">;

/** An empty log; `changes` hears of every entry. */
export function createWireLog(changes: Changes): WireLog {
  const wire: Wire = { calls: [], blockKitFaults: [], deliveries: [] };
  let count = 0;
  return {
    addCall(call) {
      wire.calls.push({ id: `C${wire.calls.length + 1}`, ...call });
      delete wire.calls.at(-1 - maxRequests)?.request;
      changes.bump("wire");
    },
    addFault(fault) {
      wire.blockKitFaults.push(fault);
      changes.bump("wire");
    },
    addDelivery(begun) {
      count += 1;
      const delivery: Delivery = { id: `D${count}`, ...begun, outcome: "waiting" };
      wire.deliveries.push(delivery);
      if (wire.deliveries.length > maxDeliveries) wire.deliveries.shift();
      changes.bump("wire");
      return (end) => {
        Object.assign(delivery, end);
        changes.bump("wire");
      };
    },
    read(last = Number.POSITIVE_INFINITY) {
      const { calls, blockKitFaults, deliveries } = wire;
      const from = (list: unknown[]) => Math.max(0, list.length - last);
      return structuredClone({
        calls: calls.slice(from(calls)),
        blockKitFaults,
        deliveries: deliveries.slice(from(deliveries)),
      });
    },
  };
}

/** As it is shown: a text as it is, anything else as JSON; the end of a long one is cut off. */
export function asWireText(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return text.slice(0, maxText);
}
