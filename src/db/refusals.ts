import type { Trx } from "./open.ts";

/** Whether this very request was refused and recorded before (it was delivered twice). */
export async function wasRefused(trx: Trx, requestKey: string): Promise<boolean> {
  const row = await trx
    .selectFrom("refusal")
    .select("id")
    .where("requestKey", "=", requestKey)
    .executeTakeFirst();
  return row !== undefined;
}
