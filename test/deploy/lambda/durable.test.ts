import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeliveryStage } from '../../support/delivery-stage.js';
import { describeWith, findNode } from '../../support/tools.js';

const run = promisify(execFile);

/** What the program prints. */
interface Outcome {
  readonly invocations: number;
  readonly executions: readonly {
    readonly order: string;
    readonly status: string;
    readonly operations: readonly { readonly id: string; readonly name?: string }[];
  }[];
}

interface Line {
  readonly level: string;
  readonly message: string;
  readonly order: string;
  readonly executionArn: string;
  readonly operationId?: string;
  readonly operationName?: string;
  readonly attempt?: number;
}

const program = join(__dirname, 'durable.mjs');

// The SDK of durable functions needs Node.js 22.
const nodes = [22, 24].map((major) => [major, findNode(major)] as const);

describe.each(nodes)('with Node.js %i', (_, node) => {
  describeWith(node).each([
    ['alone', ''],
    ['wrapped', 'yes'],
  ])('executions that take turns on one logger, their handler %s', (__, WRAPPED) => {
    let outcome: Outcome;
    let lines: Line[];

    beforeAll(async () => {
      const stage = await DeliveryStage.open();
      const env = {
        PATH: process.env['PATH'],
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        SERVICE_URL: stage.service.endpoint,
        WRAPPED,
      };
      try {
        if (node === undefined) throw new Error('this Node.js is not under .cache/: run npm run test:deploy');
        const { stdout } = await run(node, [program], { env, timeout: 60_000 });
        outcome = JSON.parse(stdout) as Outcome;
        lines = (await stage.stored()).map(({ message }) => JSON.parse(message) as Line);
      } finally {
        await stage.close();
      }
    }, 120_000);

    test('are replayed, and end well', () => {
      expect(outcome.executions.map(({ status }) => status)).toEqual(Array(3).fill('SUCCEEDED'));
      expect(outcome.invocations).toBeGreaterThan(outcome.executions.length);
    });

    test('write each line of their context once, with its operation and attempt', () => {
      for (const { order, operations } of outcome.executions) {
        const idOf = (name: string): string => operations.find((each) => each.name === name)!.id;
        const own = lines.filter((line) => line.order === order && line.message !== 'seen in each replay');

        expect(
          own.map(({ level, message, operationId, operationName, attempt }) =>
            [level, message, operationId, operationName, attempt].filter((each) => each !== undefined),
          ),
        ).toEqual([
          ['info', 'order received'],
          ['warn', 'reserving', idOf('reserve'), 'reserve', 1],
          ['info', 'without the context, in a step', idOf('reserve'), 'reserve', 1],
          ['warn', 'reserving', idOf('reserve'), 'reserve', 2],
          ['info', 'without the context, in a step', idOf('reserve'), 'reserve', 2],
          ['info', 'reserved'],
          ['info', 'shipping', idOf('ship'), 'ship'],
          ['info', 'labelled', idOf('label'), 'label', 1],
          ['info', 'shipped', idOf('ship'), 'ship'],
          ['info', 'order done'],
        ]);
      }
    });

    test('write what goes past their context in each replay', () => {
      const seen = lines.filter(({ message }) => message === 'seen in each replay');

      expect(seen).toHaveLength(outcome.invocations);
    });

    test('have their own names in each line', () => {
      const arns = outcome.executions.map(({ order }) => {
        const own = lines.filter((line) => line.order === order);
        return [...new Set(own.map(({ executionArn }) => executionArn))];
      });

      expect(arns.map((each) => each.length)).toEqual([1, 1, 1]);
      expect(new Set(arns.flat()).size).toBe(3);
    });
  });
});
