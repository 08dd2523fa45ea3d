import { defineConfig } from "vitest/config";

/** Tests that kill real processes, lose answers and run several bots side by side; `npm test` has the others. */
export default defineConfig({
  test: {
    include: ["test/faults/**/*.test.ts"],
    globalSetup: "test/support/global-setup.ts",
    // each runs several processes with databases of their own
    maxWorkers: 2,
    isolate: false,
    env: {
      NODE_COMPILE_CACHE: new URL("node_modules/.cache/node", import.meta.url).pathname,
    },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
