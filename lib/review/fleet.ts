import { Stage } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { invocationCallsPerSecond, lingerCallsPerSecond } from '../../contract/fleet.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { isContainer } from '../bind/bind-target.js';
import { boundBy, type Bound } from '../bind/binder.js';
import { isOwnFunction } from '../bind/function-logging.js';
import type { Place } from '../bind/place.js';
import { readSetting } from '../bind/read-setting.js';
import type { Definition } from '../define/definition.js';
import { grouped } from '../grouped.js';
import { isUnresolved } from '../tokens.js';
import { Capacity } from './capacity.js';

/** All copies of one bound program. */
export type Writers = Processes | Environments;

interface Copies {
  /** The logging construct that bound the program. */
  readonly owner: IConstruct;
  readonly program: IConstruct;
  readonly copies: number;
  /** The PutLogEvents calls of all copies together. */
  readonly callsPerSecond: number;
}

/** Processes that make one call each `batchTimeoutSeconds` while they log, as long as their batches do not fill before. */
export interface Processes extends Copies {
  readonly kind: 'processes';
  readonly batchTimeoutSeconds: number;
}

/** Environments of a function that makes one call in each invocation; an invocation is taken to last {@link INVOCATION_SECONDS}. */
export interface Environments extends Copies {
  readonly kind: 'environments';
  /** Whether Lambda could deliver the lines instead. */
  readonly mayUseStdout: boolean;
}

/** Synthesis does not know how long an invocation takes. Shorter ones make more calls: this is long for one that answers a request. */
export const INVOCATION_SECONDS = 1;

/** What Python's fapilog takes if nobody says otherwise. */
const PYTHON_BATCH_TIMEOUT_SECONDS = 5;

/** The bound programs of an app, by whose quotas they use: those of one account and Region, whatever their log groups are. */
export class Fleets {
  private readonly byStage = new Map<IConstruct, ReadonlyMap<string, readonly Writers[]>>();

  constructor(private readonly constructs: readonly IConstruct[]) {}

  /** The programs that share quotas with those of a logging construct, its own included. Other stages are not finished yet. */
  around(owner: IConstruct): readonly Writers[] {
    const stage = stageOf(owner);
    const fleets = this.byStage.get(stage) ?? this.fleetsIn(stage);
    this.byStage.set(stage, fleets);
    return fleets.get(quotaOwner(owner)) ?? [];
  }

  private fleetsIn(stage: IConstruct): ReadonlyMap<string, readonly Writers[]> {
    const isInStage = (construct: IConstruct): boolean => stageOf(construct) === stage;
    const owners = this.constructs.filter((each) => boundBy(each) !== undefined && isInStage(each));
    const capacity = new Capacity(this.constructs, isInStage);
    const fleets = grouped(owners, (owner) => [quotaOwner(owner)]);
    return new Map([...fleets].map(([key, members]) => [key, writersOf(members, capacity)]));
  }
}

/** A reader of finished trees. */
export function fleetsIn(constructs: readonly IConstruct[]): Fleets {
  return new Fleets(constructs);
}

function stageOf(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}

/** Environment-agnostic stacks share tokens, and so count as one. */
function quotaOwner(owner: IConstruct): string {
  const { account, region } = boundBy(owner)!.logGroup.env;
  return `${account}/${region}`;
}

/** A program that several bindings name counts once. */
function writersOf(owners: readonly IConstruct[], capacity: Capacity): readonly Writers[] {
  const found = owners.flatMap((owner) => writersBoundBy(owner, boundBy(owner)!, capacity));
  return [...new Map(found.map((each) => [each.program, each])).values()];
}

function writersBoundBy(owner: IConstruct, { logGroup, bindings }: Bound, capacity: Capacity): Writers[] {
  return bindings
    .filter(({ logging }) => logging === undefined)
    .flatMap(({ construct, places, definition }) =>
      isFunction(construct)
        ? environmentsOf(owner, construct, logGroup, capacity)
        : places.flatMap((place) => processesOf(owner, place, definition, capacity)),
    );
}

function environmentsOf(
  owner: IConstruct,
  program: IConstruct,
  logGroup: logs.ILogGroup,
  capacity: Capacity,
): Writers[] {
  const copies = capacity.of(program);
  if (copies === 0) return [];
  const callsPerSecond = invocationCallsPerSecond({
    invocations: copies / INVOCATION_SECONDS,
    events: 1,
    bytes: 0,
  });
  const mayUseStdout = isOwnFunction(program, logGroup);
  return [{ kind: 'environments', owner, program, copies, callsPerSecond, mayUseStdout }];
}

function processesOf(owner: IConstruct, place: Place, definition: Definition, capacity: Capacity): Writers[] {
  const program = place.construct;
  const copies = capacity.of(isContainer(program) ? program.taskDefinition : program);
  const batchTimeoutSeconds = copies > 0 ? batchTimeoutOf(place, definition) : undefined;
  if (batchTimeoutSeconds === undefined) return [];
  const callsPerSecond = lingerCallsPerSecond({ writers: copies, batchTimeoutSeconds });
  return [{ kind: 'processes', owner, program, copies, callsPerSecond, batchTimeoutSeconds }];
}

/** `undefined` if only the deployment knows it. */
function batchTimeoutOf(place: Place, { settings, isForPython }: Definition): number | undefined {
  const variables = place.read();
  const given = variables
    ? readSetting(variables, 'batchTimeoutSeconds')
    : settings.cloudwatch?.batchTimeoutSeconds;
  if (given === 'unknown' || isUnresolved(given)) return undefined;
  return (
    given ?? (isForPython ? PYTHON_BATCH_TIMEOUT_SECONDS : cloudWatchSettings.batchTimeoutSeconds.default)
  );
}

function isFunction(construct: IConstruct): boolean {
  return 'functionArn' in construct;
}
