import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { EffectRow } from "#sandbox/page/live/topics.ts";

/** Reads the bot's effects while somebody looks at them. */
export interface EffectsReader {
  stop(): Promise<void>;
}

export interface EffectsOptions {
  /** Address of the bot's database; undefined where it is not known (yet). */
  databaseUrl(): Promise<string | undefined>;
  isWatched(): boolean;
  /** Told what it read; what was told last stays true for whoever looks while the database is away. */
  onRows(rows: EffectRow[]): void;
}

/** Looks twice a second, in transactions that can only read; connects again after a restart. */
export function readEffects(options: EffectsOptions): EffectsReader {
  const over = new AbortController();
  const running = run(options, over.signal);
  return {
    stop() {
      over.abort();
      return running;
    },
  };
}

async function run(options: EffectsOptions, over: AbortSignal): Promise<void> {
  let client: Client | undefined;
  while (!over.aborted) {
    if (options.isWatched()) {
      try {
        client ??= await connect(await options.databaseUrl());
        if (client) options.onRows(await readRows(client));
      } catch {
        // the bot or its database is away, or has no tables yet: the next look tries again
        void client?.end().catch(() => undefined);
        client = undefined;
      }
    }
    await pause(everyMs, undefined, { ref: false, signal: over }).catch(() => undefined);
  }
  await client?.end().catch(() => undefined);
}

const everyMs = 500;
const rowsAtMost = 200;

async function connect(url: string | undefined): Promise<Client | undefined> {
  if (url === undefined) return undefined;
  const client = new Client({
    connectionString: url,
    application_name: "faultline sandbox page",
    options: "-c default_transaction_read_only=on",
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** The newest ones and all that is not over, oldest first. */
async function readRows(client: Client): Promise<EffectRow[]> {
  const { rows } = await client.query<EffectRow>(
    `select id, position::integer as position, name, key, incident_id as "incidentId", lane, state,
        attempts, last_error as "lastError", ${iso("written_at")} as "writtenAt",
        ${iso("due_at")} as "dueAt", ${iso("done_at")} as "doneAt"
      from effect
      where effect.state not in ('done', 'dead')
        or effect.position in (select newest.position from effect newest order by newest.position desc limit ${rowsAtMost})
      order by effect.position`,
  );
  return rows;
}

function iso(column: string): string {
  return `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The address of the embedded database in a bot's data folder; undefined before there is one. */
export async function embeddedUrl(dataDir: string): Promise<string | undefined> {
  // as root, the database may be kept elsewhere, and a note says where
  const noted = await readFile(join(dataDir, "postgres-location"), "utf8").catch(() => undefined);
  const home = noted?.trim() ?? join(dataDir, "postgres");
  try {
    const text = await readFile(join(home, "cluster", "access.json"), "utf8");
    const { password, port } = JSON.parse(text) as { password: string; port?: number };
    if (port === undefined) return undefined;
    return `postgresql://faultline:${password}@127.0.0.1:${port}/faultline`;
  } catch {
    return undefined;
  }
}
