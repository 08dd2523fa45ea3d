import { CompiledQuery } from "kysely";
import type { IncidentId } from "#src/domain/incident.ts";
import type { Database, Trx } from "./open.ts";

/**
 * Runs `work` in a transaction that holds the incident's lock from its first statement on: `begin` and
 * the lock go out as one message, one round trip less for every form that is submitted. `no key`: rows
 * that only refer to the incident (who joined its channel) may be written meanwhile. Where there is
 * no such incident nothing is locked, and what `work` reads shows it. What it throws rolls back.
 */
export async function withIncidentLocked<Value>(
  db: Database,
  incidentId: IncidentId,
  work: (trx: Trx) => Promise<Value>,
): Promise<Value> {
  return db.connection().execute(async (connection) => {
    const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text));
    try {
      // a message of several statements takes no parameters: the id is a number, and stays one
      await run(
        `begin; select id from incident where id = ${Math.trunc(incidentId)} for no key update`,
      );
      // within this connection every statement is part of the transaction
      const value = await work(connection as unknown as Trx);
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
