/** `npm run bench -- ack | attribution | declare | ledger | otlp | panel`: benchmarks. Each prints ratios of figures measured in one run. */
import { benchAck } from "./ack.ts";
import { benchAttribution } from "./attribution.ts";
import { benchDeclare } from "./declare.ts";
import { benchLedger } from "./ledger.ts";
import { benchOtlp } from "./otlp.ts";
import { benchPanel } from "./panel.ts";

const benchmarks: Record<string, () => Promise<void>> = {
  ack: benchAck,
  attribution: benchAttribution,
  declare: benchDeclare,
  ledger: benchLedger,
  otlp: benchOtlp,
  panel: benchPanel,
};

const name = process.argv[2] ?? "";
const benchmark = benchmarks[name];
if (benchmark) {
  await benchmark();
} else {
  console.error(`Name a benchmark: npm run bench -- ${Object.keys(benchmarks).join(" | ")}`);
  process.exitCode = 2;
}
