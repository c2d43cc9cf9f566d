import { expect, test } from 'vitest';

// Vitest takes the form for bundlers, in which Node.js itself finds out what is missing.
test.each([
  ['fapilog-cloudwatch/cdk', `Cannot find package 'aws-cdk-lib'`],
  ['fapilog-cloudwatch/winston', `Cannot find package 'winston'`],
])('%s names the peer', async (entryPoint, message) => {
  await expect(import(entryPoint)).rejects.toThrow(message);
});
