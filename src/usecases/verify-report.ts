import { decideVerifyReport, type VerifyReportInput } from "#src/domain/verify-report.ts";
import { decide } from "./decide.ts";
import type { UseCase } from "./use-case.ts";

/** Somebody looked at a report and says whether it is real (R11). */
export const verifyReport: UseCase<VerifyReportInput> = (ctx, input) =>
  decide(ctx, input.incidentId, (state, by) => decideVerifyReport(state, input, by), {
    attempted: "verify-report",
  });
