import type { Target } from '../contestant.js';

/** The target that {@link runChild} has put into the environment. */
export function targetOfEnvironment(): Target {
  return {
    endpoint: process.env['BENCH_ENDPOINT']!,
    region: process.env['AWS_REGION']!,
    logGroupName: '/myapp/production',
    logStreamName: 'bench',
  };
}
