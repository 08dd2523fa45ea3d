import { decideSeeHarmSignal, type SeeHarmSignalInput } from "#src/domain/see-harm-signal.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Records whether the signal of a lever moved (B5). */
export const seeHarmSignal: UseCase<SeeHarmSignalInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideSeeHarmSignal(state, input, by), {
    attempted: "see-harm-signal",
  });
