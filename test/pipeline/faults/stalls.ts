import type { DeliveryStage } from '../../support/delivery-stage.js';
import { StallingProgram, STALLS } from '../../support/stalling-program.js';
import type { Scenario } from './scenario.js';

const [blocked, stopped] = STALLS;

/** The process stands still for longer than a call may take, and the answer comes meanwhile. */
export const stalls: readonly Scenario[] = [
  stall('an event loop blocked for longer than a call may take', blocked!),
  stall('the same, with a worker thread', blocked!, { IN_WORKER: 'yes' }),
  stall('a process frozen during a call, and thawed', stopped!),
  stall('a process frozen during a call, with a worker thread, and thawed', stopped!, { IN_WORKER: 'yes' }),
];

function stall(name: string, [, standsStill]: (typeof STALLS)[number], env = {}): Scenario {
  return {
    name,
    async run(stage) {
      const program = await StallingProgram.start(stage, { FAPILOG_CLOUDWATCH__BATCH_SIZE: '50', ...env });
      try {
        stage.inject({ kind: 'delay', delayMs: 300 });
        await program.does('log', 50);
        await program.hasInFlight(1);
        await standsStill(program);
        await program.does('log', 449);
        program.ask('close', 30_000);
        return await noted(stage, program);
      } finally {
        program.kill();
      }
    },
  };
}

/** Enters into the books of the stage what another process has logged. */
async function noted(stage: DeliveryStage, program: StallingProgram) {
  const { account, stderr, said } = await program.findings();
  for (let id = 0; id < 500; id++) stage.levels.push('info');
  stage.stderr.push(...stderr);
  expect(said).toEqual([]);
  return account;
}
