import { pinsAtMost, servicesAtMost } from "#src/usecases/record-sightings.ts";
import { deliveryCaps, type Delivered, type RejectionReason } from "./sightings.ts";

/**
 * What the sender is told of what was not taken: how many spans, and why, one sentence a reason; "" where
 * all was taken. What does not fit under a cap is told with 0 rejected spans: the spans count all the same.
 */
export function warningOf({ rejected, overflow, pinsNotKept }: Delivered): {
  rejectedSpans: number;
  message: string;
} {
  const reasons = (Object.entries(rejected) as [RejectionReason, number][]).filter(
    ([, n]) => n > 0,
  );
  const shown = overflow.slice(0, shownAtMost);
  const sentences = [
    ...reasons.map(([reason, n]) => `${n === 1 ? "1 span" : `${n} spans`} ${why[reason]}`),
    ...shown.map(
      ({ service, pin, requests }) =>
        `${service}: ${pin} has too many different values; ${requests} requests carried one that is not kept. Send a version there, not something that differs in every request.`,
    ),
    ...(overflow.length > shown.length
      ? [`${overflow.length - shown.length} more have too many different values.`]
      : []),
    ...pinsNotKept
      .slice(0, shownAtMost)
      .map(
        ({ service, pin }) =>
          `${service}: ${pin} is not kept, as ${pinsAtMost} other versions of this service are. Send names that are the same in every request.`,
      ),
    ...(pinsNotKept.length > shownAtMost
      ? [`${pinsNotKept.length - shownAtMost} more are not kept.`]
      : []),
  ];
  return {
    rejectedSpans: reasons.reduce((sum, [, n]) => sum + n, 0),
    message: sentences.join(" "),
  };
}

const shownAtMost = 5;

/** The rest of a sentence that begins with how many spans. */
const why: Record<RejectionReason, string> = {
  noTraceId: "without a valid trace id: it has 16 bytes, not all of them zero.",
  noStart: "without a start time.",
  tooEarly: "from before the year 2000: the start time is counted in nanoseconds.",
  fromFuture: "from more than 10 minutes in the future: set the clock of the sender.",
  tooManyServices: `of more than ${deliveryCaps.services} services in one request: send fewer at once.`,
  noRoom: `of services that are new: ${servicesAtMost} are kept already, and no more. Give all processes of a service the same service.name.`,
  tooManySpans: `over the ${deliveryCaps.spans} that one request may hold: send smaller batches.`,
};
