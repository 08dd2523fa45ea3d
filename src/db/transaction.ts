import { CompiledQuery } from "kysely";
import { escapeLiteral } from "pg";
import type { IncidentId } from "#src/domain/incident.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import { beginLockAndRead } from "./for-decision.ts";
import { type DecisionBasis, readBasis } from "./incidents.ts";
import type { Database, Trx } from "./open.ts";

/**
 * Runs `work` in a transaction that holds the incident's lock from its first statement on, with what a
 * decision about it needs, read under the lock: `begin`, the lock and the read go out as one message,
 * two round trips less for every form that is submitted. `no key`: rows that only refer to the incident
 * (who joined its channel) may be written meanwhile. Where there is no such incident nothing is locked
 * and `basis` is undefined. What `work` throws rolls back.
 */
export async function withIncidentLocked<Value>(
  db: Database,
  by: { incidentId: IncidentId; teamId: TeamId; userId: UserId; requestKey: string },
  work: (trx: Trx, basis: DecisionBasis | undefined) => Promise<Value>,
): Promise<Value> {
  return db.connection().execute(async (connection) => {
    const run = (text: string) =>
      connection.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text));
    // a message of several statements takes no parameters: the id is a number and stays one, the texts are escaped
    const id = String(Math.trunc(by.incidentId));
    const literals = [by.teamId, by.userId, by.requestKey].map((text) => escapeLiteral(text));
    try {
      const read = await run(beginLockAndRead(id, literals));
      // within this connection every statement is part of the transaction
      const value = await work(connection as unknown as Trx, readBasis(read.rows[0]));
      await run("commit");
      return value;
    } catch (error) {
      // also where the lock was not had in time: the connection goes back into the pool outside of any
      // transaction. One that is lost has rolled back by itself; the first error is the one that matters
      await run("rollback").catch(() => undefined);
      throw error;
    }
  });
}
