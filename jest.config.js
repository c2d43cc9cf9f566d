import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'cjs', 'mjs', 'json', 'ts', 'cts', 'node'],
  roots: ['<rootDir>/test'],
  setupFiles: ['<rootDir>/test/support/fast-check-setup.ts', '<rootDir>/test/support/cdk-validation-off.ts'],
  // A busy machine is no defect: what hangs is found, what is slow is not.
  testTimeout: 60_000,
  // Many tests wait for processes, so that a core would be idle with one worker for each.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/deploy/',
    '<rootDir>/test/consumers/',
    String.raw`\.browser\.test\.ts$`,
  ],
  transform: {
    '^.+\\.c?ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // A package may have both `.cjs` and `.js` of a name.
    '^(\\.{1,2}/.*)\\.cjs$': ['$1.cjs', '$1'],
    '^fapilog-cloudwatch$': '<rootDir>/runtime/index.ts',
    '^fapilog-cloudwatch/(console|http|lambda|logtape|otel|pino|stream|winston)$':
      '<rootDir>/runtime/adapters/$1.ts',
    '^fapilog-cloudwatch/yaml$': '<rootDir>/runtime/yaml.ts',
    '^fapilog-cloudwatch/cdk$': '<rootDir>/lib/index.ts',
    '^fapilog-cloudwatch/cdk/testing$': '<rootDir>/local/policies/index.ts',
    '^fapilog-cloudwatch/testing$': '<rootDir>/local/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/cdk.out'],
};
