import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withEdges } from '../../../runtime/edges.js';
import { CloudWatchSink } from '../../../runtime/sink.js';
import { TARGET, until, type DeliveryStage, type Prepared } from '../../support/delivery-stage.js';
import { removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';
import type { Scenario } from './scenario.js';

const BATCH_SIZE = 50;
const SPOOL_MAX_BYTES = 16 * 1_048_576;

const directories: string[] = [];
afterAll(() => directories.forEach(removeDirectory));

/** What processes left that could not deliver: so many events each, with ids that go on from one to the next. */
async function leave(processes: number, eventsEach: number, padding = ''): Promise<Prepared> {
  const spoolDir = temporaryDirectory();
  directories.push(spoolDir);
  const startMs = Date.now() - processes * eventsEach;
  for (let process = 0; process < processes; process++) {
    const options = { ...TARGET, region: 'us-east-1', endpointUrl: 'http://127.0.0.1:1', env: {} };
    const sink = new CloudWatchSink(
      withEdges({ ...options, spoolDir, batchSize: BATCH_SIZE }, { writeStderr: () => true }),
    );
    for (let each = 0; each < eventsEach; each++) {
      const id = process * eventsEach + each;
      sink.write({ timeMs: startMs + id, level: 'info', message: 'order placed', fields: [{ id, padding }] });
    }
    await sink.close({ deadlineMs: 0 });
  }
  return { logged: processes * eventsEach, sink: { spoolDir } };
}

/** Entries of every kind, most of them with a name as the spool's own have. */
function strew(spoolDir: string): void {
  const [left = ''] = readdirSync(spoolDir);
  const elsewhere = join(spoolDir, 'elsewhere');
  mkdirSync(join(elsewhere, 'empty'), { recursive: true });
  writeFileSync(join(elsewhere, 'owner.json'), '{"host":"a","pid":1}');
  symlinkSync(elsewhere, join(spoolDir, 'api-4321-0a1b2c3d'));
  symlinkSync(join(spoolDir, 'api-4321-1a1b2c3d'), join(spoolDir, 'api-4321-1a1b2c3d'));
  mkdirSync(join(spoolDir, 'npm-4321-0a1b2c3d', 'empty'), { recursive: true });
  const segment = (number: number): string =>
    join(spoolDir, left, `100000000000${number}-000001-0a1b2c3d-0a1b2c3d.segment`);
  execFileSync('mkfifo', [segment(1), join(spoolDir, 'api-4321-2a1b2c3d')]);
  symlinkSync('/dev/zero', segment(2));
  writeFileSync(segment(3), '');
  truncateSync(segment(3), 9 * 1_048_576);
}

/** Everything but the spool's own files, as it is. */
function picture(spoolDir: string): string[] {
  return readdirSync(spoolDir, { recursive: true })
    .map((name) => `${String(name)} ${lstatSync(join(spoolDir, String(name))).mode}`)
    .filter((entry) => /elsewhere|4321|0a1b2c3d/.test(entry));
}

async function deliverAll(stage: DeliveryStage): Promise<void> {
  for (let id = 0; id < BATCH_SIZE; id++) stage.log();
  await until(() => stage.sink.stats().delivered === stage.logged);
}

let strewn: { readonly spoolDir: string; readonly before: readonly string[] };

/** What dead processes left. */
export const spools: readonly Scenario[] = [
  {
    name: 'a spool with links, FIFOs, devices, directories and large files of others in it',
    options: {
      async prepare() {
        const prepared = await leave(2, 100);
        const { spoolDir } = prepared.sink;
        strew(spoolDir);
        strewn = { spoolDir, before: picture(spoolDir) };
        return prepared;
      },
    },
    run: deliverAll,
    says: ['spool.adopted', 'spool.foreign'],
    check({ report }, { diagnostics }) {
      expect(report.adopted).toBe(200);
      expect(diagnostics.filter(({ code }) => code === 'spool.foreign')).toHaveLength(7);
      expect(picture(strewn.spoolDir)).toEqual(strewn.before);
    },
  },
  {
    name: 'three processes left more than `spoolMaxBytes`, and one takes it over',
    options: {
      sink: { spoolMaxBytes: SPOOL_MAX_BYTES },
      prepare: () => leave(3, 1_000, 'x'.repeat(6_000)),
    },
    run: deliverAll,
    says: ['spool.adopted'],
    check({ report }) {
      expect(report).toMatchObject({ adopted: 3_000, spoolBytes: 0 });
    },
  },
];
