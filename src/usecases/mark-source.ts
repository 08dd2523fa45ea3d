import type { MarkSourceInput } from "#src/domain/inputs.ts";
import { scanOf } from "#src/domain/ledger/scan-window.ts";
import { decideMarkSource } from "#src/domain/mark-source.ts";
import { decide } from "./decide.ts";
import { recordChangesIn } from "./record-changes.ts";
import type { UseCase } from "./use-case.ts";

/** R4: marks the change record of layers as complete for the window of an incident, and in the ledger. */
export const markSource: UseCase<MarkSourceInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideMarkSource(state, input, by), {
    attempted: "mark-source",
    keep: async (trx, { incident }) => {
      const { teamId, serviceName: service } = incident;
      // without a service it would be every service's, and what is private stays in the incident
      if (service === null || incident.isPrivate) return;
      const { layers, source } = input;
      const ledger = { teamId, now: ctx.now, settings: ctx.settings.ledger };
      const marks = layers.map((layer) => ({
        service,
        layer,
        ...scanOf(incident),
        source,
        markedBy: ctx.actor.userId,
      }));
      await recordChangesIn(trx, ledger, [], { source: "slack", marks });
    },
  });
