import base from './jest.config.js';

/**
 * The tests against other people's servers, clients and runtimes: `npm run test:deploy`.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  roots: ['<rootDir>/test/deploy'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
