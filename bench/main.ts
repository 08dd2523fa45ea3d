/** `npm run bench -- ack | attribution | declare | panel`: benchmarks. Each prints ratios of figures measured in one run. */
import { benchAck } from "./ack.ts";
import { benchAttribution } from "./attribution.ts";
import { benchDeclare } from "./declare.ts";
import { benchPanel } from "./panel.ts";

const benchmarks: Record<string, () => Promise<void>> = {
  ack: benchAck,
  attribution: benchAttribution,
  declare: benchDeclare,
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
