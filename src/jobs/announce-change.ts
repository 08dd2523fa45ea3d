import { findChangedPin } from "#src/db/changed-pin.ts";
import { listWindowChanges } from "#src/db/version-report.ts";
import type { Effect } from "#src/domain/effect.ts";
import {
  type LedgerChange,
  ledgerNamesOf,
  type LedgerSettings,
} from "#src/domain/ledger/ledger.ts";
import { servicesOf } from "#src/domain/ledger/services-of.ts";
import { renderUndeclaredChange } from "#views/messages/undeclared-change.ts";
import { findDestinations } from "./destinations.ts";
import type { AttemptContext, Handler } from "./handler.ts";
import { joinToPost } from "./join-to-post.ts";

type AnnounceChange = Extract<Effect, { name: "announce-change" }>;

/** Telemetry that is sent in afterwards is no news: what began longer ago is not announced. */
const newsMs = 7 * 86_400_000;

/**
 * Says once, where the service's incidents are announced, that a pin changed and nobody declared it. What
 * was declared by the time it would be posted is not announced.
 */
export const announceChange: Handler<AnnounceChange> = {
  async find(ctx, { intervalId }) {
    const seen = await findChangedPin(ctx.db, ctx.settings.teamId, intervalId);
    const channelId = seen && (await findChannel(ctx, seen.service));
    if (channelId === undefined) return undefined;
    await joinToPost(ctx, channelId);
    const ts = await ctx.slack.findMessage(channelId, ctx.effectId, ctx.writtenAt);
    return ts === undefined ? undefined : { outcome: { channelId, ts } };
  },
  async run(ctx, { intervalId }) {
    const { teamId, ledger, command } = ctx.settings;
    const seen = await findChangedPin(ctx.db, teamId, intervalId);
    if (!seen) return { outcome: { skipped: "no_longer_kept" } };
    if (ctx.now.getTime() - seen.firstSeenAt.getTime() > newsMs)
      return { outcome: { skipped: "old" } };
    const change = await findUndeclared(ctx, seen, intervalId);
    if (!change) return { outcome: { skipped: "declared" } };
    const channelId = await findChannel(ctx, seen.service);
    if (channelId === undefined) return { outcome: { skipped: "no_channel" } };
    await joinToPost(ctx, channelId);
    const message = renderUndeclaredChange(change, {
      telemetryName: seen.service,
      service: productOf(ledger, seen.service),
      botCommand: command,
    });
    const ts = await ctx.slack.postMessage(channelId, message, ctx.effectId);
    return { outcome: { channelId, ts } };
  },
};

/** The change as the ledger tells it now; undefined where a declaration stands beside it. */
async function findUndeclared(
  ctx: AttemptContext,
  { service, firstSeenAt }: { service: string; firstSeenAt: Date },
  intervalId: number,
): Promise<LedgerChange | undefined> {
  const { teamId, ledger } = ctx.settings;
  const found = await listWindowChanges(ctx.db, {
    teamId,
    // it may be declared under any name of the service
    names: ledgerNamesOf(ledger, productOf(ledger, service)),
    window: { from: firstSeenAt, to: firstSeenAt },
  });
  return found.find(({ key, isDeclared }) => key === `pin:${intervalId}` && !isDeclared);
}

async function findChannel(ctx: AttemptContext, service: string): Promise<string | undefined> {
  const { teamId, ledger } = ctx.settings;
  const serviceName = productOf(ledger, service);
  return (await findDestinations(ctx.db, ctx.settings, { teamId, serviceName })).announceChannel;
}

/** The service as people call it, whose changes are announced; telemetry's own name where none is set up. */
function productOf(settings: LedgerSettings, telemetryName: string): string {
  const announcing = settings.services
    .filter(({ announcesUndeclared }) => announcesUndeclared)
    .map(({ name }) => name);
  return servicesOf(settings, announcing, telemetryName)[0] ?? telemetryName;
}
