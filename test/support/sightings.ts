import type { LayerId } from "#src/domain/layers/index.ts";
import type { PinSighting, SeenPin, ServiceSightings } from "#src/domain/ledger/ledger.ts";

/** One request of a service: when, and what its spans carried. */
export interface RequestSeen {
  at: Date;
  traceId: string;
  pins: readonly SeenPin[];
}

/** Folds requests into what one delivery says of a service. */
export function sightingsOf(service: string, requests: readonly RequestSeen[]): ServiceSightings {
  const pins = new Map<string, PinSighting>();
  for (const { at, traceId, pins: seen } of requests) {
    for (const pin of seen) {
      const key = `${pin.pin} ${pin.value}`;
      const known = pins.get(key);
      pins.set(key, {
        ...pin,
        firstAt: known && known.firstAt < at ? known.firstAt : at,
        lastAt: known && known.lastAt > at ? known.lastAt : at,
        requests: (known?.requests ?? 0) + 1,
        traceIds: [...(known?.traceIds ?? []), traceId].slice(0, 3),
      });
    }
  }
  const times = requests.map(({ at }) => at.getTime());
  return {
    service,
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(Math.max(...times)),
    requests: requests.length,
    pins: [...pins.values()],
  };
}

/** A pin as a span carries it. */
export function seenPin(
  pin: string,
  layer: LayerId,
  value: string,
  more: Partial<SeenPin> = {},
): SeenPin {
  return { pin, layer, value, isDerived: false, source: `attr.${pin}`, ...more };
}
