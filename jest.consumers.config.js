import base from './jest.config.js';

/**
 * The tests of projects that install the package from its tarball: `npm run test:consumers`.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  roots: ['<rootDir>/test/consumers'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/consumers/projects/'],
  globalSetup: '<rootDir>/test/consumers/support/pack.ts',
  globalTeardown: '<rootDir>/test/consumers/support/remove-tarball.ts',
  // npm installs whole projects.
  testTimeout: 300_000,
};
