import { defineConfig } from "vitest/config";

/** Tests that kill real processes, lose answers, run several bots side by side and press everything there is; `npm test` has the others. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.test.ts"],
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
