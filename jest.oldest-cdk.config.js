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
  testPathIgnorePatterns: [
    // cdk-nag brings a CDK of its own choice.
    '<rootDir>/test/lib/nag/',
    // What they judge is ours whatever the CDK: proofs of policies, which test/lib/write compares as they are written; values of
    // settings; and variables for Python.
    '<rootDir>/test/lib/least-privilege.test.ts',
    '<rootDir>/test/lib/policies/',
    '<rootDir>/test/lib/define/',
    '<rootDir>/test/lib/wrong-values.test.ts',
    '<rootDir>/test/lib/python/',
  ],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^(aws-cdk-lib|constructs)(/.*)?$': `${modules}/$1$2`,
  },
};
