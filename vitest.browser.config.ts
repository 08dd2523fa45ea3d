import { defineConfig } from "vitest/config";

/** Tests that drive a real browser (Chromium); `npm test` has the others. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: "test/browser/browser-setup.ts",
    // each file has a browser, a sandbox and a bot with its database
    maxWorkers: 2,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000, interval: 50 } },
  },
});
