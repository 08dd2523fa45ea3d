/**
 * The sandbox as a process of its own: `node sandbox/main.ts <seed.json>`. Prints its addresses as
 * one line of JSON when it is ready, and ends on SIGTERM or SIGINT.
 */
import { readFile } from "node:fs/promises";
import type { SandboxSeed } from "./protocol.ts";
import { startSandbox } from "./start.ts";

const [, , seedPath] = process.argv;
if (seedPath === undefined) {
  console.error("Say which seed to start with: node sandbox/main.ts <seed.json>");
  process.exit(2);
}
const seed = JSON.parse(await readFile(seedPath, "utf8")) as SandboxSeed;
const sandbox = await startSandbox(seed);
console.log(JSON.stringify(sandbox.addresses));

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
}
