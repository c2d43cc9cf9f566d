import { Annotations, Stack, Tokenization } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { Definition } from '../define/definition.js';
import { isSameLogGroup } from '../operate/same-log-group.js';
import { renderedProperties } from '../rendered.js';
import { isElsewhere } from '../stack-environment.js';
import { isUnresolved } from '../tokens.js';
import { applicationLogLevel, discards } from './application-log-level.js';
import { boundTo } from './injection.js';
import { functionResourceOf, variablesOf } from './lambda-place.js';

/** How Lambda has to treat the standard output of a function, and where that is said. */
export interface FunctionLogging {
  readonly construct: IConstruct;
  readonly resource: CfnFunction;
  readonly logGroup: logs.ILogGroup;
  /** Level from which Lambda has to send lines. */
  readonly level: string;
}

/** Whether Lambda could deliver the lines of this program: a function that the app defines where the log group is. */
export function isOwnFunction(construct: IConstruct, logGroup: logs.ILogGroup): boolean {
  return functionResourceOf(construct) !== undefined && !isElsewhere(construct, logGroup);
}

/**
 * Finds where the logging of a function is said. Changes nothing.
 *
 * @param by path of the logging construct
 * @throws Error if the target is no function of this app, if Lambda cannot write to the log group, or if the function is
 * configured otherwise
 */
export function planFunctionLogging(
  construct: IConstruct,
  logGroup: logs.ILogGroup,
  definition: Definition,
  by: string,
): FunctionLogging {
  const resource = functionResourceOf(construct);
  const refusal = (why: string): Error =>
    new Error(`${by}: cannot bind ${construct.node.path} with delivery: "stdout", because ${why}`);
  if (!resource) throw refusal(`it is no function that this app defines; ${DIRECT}`);
  if (isElsewhere(construct, logGroup))
    throw refusal(
      `Lambda writes to log groups of the function's own account and Region, and this one is elsewhere; ${DIRECT}`,
    );
  const other = boundTo(construct);
  if (other !== undefined && other !== by)
    throw refusal(
      `Lambda writes the lines of a function to one log group, and ${other} has bound it; bind it once`,
    );
  const level = applicationLogLevel(definition, variablesOf(resource));
  const conflicts = conflictsOf(resource, logGroup, level);
  if (conflicts.length > 0) throw refusal(`${conflicts.join('; ')}. Leave that out of the function`);
  return { construct, resource, logGroup, level };
}

const DIRECT = 'bind it with delivery: "direct"';

/** Configures the function. What its owner said beside that stays. */
export function applyFunctionLogging({ resource, logGroup, level }: FunctionLogging): void {
  const given = givenConfig(resource);
  resource.loggingConfig = {
    ...given,
    logFormat: 'JSON',
    logGroup: logGroup.logGroupName,
    applicationLogLevel: given.applicationLogLevel ?? level,
  };
}

/** Warns of a logging configuration that was changed afterwards, and of a log group that gets no line. */
export function reviewFunctionLogging(
  { construct, resource, logGroup }: FunctionLogging,
  definition: Definition,
): void {
  const { LogFormat, LogGroup, ApplicationLogLevel } = finalConfig(resource);
  const ours: unknown = Stack.of(resource).resolve(logGroup.logGroupName);
  const conflicts = [
    ...(LogFormat === 'JSON' ? [] : ['its log format is not JSON']),
    ...(JSON.stringify(LogGroup) === JSON.stringify(ours) ? [] : ['its log group is another one']),
    ...levelConflicts(ApplicationLogLevel, applicationLogLevel(definition, variablesOf(resource))),
  ];
  if (conflicts.length > 0) warnOfConfig(construct, conflicts);
  if (construct.node.tryFindChild('LogRetention')) warnOfRetention(construct);
}

/**
 * Warns of a function that delivers by itself and whose diverted lines Lambda would discard: those that the sink writes to stderr
 * because it cannot deliver them.
 */
export function reviewDivertedLines(construct: IConstruct, definition: Definition): void {
  const resource = functionResourceOf(construct);
  if (!resource) return;
  const { LogFormat, ApplicationLogLevel = DEFAULT_LEVEL } = finalConfig(resource);
  const level = applicationLogLevel(definition, variablesOf(resource));
  const [conflict] = LogFormat === 'JSON' ? levelConflicts(ApplicationLogLevel, level) : [];
  if (conflict !== undefined) warnOfDiverted(construct, conflict);
}

/** Source: Lambda developer guide, log-level filtering: the level of functions with the log format JSON that name none. */
const DEFAULT_LEVEL = 'INFO';

/** As the function was defined, references included. */
function givenConfig(resource: CfnFunction): CfnFunction.LoggingConfigProperty {
  const { loggingConfig = {} } = resource;
  return Tokenization.isResolvable(loggingConfig)
    ? (Stack.of(resource).resolve(loggingConfig) as CfnFunction.LoggingConfigProperty)
    : loggingConfig;
}

/** As the template will have it, overrides included. */
function finalConfig(resource: CfnFunction): Readonly<Record<string, unknown>> {
  return (renderedProperties(resource)['LoggingConfig'] ?? {}) as Readonly<Record<string, unknown>>;
}

/** What a function says that keeps lines from arriving. Values that only the deployment knows pass. */
function conflictsOf(resource: CfnFunction, logGroup: logs.ILogGroup, level: string): string[] {
  const given = givenConfig(resource);
  if (Object.keys(given).some((name) => /^(Ref|Fn::)/.test(name)))
    return ['only the deployment knows its logging configuration as a whole'];
  const { logFormat, logGroup: theirs, applicationLogLevel: applied } = given;
  const isText = logFormat !== undefined && logFormat !== 'JSON' && !isUnresolved(logFormat);
  const isOther = theirs !== undefined && !isSameLogGroup(theirs, resource, logGroup);
  return [
    ...(isText
      ? [`its log format is ${JSON.stringify(logFormat)}, and Lambda applies a level to JSON alone`]
      : []),
    ...(isOther ? ['it has another log group'] : []),
    ...levelConflicts(applied, level),
  ];
}

function levelConflicts(applied: unknown, needed: string): string[] {
  if (typeof applied !== 'string' || !discards(applied, needed)) return [];
  return [
    `its application log level is ${applied}, above the logger's ${needed}, and Lambda would discard the lines between`,
  ];
}

function warnOfConfig(construct: IConstruct, conflicts: readonly string[]): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:loggingConfig',
    `its logging configuration or log level was changed after it was bound with delivery: "stdout": ${conflicts.join('; ')}; ` +
      'lines may be missing in the log group. Leave the configuration to bindTo(…), and give it the level',
  );
}

function warnOfDiverted(construct: IConstruct, conflict: string): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:divertedLines',
    `${conflict}: also those that the sink diverts to stderr because it cannot deliver them; ` +
      "give the function an application log level that is not above the logger's",
  );
}

function warnOfRetention(construct: IConstruct): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:logRetention',
    'its logRetention, or a use of its property logGroup, makes a log group that gets no line: Lambda writes to the ' +
      'log group of the construct; remove it',
  );
}
