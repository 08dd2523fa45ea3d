import { findEffect } from "#src/db/effect-states.ts";
import { decideAddArms } from "#src/domain/add-arms.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { postMessage } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { decide } from "#src/usecases/decide.ts";
import { fileBytesAtMost } from "#views/modals/figures-file.ts";
import { takesTrace, traceBytesAtMost, traceTooLarge } from "#views/modals/trace-fields.ts";
import type { AttemptContext, Handler, JobContext } from "./handler.ts";
import { readCountsFile } from "./read-counts-file.ts";
import { readTraceFile } from "./read-trace-file.ts";

type ReadFigures = Extract<Effect, { name: "read-figures" }>;

/** What came of a file that was not recorded. */
interface Unread {
  /** Why, and what to do: whole sentences. */
  reason: string;
}

/**
 * Reads a file with counts and records what it says, in the name of who put it into the form; by the same
 * functions as if they had typed it. What is wrong is told to them by direct message, with a button that
 * opens the form as they filled it in. Slack is only read, and an effect records once, so that it may be
 * attempted any number of times.
 */
export const readFigures: Handler<ReadFigures> = {
  async run(ctx, effect) {
    const recorded = await record(ctx, effect);
    if (recorded.ok) return { outcome: { recorded: true } };
    const { incidentId, userId } = effect;
    const told = { kind: "file-unread", effectId: ctx.effectId, userId } as const;
    return {
      outcome: { reason: recorded.error } satisfies Unread,
      effects: [postMessage(incidentId, told)],
    };
  },
};

/** Why a file was not recorded, for the message about it; undefined where it was. */
export async function findUnread(
  ctx: Pick<JobContext, "db">,
  effectId: string,
): Promise<{ effectId: string; fileName: string; reason: string } | undefined> {
  const found = await findEffect(ctx.db, effectId);
  if (found?.effect.name !== "read-figures") return undefined;
  const { reason } = (found.outcome ?? {}) as Partial<Unread>;
  return reason === undefined ? undefined : { effectId, fileName: found.effect.file.name, reason };
}

async function record(ctx: AttemptContext, effect: ReadFigures): Promise<Result<true, string>> {
  const { incidentId, userId } = effect;
  const text = await readText(ctx, effect);
  if (!text.ok) return text;
  const input = isTrace(effect)
    ? await readTraceFile(effect.values, incidentId, text.value, ctx.settings.ledger)
    : readCountsFile(effect.values, incidentId, text.value);
  if (!input.ok) return input;
  const asking = {
    db: ctx.db,
    actor: { teamId: ctx.settings.teamId, userId },
    now: ctx.now,
    requestKey: `effect:${ctx.effectId}`,
  };
  const { value } = input;
  const decided = await decide(
    asking,
    incidentId,
    (state, by) =>
      "evidenceNumber" in value
        ? decideAddArms(state, value, by)
        : decideAddEvidence(state, value, by),
    { attempted: "read-figures" },
  );
  return decided.ok ? ok(true) : err(decided.error.message);
}

function isTrace({ values }: ReadFigures): boolean {
  return takesTrace(values["kind"]);
}

async function readText(ctx: AttemptContext, effect: ReadFigures): Promise<Result<string, string>> {
  const { userId } = effect;
  const bytesAtMost = isTrace(effect) ? traceBytesAtMost : fileBytesAtMost;
  const file = await ctx.slack.readFile(effect.file.id, bytesAtMost);
  // whose file it is stands in Slack's answer; the id came with a form
  if (!file || (file.userId !== null && file.userId !== userId)) {
    return err("The file is gone from Slack. Choose it again.");
  }
  if (file.size > bytesAtMost) {
    return err(
      `It ${isTrace(effect) ? traceTooLarge : "is larger than 1 MB. Give the counts alone, one line a group."}`,
    );
  }
  return file.text === null
    ? err("It is no text. Save it as CSV or JSON, in UTF-8.")
    : ok(file.text);
}
