import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { CHROMIUM_ARGUMENTS, chromiumPath } from "./tests/chromium.ts";

export default defineConfig({
  test: {
    projects: [
      {
        extends: "./vite.config.ts",
        test: { name: "unit", environment: "node", include: ["tests/unit/**/*.test.ts"], testTimeout: 60_000 },
      },
      {
        extends: "./vite.config.ts",
        // What is imported late would be found late, and the page loaded again in the middle of a test.
        optimizeDeps: {
          include: ["libheif-js/libheif-wasm/libheif.js", "hyparquet", "hyparquet-compressors", "fzstd"],
        },
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), args: [...CHROMIUM_ARGUMENTS] },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/e2e/serve.ts"],
          testTimeout: 240_000,
          // A page on a busy machine takes its time; what is wrong stays wrong.
          expect: { poll: { timeout: 15_000 } },
          hookTimeout: 120_000,
          // Two at a time fill two cores: each waits for its page now and then. Started when all others are over.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
