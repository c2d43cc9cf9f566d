import { setTimeout as delay } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

export interface Order {
  readonly order: string;
  readonly steps: number;
  readonly correlation: string;
}

export interface Handled {
  readonly threadId: number;
  /** Invocations that this thread ran at the time, this one included. */
  readonly atOnce: number;
}

const logger = getLogger();
let underWay = 0;

/** Logs a line in each step, with waits between them, so that those of several orders are mixed. */
export const handler = withLambda(work, { correlationId: 'correlation' });

async function work(event: Order, { awsRequestId }: Context): Promise<Handled> {
  const atOnce = ++underWay;
  for (let step = 0; step < event.steps; step++) {
    logger.info('step', { order: event.order, step, awsRequestId });
    await delay(Math.random() * 10);
  }
  underWay--;
  return { threadId, atOnce };
}
