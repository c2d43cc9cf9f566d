import * as fc from 'fast-check';
import { Body } from '../../../runtime/batch/body.js';
import { BodyBuffers } from '../../../runtime/batch/body-buffers.js';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { OpenBatch } from '../../../runtime/batch/open-batch.js';
import { event, NOW_MS, TARGET } from '../../support/events.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

/** A body that counts how often its buffer is given back. */
function counted(): { readonly body: Body; readonly returns: () => number } {
  let returns = 0;
  return { body: new Body(Buffer.from('body'), () => returns++), returns: () => returns };
}

/** A sealed batch, what its body was, and who may read it. */
interface Read {
  readonly batch: EncodedBatch;
  readonly before: Buffer;
  /** The bytes, as a reader has them that does not ask a second time. */
  readonly bytes: Buffer;
  readonly loans: (() => void)[];
  isKept: boolean;
  isDone: boolean;
}

test('law: whatever is lent, kept and settled in whatever order, no byte changes under a reader', async () => {
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom('fill', 'fill', 'fill', 'lend', 'return', 'keep', 'done', 'done'),
      pick: fc.nat(5),
    }),
    { minLength: 10, maxLength: 60 },
  );
  let recycled = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const buffers = new BodyBuffers(new ManualClock());
      const open = new OpenBatch(TARGET, buffers);
      const sealed: Read[] = [];
      const seal = (index: number): void => {
        for (let each = 0; each < 4; each++)
          open.add(event(String.fromCharCode(97 + (index % 26)).repeat(30_000), NOW_MS + each));
        const batch = open.seal();
        const { bytes } = batch.body;
        if (sealed.some((other) => other.bytes.buffer === bytes.buffer)) recycled++;
        sealed.push({ batch, bytes, before: Buffer.from(bytes), loans: [], isKept: false, isDone: false });
      };
      for (const [index, { kind, pick }] of taken.entries()) {
        const live = sealed.filter(({ isDone }) => !isDone);
        const each = (kind === 'return' ? sealed : live).at(-1 - pick);
        if (kind === 'fill') seal(index);
        else if (!each) continue;
        else if (kind === 'lend')
          void each.batch.body.lend(() => new Promise<void>((resolve) => each.loans.push(resolve)));
        else if (kind === 'return') each.loans.shift()?.();
        else if (kind === 'keep') each.isKept = each.batch.body.keep() === each.bytes;
        else {
          each.isDone = true;
          each.batch.body.done();
        }
        await promisesRun();
        const changed = sealed.filter(
          ({ isDone, isKept, loans, bytes, before }) =>
            (!isDone || isKept || loans.length > 0) && !bytes.equals(before),
        );
        expect(changed).toHaveLength(0);
      }
    }),
    { numRuns: 40 },
  );
  expect(recycled).toBeGreaterThan(20);
});

test('a buffer comes back once, when the batch is settled and the last reader is through', async () => {
  const { body, returns } = counted();
  const ends: (() => void)[] = [];
  const loans = [1, 2].map(() => body.lend(() => new Promise<void>((resolve) => ends.push(resolve))));
  body.done();
  ends[0]!();
  await loans[0];
  expect(returns()).toBe(0);
  ends[1]!();
  await loans[1];
  body.done();
  expect(returns()).toBe(1);
});

test('a reader that fails is through', async () => {
  const { body, returns } = counted();
  await expect(body.lend(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  body.done();
  expect(returns()).toBe(1);
});

test('what is kept never comes back', () => {
  const { body, returns } = counted();
  expect(body.keep().toString()).toBe('body');
  body.done();
  expect(returns()).toBe(0);
});

test('a settled body cannot be read, but its length is known', async () => {
  const { body } = counted();
  body.done();
  expect(() => body.bytes).toThrow('settled');
  expect(() => body.keep()).toThrow('settled');
  await expect(body.lend(async (bytes) => bytes)).rejects.toThrow('settled');
  expect(body.length).toBe(4);
});
