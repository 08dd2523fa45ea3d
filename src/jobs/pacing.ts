import {
  BurstyRateLimiter,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterLike,
} from "rate-limiter-flexible";
import type { Pace } from "#src/db/effect-claims.ts";
import type { Trx } from "#src/db/open.ts";
import { bucketClient, tokenBuckets } from "#src/db/token-buckets.ts";
import { type Effect, effectKey, effectLane } from "#src/domain/effect.ts";

/** How fast we call; the buckets are shared by all processes on one database. */
export interface PacingSettings {
  /** Messages a channel takes at once before it is one a second (each minute anew). */
  slackBurst: number;
  slackPerSecond: number;
  /** Creations an owner takes in a minute. */
  githubPerMinute: number;
  /** How often one message is written, posting included. */
  updatesPerSecond: number;
}

/**
 * Slack takes about one message a second and channel, with short bursts
 * (https://docs.slack.dev/apis/web-api/rate-limits); GitHub about 80 creations a minute
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
export const defaultPacing: PacingSettings = {
  slackBurst: 10,
  slackPerSecond: 1,
  githubPerMinute: 80,
  updatesPerSecond: 1,
};

/** A Slack on this machine is a sandbox: its channels take what they are sent, one message still once a second. */
const sandboxPacing: PacingSettings = { ...defaultPacing, slackBurst: 1_000, slackPerSecond: 100 };

/** The pacing for the Slack at this address. */
export function pacingFor(slackApiUrl: string): PacingSettings {
  const { hostname } = new URL(slackApiUrl);
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ? sandboxPacing : defaultPacing;
}

/**
 * The waiting time before an effect's turn: takes a token where there is one. It counts on the
 * transaction that claims the effect, so a claim that fails takes no token.
 */
export function createPace(settings: PacingSettings, ownerOf: OwnerOf): Pace {
  return async (trx, effect) => {
    const bucket = (name: string, points: number, seconds: number): RateLimiterLike =>
      new RateLimiterPostgres({
        storeClient: bucketClient(trx),
        storeType: "client",
        schemaName: tokenBuckets.schema,
        tableName: tokenBuckets.table,
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: seconds,
      });
    if (effect.name === "file-issue" || effect.name === "propose-postmortem") {
      const owner = await ownerOf(trx, effect);
      if (owner === undefined) return 0;
      return takeToken(bucket("github", settings.githubPerMinute, 60), owner);
    }
    // the other calls have limits of a method, not of a channel; a 429 tells when one is met
    if (effect.name !== "post-message" && effect.name !== "announce-change") return 0;
    const message = bucket("message", settings.updatesPerSecond, 1);
    const waitMs = await takeToken(message, effectKey(effect));
    if (waitMs > 0) return waitMs;
    const channel = new BurstyRateLimiter(
      bucket("slack", settings.slackPerSecond, 1),
      bucket("slack-burst", settings.slackBurst, 60),
    );
    return takeToken(channel, channelBucket(effect));
  };
}

/** Whose GitHub repository an effect is for; undefined where none is set. */
export type OwnerOf = (trx: Trx, effect: Effect) => Promise<string | undefined>;

/** Which channel's bucket: a person's direct messages and the announcements are one each, whatever the incident. */
function channelBucket(
  effect: Extract<Effect, { name: "post-message" | "announce-change" }>,
): string {
  if (effect.name === "announce-change") return "announcement";
  if (effect.message.kind === "announcement") return "announcement";
  if ("userId" in effect.message) return `direct:${effect.message.userId}`;
  return effectLane(effect);
}

/** 0 where there was a token, else after how many milliseconds to ask again. */
async function takeToken(bucket: Pick<RateLimiterLike, "consume">, key: string): Promise<number> {
  try {
    await bucket.consume(key);
    return 0;
  } catch (refusal) {
    // "no" is thrown as a plain value; an error is the database's
    if (refusal instanceof RateLimiterRes) return Math.max(refusal.msBeforeNext, 1);
    throw refusal;
  }
}
