import type { Outcome } from "#src/domain/decision.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import type { Result } from "#src/lib/result.ts";
import type { Context } from "./context.ts";

/** One thing a person can do: lock, decide, save, in one transaction. Throws only what `src/lib/errors.ts` names. */
export type UseCase<Input> = (ctx: Context, input: Input) => Promise<Result<Outcome, Rejection>>;
