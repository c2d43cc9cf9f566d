import { asMapping } from '../../settings/document.js';
import { assertNoProblems, type Problem } from '../../../contract/problems.js';
import type { OutletOptions } from '../outlet/outlet-options.js';
import { Outlet } from '../outlet/outlet.js';
import { DEFAULT_RESOURCE_ATTRIBUTES, type ResourceChoice } from './resource-fields.js';

/** Options of the log record processor. */
export interface CloudWatchLogRecordProcessorOptions extends OutletOptions {
  /**
   * Names of the attributes of the resource that each line has, or `'all'`. A resource of the SDK's detectors has about 2 kB.
   * @default - `service.name`, `service.namespace`, `service.version`, `deployment.environment.name`, `deployment.environment`
   */
  readonly resourceAttributes?: readonly string[] | 'all' | undefined;
  /**
   * Longest time that `forceFlush` waits for deliveries, in milliseconds; and `shutdown`, where `logger` is given. What is not
   * delivered by then is delivered later.
   * @default 5000
   */
  readonly flushDeadlineMs?: number | undefined;
}

/** Options of the log record exporter. */
export interface CloudWatchLogRecordExporterOptions extends CloudWatchLogRecordProcessorOptions {
  /**
   * Longest time that `export` waits for deliveries before it answers, in milliseconds. By then the records are in memory or in the
   * spool, and are delivered later: the batch processor of the SDK, whose queue drops records when it is full, must not wait longer.
   * @default 500
   */
  readonly exportDeadlineMs?: number | undefined;
}

const OWN = ['resourceAttributes', 'flushDeadlineMs'] satisfies (keyof CloudWatchLogRecordProcessorOptions)[];

/** The options, read. */
export interface OtelPlan {
  readonly outlet: Outlet;
  readonly resources: ResourceChoice;
  readonly flushDeadlineMs: number;
  /** Whether the outlet has a pipeline of its own, which it closes. */
  readonly isOwn: boolean;
}

/** The options of an exporter, read. */
export interface ExporterPlan extends OtelPlan {
  readonly exportDeadlineMs: number;
}

/**
 * @param of what is made, as a message has it
 * @param problems what is known to be wrong already
 * @param more names of options besides those of a processor
 * @throws SettingsError naming every option and setting that is malformed or missing.
 */
export function planOf(
  of: string,
  options: CloudWatchLogRecordProcessorOptions,
  problems: readonly Problem[] = [],
  more: readonly string[] = [],
): OtelPlan {
  requireShape(of, options);
  const { resourceAttributes = DEFAULT_RESOURCE_ATTRIBUTES, flushDeadlineMs = 5_000, ...ofOutlet } = options;
  assertNoProblems([
    ...problems,
    ...namesProblems(`${of}: options.resourceAttributes`, resourceAttributes),
    ...msProblems(`${of}: options.flushDeadlineMs`, flushDeadlineMs),
  ]);
  return {
    outlet: new Outlet(of, ofOutlet, [...OWN, ...more]),
    resources: resourceAttributes,
    flushDeadlineMs,
    isOwn: options.logger === undefined,
  };
}

/** As {@link planOf}, for an exporter. */
export function exporterPlanOf(of: string, options: CloudWatchLogRecordExporterOptions): ExporterPlan {
  requireShape(of, options);
  const { exportDeadlineMs = 500, ...others } = options;
  const problems = msProblems(`${of}: options.exportDeadlineMs`, exportDeadlineMs);
  return { ...planOf(of, others, problems, ['exportDeadlineMs']), exportDeadlineMs };
}

function requireShape(of: string, options: unknown): void {
  if (asMapping(options)) return;
  const allowed = "options such as { logGroupName: '/myapp/production' }";
  assertNoProblems([{ where: `${of}: options`, value: options, allowed }]);
}

function namesProblems(where: string, value: unknown): Problem[] {
  const isFine = value === 'all' || (Array.isArray(value) && value.every((name) => typeof name === 'string'));
  return isFine ? [] : [{ where, value, allowed: "a list of names such as ['service.name'], or 'all'" }];
}

function msProblems(where: string, value: unknown): Problem[] {
  return Number.isFinite(value) && (value as number) >= 0
    ? []
    : [{ where, value, allowed: 'a number of milliseconds, 0 or more' }];
}
