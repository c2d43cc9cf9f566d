import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { Moto, motoCommand, motoVersion } from '../../support/moto.js';
import { describeWith } from '../../support/tools.js';
import { Room } from './room.js';

/** `aws` is the account of the process's own credentials and Region, and is asked only if TEST_AWS is 1. */
export type ServerName = 'local' | 'moto' | 'aws';

/** The version of moto whose answers these tests know. */
const KNOWN_MOTO = '5.2.1';

/** How long a real account may take to show what it has stored. */
const LAG_MS = 60_000;
const LAG_INTERVAL_MS = 500;

interface Running {
  readonly client: CloudWatchLogs;
  stop(): Promise<void>;
}

const starts: Readonly<Record<ServerName, () => Promise<Running>>> = {
  async local() {
    const server = await startLocalCloudWatchLogs();
    return { client: clientOf(server.endpoint), stop: () => server.close() };
  },
  async moto() {
    const moto = await Moto.start();
    return { client: clientOf(moto.endpoint), stop: () => moto.stop() };
  },
  aws: async () => ({ client: new CloudWatchLogs({ maxAttempts: 10 }), stop: async () => undefined }),
};

const names: readonly ServerName[] =
  process.env['TEST_AWS'] === '1' ? ['local', 'moto', 'aws'] : ['local', 'moto'];

/** Whether moto is there and is the version that is known here. */
export function isKnownMoto(): boolean {
  return motoCommand !== undefined && motoVersion() === KNOWN_MOTO;
}

/** Declares the same tests for each server; each test gets a furnished room of its own, and its log groups go with it. */
export function describeServers(declare: (server: ServerName, room: () => Room) => void): void {
  for (const name of names) {
    describeWith(name === 'moto' ? motoCommand : name)(`against ${name}`, () => {
      let running: Running | undefined;
      let room: Room | undefined;

      beforeAll(async () => {
        running = await starts[name]();
      });

      beforeEach(async () => {
        if (running === undefined) throw new Error(`${name} did not start`);
        room = new Room(running.client);
        await room.furnish();
      });

      afterEach(() => room?.leave());

      afterAll(async () => {
        running?.client.destroy();
        await running?.stop();
      });

      declare(name, () => {
        if (room === undefined) throw new Error('there is a room only in a test');
        return room;
      });
    });
  }
}

/** A real account shows late what it has stored: it is asked until the check holds. */
export async function eventually(server: ServerName, check: () => Promise<void>): Promise<void> {
  const endMs = Date.now() + (server === 'aws' ? LAG_MS : 0);
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= endMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, LAG_INTERVAL_MS));
    }
  }
}

function clientOf(endpoint: string): CloudWatchLogs {
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
  return new CloudWatchLogs({ endpoint, region: 'us-east-1', maxAttempts: 1, credentials });
}
