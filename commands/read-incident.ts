import { findForDecision } from "#src/db/incidents.ts";
import { findPeople } from "#src/db/people.ts";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { mayDeclare, mayOpenForm, mayRead, mayTakePart } from "#src/domain/policy.ts";
import { requestLookUp } from "#src/usecases/look-up.ts";
import type { Context } from "#src/usecases/context.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Reply } from "./reply.ts";

interface ReadOptions {
  isBlankForm?: boolean;
  /** What only those who take part may see: the hops of a traced request. */
  isForMembers?: boolean;
}

/**
 * The state of an incident for somebody who wants to see it or to open a form about it, or the reply
 * that says why not. Somebody whom we do not know yet is looked up; until then they see nothing of it
 * but a form that starts blank (`isBlankForm`), which they submit once they are known.
 */
export async function readIncident(
  ctx: Context,
  incidentId: IncidentId,
  { isBlankForm = false, isForMembers = false }: ReadOptions = {},
): Promise<Result<IncidentState, Reply>> {
  const { teamId, userId } = ctx.actor;
  const basis = await findForDecision(ctx.db, { incidentId, teamId, userId, requestKey: "" });
  if (!basis || basis.state.incident.teamId !== teamId) {
    return err(
      say(
        `There is no such incident here. \`${ctx.settings.slashCommand} list\` shows the open ones.`,
      ),
    );
  }
  if (!basis.person) await requestLookUp(ctx);
  const may = isForMembers ? mayTakePart : isBlankForm ? mayOpenForm : mayRead;
  const denied = may(basis.person, ctx.actor, basis.state);
  return denied ? err(say(denied.message)) : ok(basis.state);
}

/** As `readIncident`, for forms: a closed incident takes no more of them. */
export async function readOpenIncident(
  ctx: Context,
  incidentId: IncidentId,
  options: { isBlankForm?: boolean } = {},
): Promise<Result<IncidentState, Reply>> {
  const read = await readIncident(ctx, incidentId, options);
  if (read.ok && read.value.incident.status !== "open") {
    return err(
      say(
        `Incident ${read.value.incident.number} is closed, so nothing more can be recorded in it.`,
      ),
    );
  }
  return read;
}

/** An answer that only the person sees. */
export function say(text: string): Reply {
  return { kind: "ephemeral", text };
}

/** The reply that turns away whoever may not see the workspace's incidents, or is not known yet; undefined where they may. */
export async function mayReadList(ctx: Context): Promise<Reply | undefined> {
  const { teamId, userId } = ctx.actor;
  const people = await findPeople(ctx.db, teamId, [userId]);
  const person = people.get(userId);
  if (!person) await requestLookUp(ctx);
  const denied = mayDeclare(person);
  return denied && say(denied.message);
}
