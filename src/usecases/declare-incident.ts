import { beginRequest, insertIncident, takeIncidentNumber } from "#src/db/create-incident.ts";
import { writeEffects } from "#src/db/effects.ts";
import { findPeople } from "#src/db/people.ts";
import { findIncidentBySource } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { listServiceOwners, listServices } from "#src/db/services.ts";
import { declaredAlready, decideDeclare } from "#src/domain/declare.ts";
import type { DeclareInput } from "#src/domain/inputs.ts";
import { mayDeclare } from "#src/domain/policy.ts";
import { err, ok } from "#src/lib/result.ts";
import { asReplayed, inTransaction, retryOnConflict } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Declares an incident: its number, its owners as the service names them today, its first strand, and the channel to come. */
export const declareIncident: UseCase<DeclareInput> = (ctx, input) =>
  retryOnConflict(() =>
    inTransaction(ctx, async (trx) => {
      const { teamId, userId } = ctx.actor;
      const request = { key: ctx.requestKey, teamId, userId };
      const seenOutcome = await beginRequest(trx, request);
      if (seenOutcome) return ok(asReplayed(seenOutcome));

      const people = await findPeople(trx, teamId, [userId]);
      const denied = mayDeclare(people.get(userId));
      if (denied) {
        await writeEffects(trx, [{ name: "look-up-person", incidentId: null, userId }]);
        await trx.deleteFrom("request").where("key", "=", ctx.requestKey).execute();
        return err(denied);
      }

      const declared = input.source && (await findIncidentBySource(trx, teamId, input.source));
      if (declared) {
        await trx.deleteFrom("request").where("key", "=", ctx.requestKey).execute();
        return ok(declaredAlready(declared));
      }

      const services = await listServices(trx, teamId);
      const service =
        input.serviceName === null
          ? services.find((candidate) => candidate.isDefault)
          : services.find((candidate) => candidate.name === input.serviceName);
      const owners = service ? await listServiceOwners(trx, teamId, service.name) : [];
      const { incidentId, number } = await takeIncidentNumber(trx, teamId);
      const { incident, strand, decision } = decideDeclare(
        input,
        { userId, now: ctx.now },
        { incidentId, number, teamId, owners, serviceName: service?.name ?? null },
      );
      await insertIncident(trx, incident, owners, strand);
      await saveDecision(trx, {
        ...decision,
        incidentId,
        now: ctx.now,
        request: { ...request, outcome: decision.outcome },
      });
      return ok(decision.outcome);
    }),
  );
