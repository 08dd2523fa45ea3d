/** `npm run bench -- ack`: benchmarks. Each prints ratios of figures measured in one run. */
import { benchAck } from "./ack.ts";

const benchmarks: Record<string, () => Promise<void>> = { ack: benchAck };

const name = process.argv[2] ?? "";
const benchmark = benchmarks[name];
if (benchmark) {
  await benchmark();
} else {
  console.error(`Name a benchmark: npm run bench -- ${Object.keys(benchmarks).join(" | ")}`);
  process.exitCode = 2;
}
