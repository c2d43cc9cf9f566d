import { setTimeout as delay } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

export interface Order {
  readonly order: string;
  readonly steps: number;
  readonly correlation: string;
  readonly fails?: boolean | undefined;
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

/** Its debug lines are written where an order fails. */
export const buffered = withLambda(workInDetail, { correlationId: 'correlation', bufferLevel: 'debug' });

/** Half of the orders have their debug lines written. */
export const sampled = withLambda(workInDetail, { correlationId: 'correlation', sampleRate: 0.5 });

async function work(event: Order, { awsRequestId }: Context): Promise<Handled> {
  const atOnce = ++underWay;
  for (let step = 0; step < event.steps; step++) {
    logger.info('step', { order: event.order, step, awsRequestId });
    await delay(Math.random() * 10);
  }
  underWay--;
  return { threadId, atOnce };
}

async function workInDetail(event: Order, { awsRequestId }: Context): Promise<Handled> {
  for (let step = 0; step < event.steps; step++) {
    logger.debug('detail', { order: event.order, step, awsRequestId });
    await delay(Math.random() * 10);
  }
  if (event.fails) throw new Error('out of stock');
  return { threadId, atOnce: 1 };
}
