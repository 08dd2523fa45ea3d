import type { SandboxMessage } from "#sandbox/protocol.ts";
import type { Database } from "#src/db/open.ts";
import type { DeclaredIncident, Desk } from "./desk.ts";

/** A corrective action that may be filed. */
export function anAction(desk: Desk) {
  return {
    title: "Index job fails when it skips a document",
    owner: desk.id("owner_retrieval_data"),
    due_on: "2099-01-31",
    criterion: "The nightly index job exits non-zero when any document is skipped",
    layer: "retrieval_data",
    // else it waits until every layer is answered for (B10)
    immediate_safety: ["now"],
  };
}

/** A lever that the authorizer of S0 is to confirm. */
export function aLever(desk: Desk) {
  return {
    lever: "restrict_triggering",
    authorizer: desk.id("authorizer_business"),
    tradeoff: "Nobody gets an answer",
    revert_condition: "When the index is rebuilt",
  };
}

/** Records one more lever and returns its message in the channel. */
export async function recordLever(
  desk: Desk,
  { channelId }: DeclaredIncident,
): Promise<SandboxMessage> {
  await desk.record("declarer", "stabilize", channelId, aLever(desk));
  await desk.settle();
  const found = (await desk.messages(channelId)).filter(({ blocks }) =>
    blocks.some((block) => block.block_id?.startsWith("lever:LV")),
  );
  return found.at(-1)!;
}

/** How many rows of a table hold these values. */
export async function countRows(
  db: Database,
  table: "incident" | "evidenceItem" | "timelineEntry" | "correctiveAction",
  where: Readonly<Record<string, string | number>>,
): Promise<number> {
  const { ref } = db.dynamic;
  let query = db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as("count"));
  for (const [column, value] of Object.entries(where)) query = query.where(ref(column), "=", value);
  return (await query.executeTakeFirstOrThrow()).count;
}
