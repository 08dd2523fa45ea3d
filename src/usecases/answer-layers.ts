import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import type { AnswerLayersInput } from "#src/domain/inputs.ts";
import { decide } from "./decide.ts";
import { laterThan } from "./later-entries.ts";
import type { UseCase } from "./use-case.ts";

/** Records what a layer owner (or somebody in their name) answers for one or more layers (B2). */
export const answerLayers: UseCase<AnswerLayersInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by, later) => decideAnswerLayers(state, input, by, later), {
    attempted: "answer-layers",
    read: laterThan(input.seenSequence),
  });
