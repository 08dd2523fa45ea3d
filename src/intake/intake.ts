import type { IncomingMessage, ServerResponse } from "node:http";
import { toAppError } from "#src/db/errors.ts";
import { ConflictError, TransientError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import { ok } from "#src/lib/result.ts";
import { bearerCheck } from "./auth.ts";
import {
  letGo,
  noRoom,
  passBy,
  readBody,
  type Refusal,
  retrySoon,
  tooLarge,
  unpack,
} from "./body.ts";
import { Budget, type Lease, UnpackingRoom } from "./room.ts";
import { answerJson, type IntakeAnswer, type IntakeContext, type Route } from "./route.ts";

export interface IntakeParts {
  /** Whoever holds it may send; none: nobody may. */
  token: string | undefined;
  routes: readonly Route[];
  context(): Promise<IntakeContext>;
  log: Log;
  limits?: Partial<IntakeLimits>;
}

/** What all requests together may take. */
export interface IntakeLimits {
  /** How long a sender may take for its body. */
  readWithinMs: number;
  /** Bodies as they were sent, of all requests that are open. */
  sentBytes: number;
  /** Bodies that are unpacked and being answered, before one more is unpacked. */
  unpackedBytes: number;
}

const usualLimits: IntakeLimits = {
  readWithinMs: 30_000,
  sentBytes: 28 * 1024 * 1024,
  unpackedBytes: 8 * 1024 * 1024,
};

/** What a request holds at least, so that very many small ones count too. */
const leaseBytesMin = 64 * 1024;
/** What of a request that was turned away is still read, so that its sender comes to read the answer. */
const passedBy = { bytesAtMost: 1024 * 1024, withinMs: 2_000 };

/** Answers a request if it is one of ours and returns true; returns false without touching it otherwise. */
type Intake = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The door for machines: the paths of its routes below `/v1/`. Whoever has no token is turned away before a
 * byte of the body is read; method, type, packing and size are looked at before the body is read; what all
 * requests hold together is bounded. Without a token configured every path below `/v1/` is 404.
 */
export function createIntake(parts: IntakeParts): Intake {
  const limits = { ...usualLimits, ...parts.limits };
  const door: Door = {
    parts,
    limits,
    isAuthorized: parts.token === undefined ? undefined : bearerCheck(parts.token),
    budget: new Budget(limits.sentBytes),
    room: new UnpackingRoom(limits.unpackedBytes),
  };
  return (request, response) => {
    const { path, query } = addressOf(request);
    if (!path.startsWith("/v1/")) return false;
    const { isAuthorized } = door;
    if (!isAuthorized) {
      turnAway(request, response, answerOf(closed));
      return true;
    }
    const route = parts.routes.find((one) => one.path === path);
    if (!route) return false;
    const type = contentTypeOf(request);
    const refusal = firstFault(route, request, type, isAuthorized);
    if (refusal) turnAway(request, response, answerOf(refusal, route, type));
    // only what is wrong with the connection itself gets here
    else take(door, { route, request, response, query, type }).catch(() => response.destroy());
    return true;
  };
}

interface Door {
  parts: IntakeParts;
  limits: IntakeLimits;
  isAuthorized: ((authorization: string | undefined) => boolean) | undefined;
  budget: Budget;
  room: UnpackingRoom;
}
interface Delivery {
  route: Route;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  type: string;
}

const closed: Refusal = {
  status: 404,
  message:
    "This bot takes nothing from machines yet. Set FAULTLINE_INTAKE_TOKEN where it runs, and start it again.",
};

/** What can be said before the body is read: undefined where nothing is wrong. */
function firstFault(
  route: Route,
  request: IncomingMessage,
  type: string,
  isAuthorized: (authorization: string | undefined) => boolean,
): Refusal | undefined {
  const { headers } = request;
  if (!isAuthorized(headers.authorization)) {
    return {
      status: 401,
      message:
        "The token is missing or wrong. Send the header Authorization: Bearer, followed by the token that the bot was started with.",
      headers: { "www-authenticate": "Bearer" },
    };
  }
  if (request.method !== "POST") {
    return { status: 405, message: "Send it with the method POST.", headers: { allow: "POST" } };
  }
  if (!route.contentTypes.includes(type)) {
    const known = route.contentTypes.join(", ");
    return { status: 415, message: `The content type is not known here. Send one of ${known}.` };
  }
  const encoding = encodingOf(request);
  if (encoding !== "gzip" && encoding !== "identity") {
    return {
      status: 415,
      message: "The content encoding is not known here. Send gzip, or the body as it is.",
    };
  }
  if (declaredBytes(request) > route.bytesAtMost) return tooLarge(route.bytesAtMost);
  return undefined;
}

/** Reads, unpacks, answers. Rejects where the connection breaks. */
async function take(door: Door, delivery: Delivery): Promise<void> {
  const { route, request, response, type } = delivery;
  using lease = door.budget.take(Math.max(declaredBytes(request), leaseBytesMin));
  if (!lease) return turnAway(request, response, answerOf(noRoom, route, type));
  const sent = await readBody(request, {
    bytesAtMost: route.bytesAtMost,
    withinMs: door.limits.readWithinMs,
    lease,
  });
  if (!sent.ok) return turnAway(request, response, answerOf(sent.error, route, type));
  send(response, await answerUnpacked(door, delivery, { body: sent.value, lease }));
}

/** A body as it was sent, and its share of the budget. */
interface Sent {
  body: Buffer;
  lease: Lease;
}

async function answerUnpacked(door: Door, delivery: Delivery, sent: Sent): Promise<IntakeAnswer> {
  const { route, type } = delivery;
  try {
    const context = await door.parts.context();
    await door.room.enter();
    return await answerInTurn(door, delivery, sent, context);
  } catch (error) {
    return answerOf(faultOf(error, door.parts.log, route), route, type);
  }
}

/** Has a turn in the room, and ends it. */
async function answerInTurn(
  door: Door,
  { route, request, query, type }: Delivery,
  { body: sent, lease }: Sent,
  context: IntakeContext,
): Promise<IntakeAnswer> {
  const isPacked = encodingOf(request) === "gzip";
  const unpacked = isPacked ? await unpack(sent, route.bytesAtMost) : ok(sent);
  if (isPacked) letGo(sent);
  if (!unpacked.ok) {
    door.room.leave(0);
    return answerOf(unpacked.error, route, type);
  }
  const body = unpacked.value;
  const { length } = body;
  const answering = Promise.try(() => route.answer(context, { body, contentType: type, query }));
  // the route has read it by now, and the next one may be unpacked while what this one says is saved
  letGo(body);
  lease.keepsOnly(leaseBytesMin);
  const stay = door.room.leave(length);
  try {
    return await answering;
  } finally {
    stay[Symbol.dispose]();
  }
}

/** A database that is away is worth another try; anything else is a bug, of which nothing is told. */
function faultOf(thrown: unknown, log: Log, { path }: Route): Refusal {
  const error = toAppError(thrown);
  if (error instanceof TransientError || error instanceof ConflictError) {
    log.warn({ path, code: error.code }, "what a machine sent could not be saved now");
    return {
      status: 503,
      message: "It could not be saved just now. Send the same again in a few seconds.",
      headers: retrySoon,
    };
  }
  log.error({ err: error, path }, "a request of a machine failed");
  return {
    status: 500,
    message: "Something is wrong on our side, and it was not saved. The log of the bot says more.",
  };
}

function answerOf(refusal: Refusal, route?: Route, type = ""): IntakeAnswer {
  const { status, message, headers } = refusal;
  const answer = route?.refuse?.(status, message, type) ?? answerJson(status, { error: message });
  return headers ? { ...answer, headers: { ...answer.headers, ...headers } } : answer;
}

/** Answers without having read the body. */
function turnAway(request: IncomingMessage, response: ServerResponse, answer: IntakeAnswer): void {
  send(response, answer);
  passBy(request, passedBy);
}

function send(
  response: ServerResponse,
  { status, contentType, body, headers }: IntakeAnswer,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

function addressOf({ url = "" }: IncomingMessage): { path: string; query: URLSearchParams } {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  return { path, query: new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1)) };
}

function contentTypeOf({ headers }: IncomingMessage): string {
  return headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
}

function encodingOf({ headers }: IncomingMessage): string {
  return headers["content-encoding"]?.trim().toLowerCase() || "identity";
}

/** 0 where the sender does not say. */
function declaredBytes({ headers }: IncomingMessage): number {
  return Number(headers["content-length"] ?? 0);
}
