import { SharedAccount, type Snapshot } from '../../../runtime/worker/shared-account.js';

const none = { total: 0, byReason: {} };

function snapshot(taken: number, lastError?: string): Snapshot {
  return {
    taken,
    report: {
      accepted: taken,
      delivered: taken,
      rejected: none,
      spooled: 0,
      diverted: none,
      dropped: none,
      pending: 0,
      logGroupName: '/a',
      logStreamName: 's',
      calls: 1,
      oversize: { truncate: 0, split: 0, drop: 0 },
      adopted: 0,
      spoolBytes: 0,
      pendingBytes: 0,
      circuitBreaker: 'closed',
    },
    health: lastError === undefined ? { state: 'healthy' } : { state: 'degraded', lastError },
    needsDrain: false,
  };
}

/** The two ends, as two threads have them. */
function ends(): { readonly worker: SharedAccount; readonly application: SharedAccount } {
  const application = new SharedAccount();
  return { application, worker: new SharedAccount(application.buffer) };
}

test('what was published last is what is read', () => {
  const { worker, application } = ends();
  expect(application.read()).toBeUndefined();
  for (const taken of [1, 2, 3]) {
    worker.publish(snapshot(taken));
    expect(application.read()).toEqual(snapshot(taken));
  }
});

test('a worker that dies while it writes leaves the last account whole', () => {
  const { worker, application } = ends();
  worker.publish(snapshot(1));
  // The third snapshot goes where the first one is, and so does half of one.
  worker.publish(snapshot(2));
  new Uint8Array(worker.buffer, 64 + 65_536, 65_536).fill(0);

  expect(application.read()).toEqual(snapshot(2));
});

test('an account that has no room is not published', () => {
  const { worker, application } = ends();
  worker.publish(snapshot(1));
  worker.publish(snapshot(2, 'x'.repeat(65_536)));

  expect(application.read()).toEqual(snapshot(1));
});

test('lines that are taken are counted at once, and so are events that are written down', () => {
  const { worker, application } = ends();
  worker.took();
  worker.took(7);

  expect([application.taken, application.written, application.read()]).toEqual([2, 7, undefined]);
});

test('it tells that the worker has closed, and waits for that no longer than it is told', () => {
  const { worker, application } = ends();
  const startedMs = Date.now();
  expect([application.isClosed, application.waitClosed(20)]).toEqual([false, false]);
  expect(Date.now() - startedMs).toBeGreaterThanOrEqual(19);
  worker.close();
  expect([application.isClosed, application.waitClosed(60_000)]).toEqual([true, true]);
});
