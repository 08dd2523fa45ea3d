import type { Database } from "#src/db/open.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Log } from "#src/lib/log.ts";

/** What machines' requests are answered with: one workspace, whoever holds its token. */
export interface IntakeContext {
  db: Database;
  teamId: TeamId;
  /** The service's time, asked once for this request. */
  now: Date;
  log: Log;
  settings: LedgerSettings;
}

/** A request as a route sees it: authorized, of a size that it allows, unpacked. */
export interface IntakeRequest {
  /** To be read before the first await: its memory is given back then, and it is empty. */
  body: Buffer;
  /** Lower case, without parameters: "application/json". */
  contentType: string;
  query: URLSearchParams;
}

/** What it is answered. */
export interface IntakeAnswer {
  status: number;
  contentType: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

/** One endpoint of machines. `answer` reads the body at once, and throws only what is a bug, or TransientError where the database is away. */
export interface Route {
  path: string;
  contentTypes: readonly string[];
  /** Of the unpacked body. */
  bytesAtMost: number;
  answer(ctx: IntakeContext, request: IntakeRequest): Promise<IntakeAnswer>;
  /** How an error is told to this kind of sender: OTLP has a form of its own. Absent: as JSON. */
  refuse?(status: number, message: string, contentType: string): IntakeAnswer;
}

/** An answer as JSON. */
export function answerJson(status: number, body: unknown): IntakeAnswer {
  return { status, contentType: "application/json; charset=utf-8", body: JSON.stringify(body) };
}
