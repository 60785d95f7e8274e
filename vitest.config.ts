/** How the tests run. `npm run coverage` adds a report on coverage, which is no gate and costs time. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests of threads and child processes share the machine with all others.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // All cores: many tests wait for processes they start.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'envs/**/*.ts', 'agents/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
})
