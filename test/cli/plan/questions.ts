import type { Account, Functions, Processes } from '../../../cli/plan/question.js';

export const ACCOUNT: Account = {
  putQuota: 5_000,
  otherCallsPerSecond: 0,
  streamQuota: 50,
  pricePerGb: 0.5,
};

/** 1,463 calls a second. */
export const PROCESSES: Processes = {
  kind: 'processes',
  writers: 3_000,
  rate: 20,
  bytes: 400,
  batchTimeoutSeconds: 2,
  batchSize: 10_000,
};

/** 6,000 calls a second. */
export const FUNCTIONS: Functions = {
  kind: 'functions',
  writers: 900,
  invocations: 6_000,
  events: 5,
  bytes: 400,
};
