import type { SinkEdges } from '../../../runtime/edges.js';
import { resultOf } from '../result.js';
import { simulate } from '../simulation.js';
import { figuresOfResult, type Figures } from './figures.js';
import { scenarioOf, type Plan } from './plan.js';

/** Simulations, each with other random numbers: they show what chance alone changes. */
const RUNS = 5;

/** What the simulator says that processes do. */
export async function predict(plan: Plan, medianLatencyMs: number): Promise<Figures[]> {
  const figures: Figures[] = [];
  for (let run = 0; run < RUNS; run++)
    figures.push(await predictOnce({ ...plan, seed: plan.seed + run }, medianLatencyMs));
  return figures;
}

async function predictOnce(plan: Plan, medianLatencyMs: number): Promise<Figures> {
  const scenario = scenarioOf(plan, medianLatencyMs);
  const { restraint, seed } = plan;
  const edges: Partial<SinkEdges> = restraint ? { restraint } : {};
  const outcome = await simulate(scenario, seed, edges);
  const result = resultOf(scenario, outcome, { isRestrained: !restraint, seed, realSeconds: 0 });
  const calls = outcome.seconds.PutLogEvents.slice(0, plan.seconds)
    .filter(Boolean)
    .reduce((sum, { accepted, throttled, failed }) => sum + accepted + throttled + failed, 0);
  return figuresOfResult(result, calls / plan.seconds, outcome.pending.length - plan.seconds);
}
