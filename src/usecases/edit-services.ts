import { writeEffects } from "#src/db/effects.ts";
import type { Trx } from "#src/db/open.ts";
import { findPeople } from "#src/db/people.ts";
import {
  getService,
  listAllServiceOwners,
  lockServices,
  saveServiceIfMissing,
  saveServiceOwners,
  updateService,
} from "#src/db/services.ts";
import {
  decideSaveOwners,
  decideSaveService,
  decideTakeFileValue,
  type SaveServiceInput,
  type SaveServiceOwnersInput,
  type ServiceEdit,
  type TakeFileValueInput,
} from "#src/domain/owners/edit-service.ts";
import type { UserId } from "#src/domain/person.ts";
import { mayEditServices } from "#src/domain/policy.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Context } from "./context.ts";
import { readNamed } from "./named-people.ts";
import { inTransaction, retryOnConflict } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Creates a service, or changes what it promises and where its things go. */
export const saveService: UseCase<SaveServiceInput> = (ctx, input) =>
  editService(ctx, input.service.name, async (trx) =>
    decideSaveService(await getService(trx, ctx.actor.teamId, input.service.name), input),
  );

/** Names who owns the layers of a service. People whom we do not know yet are looked up. */
export const saveOwners: UseCase<SaveServiceOwnersInput> = (ctx, input) =>
  editService(ctx, input.serviceName, async (trx) => {
    const { teamId } = ctx.actor;
    const named = input.owners.flatMap((owner) => [owner.userId, owner.standInUserId]);
    const people = await readNamed(ctx, trx, named);
    const service = await getService(trx, teamId, input.serviceName);
    const all = await listAllServiceOwners(trx, teamId, input.serviceName);
    const owners = all.get(input.serviceName) ?? [];
    return decideSaveOwners({ service, owners }, input, people);
  });

/** Makes one value of a service what the services file says of it. */
export const takeFileValue: UseCase<TakeFileValueInput> = (ctx, input) =>
  editService(ctx, input.serviceName, async (trx) =>
    decideTakeFileValue(await getService(trx, ctx.actor.teamId, input.serviceName), input),
  );

/** Decides about one service under the locks of all, and writes it with who did and when. */
async function editService(
  ctx: Context,
  name: string,
  decide: (trx: Trx) => Promise<Result<ServiceEdit, Rejection>>,
) {
  return retryOnConflict(() =>
    inTransaction(ctx, async (trx) => {
      const { teamId, userId } = ctx.actor;
      await lockServices(trx, teamId);
      const people = await findPeople(trx, teamId, [userId]);
      const denied = mayEditServices(people.get(userId));
      if (denied) {
        await lookUp(trx, [userId]);
        return err(denied);
      }
      const decided = await decide(trx);
      if (!decided.ok) return decided;
      const { service, owners, isNew, outcome } = decided.value;
      if (service || owners.length > 0) {
        const { isDefault, ...facts } = service ?? { isDefault: undefined };
        if (service && isNew) {
          await saveServiceIfMissing(trx, teamId, { ...service, isDefault: false });
        }
        await updateService(trx, teamId, name, {
          ...facts,
          ...(isDefault === undefined ? {} : { isDefault }),
          editedAt: ctx.now,
          editedBy: userId,
        });
        await saveServiceOwners(trx, teamId, name, owners);
      }
      return ok(outcome);
    }),
  );
}

async function lookUp(trx: Trx, userIds: readonly UserId[]): Promise<void> {
  await writeEffects(
    trx,
    userIds.map((userId) => ({ name: "look-up-person", incidentId: null, userId })),
  );
}
