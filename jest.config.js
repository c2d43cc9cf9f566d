/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^fapilog-cloudwatch$': '<rootDir>/runtime/index.ts',
    '^fapilog-cloudwatch/cdk$': '<rootDir>/lib/index.ts',
    '^fapilog-cloudwatch/testing$': '<rootDir>/local/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/cdk.out'],
};
