/**
 * The floors of `bench -- ack`, as a process of its own: (a) bare Bolt that only acks, and (b) the same
 * with one transaction of three inserts before the ack. Sends its port to its parent.
 */
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

const signingSecret = process.env["BENCH_SIGNING_SECRET"]!;
const isWithTransaction = process.env["BENCH_FLOOR"] === "b";

const receiver = new HTTPReceiver({
  signingSecret,
  logLevel: LogLevel.ERROR,
  processBeforeResponse: true,
});
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  convoStore: false,
  authorize: async () => ({ botToken: "xoxb-bench", botId: "BBOT", botUserId: "UBOT" }),
});
const pool = isWithTransaction
  ? new pg.Pool({ connectionString: process.env["BENCH_DATABASE_URL"], max: 16 })
  : undefined;
await pool?.query(
  "create table if not exists bench_insert (id bigint generated always as identity primary key, kind text, body jsonb)",
);

app.view("answer-layers", async ({ ack, body }) => {
  if (pool) await insertThree(pool, body.view.id);
  await ack();
});

async function insertThree(from: pg.Pool, viewId: string): Promise<void> {
  const client = await from.connect();
  try {
    await client.query("begin");
    for (const kind of ["request", "answer", "timeline"]) {
      await client.query("insert into bench_insert (kind, body) values ($1, $2)", [
        kind,
        { viewId },
      ]);
    }
    await client.query("commit");
  } finally {
    client.release();
  }
}

const server = createServer(receiver.requestListener);
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on("disconnect", () => process.exit(0));
