// Effects and handlers that are plain, for tests of what runs them: a person who is looked up, and messages
// that are posted as they are.
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { Database } from "#src/db/open.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Handlers, JobContext } from "#src/jobs/handler.ts";
import { systemClock } from "#src/lib/clock.ts";
import { createLog } from "#src/lib/log.ts";
import type { OutsideSlack } from "./outside.ts";
import { team } from "./support.ts";

const quick = { firstMs: 5, longestMs: 20 };

/** What a worker is started with: no pacing, and short waits between attempts. */
export function optionsOf(db: Database, slack: OutsideSlack, handlers: Handlers = lookUpOnly) {
  const context: JobContext = {
    db,
    slack,
    github: undefined,
    clock: systemClock,
    log: createLog("silent"),
    settings: {
      teamId: team,
      postmortemPath: "postmortems",
      command: "/incident",
      ledger: noLedgerSettings,
    },
  };
  return { context, handlers, pacing: "off" as const, backoff: quick };
}

export const message = { text: "hello", blocks: [] };

/** Asks Slack who the nth person is. */
export function lookUp(nth: number): Effect {
  return { name: "look-up-person", incidentId: null, userId: `U${nth}` as UserId };
}

/** Posts an item of evidence. */
export function evidence(incidentId: IncidentId, evidenceNumber: number): Effect {
  return { name: "post-message", incidentId, message: { kind: "evidence", evidenceNumber } };
}

/** The number of the item of evidence that is posted; 0 for anything else. */
export function numberOf(effect: Effect): number {
  if (effect.name !== "post-message" || effect.message.kind !== "evidence") return 0;
  return effect.message.evidenceNumber;
}

type Post = (slack: OutsideSlack, ctx: { effectId: string }, effect: Effect) => Promise<unknown>;

/** Handlers whose messages are plain; what real ones render is tested with them. */
export function postingHandlers(
  post: Post = (slack, ctx, effect) =>
    slack.postMessage("C1", { text: `evidence ${numberOf(effect)}`, blocks: [] }, ctx.effectId),
): Handlers {
  return {
    ...lookUpOnly,
    "post-message": {
      async find(ctx) {
        const ts = await ctx.slack.findMessage("C1", ctx.effectId, ctx.writtenAt);
        return ts === undefined ? undefined : { outcome: { found: true } };
      },
      async run(ctx, effect) {
        await post(ctx.slack as OutsideSlack, ctx, effect);
        return { outcome: {} };
      },
    },
  };
}

const never = { run: () => Promise.reject(new Error("not in this test")) };
const lookUpOnly: Handlers = {
  // a declaration always has it
  "find-similar": { run: async () => ({ outcome: {} }) },
  "read-ledger": { run: async () => ({ outcome: {} }) },
  "note-reopened": never,
  "draw-changes": never,
  "announce-change": never,
  "read-figures": never,
  "create-channel": never,
  "set-topic": never,
  "invite-people": never,
  "post-message": never,
  "pin-panel": never,
  "file-issue": never,
  "propose-postmortem": never,
  "sync-members": never,
  "add-bookmarks": never,
  "capture-message": never,
  "attach-postmortem": never,
  "repair-incident": never,
  "archive-channel": never,
  "close-on-github": never,
  "publish-home": never,
  "look-up-person": {
    async run(ctx, effect) {
      await ctx.slack.findUser(effect.userId);
      return { outcome: {} };
    },
  },
};
