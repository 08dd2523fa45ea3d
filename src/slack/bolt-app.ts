import { App, type AppOptions, type ReceiverEvent } from "@slack/bolt";
import { TransientError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import type { InFlight } from "./in-flight.ts";

/**
 * Bolt, with every ack held until the listeners are done, and none where they failed. Bolt itself acks
 * events before their listeners run, so that a crash loses them; `processBeforeResponse` mends that for
 * HTTP alone. Whoever delivered the request learns of a failure by a throw.
 */
export class HoldingApp extends App {
  readonly #inFlight: InFlight;
  readonly #log: Log;
  #isStopping = false;

  constructor(options: AppOptions, parts: { inFlight: InFlight; log: Log }) {
    super(options);
    this.#inFlight = parts.inFlight;
    this.#log = parts.log;
    // an error that is only logged here turns into a 200, and the request is lost without a word
    this.error(async (error) => {
      throw error;
    });
  }

  /** From now on nothing is taken: Slack delivers events again, people press again. */
  refuseAll(): void {
    this.#isStopping = true;
  }

  override processEvent(event: ReceiverEvent): Promise<void> {
    return this.#inFlight.track(async () => {
      if (this.#isStopping) {
        throw new TransientError("stopping", "the bot is stopping", { isAmbiguous: false });
      }
      let held: { answer: unknown } | undefined;
      await super.processEvent({
        ...event,
        ack: async (answer) => {
          held ??= { answer };
        },
      });
      // an ack all the same: nobody would listen to it the next time either
      if (!held) this.#log.warn({ type: typeOf(event) }, "nobody listens to this");
      await event.ack(held?.answer);
    });
  }
}

function typeOf({ body }: ReceiverEvent): string {
  return String(body["event"]?.type ?? body["type"] ?? "unknown");
}
