import base from './jest.config.js';

const modules = '<rootDir>/.cache/oldest-cdk/node_modules';

/**
 * The tests of the construct with the oldest CDK that package.json allows: see tools/oldest-cdk.ts.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  roots: ['<rootDir>/test/lib'],
  // cdk-nag brings a CDK of its own choice.
  testPathIgnorePatterns: ['<rootDir>/test/lib/nag/'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^(aws-cdk-lib|constructs)(/.*)?$': `${modules}/$1$2`,
  },
};
