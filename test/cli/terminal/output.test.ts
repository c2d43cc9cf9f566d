import { PassThrough } from 'node:stream';
import { Output } from '../../../cli/terminal/output.js';
import { promisesRun } from '../../support/manual-clock.js';

function outputOn(stream: PassThrough) {
  const controller = new AbortController();
  return { output: new Output(stream, controller.signal), controller };
}

async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  await promisesRun();
  return settled;
}

test('it waits until the reader has room', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const written = outputOn(stream).output.write('12345');
  expect(await isSettled(written)).toBe(false);

  stream.read();

  expect(await isSettled(written)).toBe(true);
});

test.each([
  ['the command is to end', (_: PassThrough, controller: AbortController) => controller.abort()],
  ['the reader leaves', (stream: PassThrough) => stream.destroy(new Error('write EPIPE'))],
])('it waits no longer once %s, and leaves no listener', async (_, end) => {
  const stream = new PassThrough({ highWaterMark: 4 });
  stream.on('error', () => undefined);
  const { output, controller } = outputOn(stream);
  const written = output.write('12345');

  end(stream, controller);
  await written;

  expect(['drain', 'close'].map((event) => stream.listenerCount(event))).toEqual([0, 0]);
  const held = stream.writableLength;
  await output.write('more');
  expect(stream.writableLength).toBe(held);
});
