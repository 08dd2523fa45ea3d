import type { Rejection } from "./rejection.ts";
import { checkWording } from "./wording.ts";

/**
 * R12 over the free texts of a form, by field: notes, contributions, factors, gaps, actions, risks and
 * updates; never evidence, reports and quotes (B13.10). The first text that names a person as cause, or
 * "the model did it" as conclusion, is refused with other words that may be taken with one press.
 */
export function refuseWording(
  texts: Readonly<Record<string, string | null | undefined>>,
): Rejection | undefined {
  for (const [field, text] of Object.entries(texts)) {
    const fault = text ? checkWording(text) : undefined;
    if (!fault) continue;
    return {
      code: "refused",
      message: fault.sentence,
      refusal: {
        rules: ["R12"],
        missing: ["rewrite"],
        sentence: fault.sentence,
        more: [],
        rewrite: { field, text: fault.rewrite },
      },
    };
  }
  return undefined;
}
