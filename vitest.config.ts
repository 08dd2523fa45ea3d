import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // these need a browser, or take long: npm run test:browser, npm run test:long
    exclude: ["test/browser/**", "test/long/**"],
    globalSetup: "test/support/global-setup.ts",
    // the machines that run this have two cores, and PostgreSQL needs its share of them
    maxWorkers: 2,
    // every file has a database and a sandbox of its own, and no module keeps what a test could leave
    // behind: with modules shared within a worker the whole takes half the time
    isolate: false,
    // processes are started and killed in some tests: each starts in two thirds of the time where what Node
    // compiled is kept
    env: {
      NODE_COMPILE_CACHE: new URL("node_modules/.cache/node", import.meta.url).pathname,
    },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
