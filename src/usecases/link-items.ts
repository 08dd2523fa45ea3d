import { decideLinkItems, type LinkItemsInput } from "#src/domain/link-items.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Links actions with what they answer, and factors with one another, or takes a link back. */
export const linkItems: UseCase<LinkItemsInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideLinkItems(state, input, by), {
    attempted: "link-items",
  });
