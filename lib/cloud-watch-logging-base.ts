import { Aspects, AspectPriority, aws_ec2 as ec2, Stage } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import type { GivenSettings } from '../contract/codec.js';
import type { BindOptions } from './define/bind-options.js';
import type { BindTarget } from './bind/bind-target.js';
import { Binder } from './bind/binder.js';
import { Injector } from './bind/injector.js';
import { LeftOut } from './bind/left-out.js';
import { reviewBindings } from './review/bindings.js';
import { reviewSubscriptions } from './review/subscriptions.js';
import { reviewUnbound } from './review/unbound.js';
import { addReview, type FinishedTree } from './finished-tree.js';
import { Definition } from './define/definition.js';
import type { Delivery } from './delivery.js';
import type { Reader } from './reader.js';
import { asGiven, assertGrantable } from './shapes.js';
import type { ICloudWatchLogging } from './i-cloud-watch-logging.js';
import type { AlarmOptions } from './operate/alarm-options.js';
import { defineAlarms, type Alarms } from './operate/alarms.js';
import { defineArchive, type Archive } from './operate/archive.js';
import type { ArchiveOptions } from './operate/archive-options.js';
import { incomingMetric } from './operate/incoming-metrics.js';
import { programMetric, type ProgramMetricOptions } from './operate/program-metrics.js';
import { LineMetrics } from './operate/line-metrics.js';
import type { OperatedLogGroup } from './operate/log-group-features.js';
import { defineQueries, type QueryOptions } from './operate/queries.js';
import { callOf, type Repeatable } from './repeatable-call.js';
import { defineWidgets, type WidgetOptions } from './operate/widgets.js';
import {
  dotEnv,
  keyValuePairs,
  EXPORT_OPTIONS,
  USER_DATA_OPTIONS,
  userData,
  type ExportOptions,
  type KeyValuePair,
  type UserDataOptions,
} from './publish/exports.js';
import { defineOutputs, type OutputOptions } from './publish/outputs.js';
import { checkedName } from './publish/parameter-name.js';
import { warnOfParameter, warnOfPython } from './bind/python-warnings.js';
import { PUBLISH_OPTIONS, PublishedSettings, type PublishOptions } from './publish/published-settings.js';
import { ExpectedGrants } from './write/expected-grants.js';
import { PolicyKind } from './write/policy-kind.js';
import { grantRead } from './write/readers.js';
import { reviewPolicySize } from './write/policy-size.js';
import { streamsOf } from './write/streams.js';
import { policiesIn } from './policies/tree-policies.js';
import { WRITE_OPTIONS, type WriteOptions } from './write/write-options.js';
import { WriterGrants } from './write/writer-grants.js';
import { defineWriterRole, type WriterRoleProps } from './write/writer-role.js';

const CLOUD_WATCH_LOGGING = Symbol.for('fapilog-cloudwatch.CloudWatchLogging');

/** Whether a value is a logging construct. Recognizes those of another copy of this package, too. */
export function isCloudWatchLogging(x: unknown): x is ICloudWatchLogging {
  return typeof x === 'object' && x !== null && CLOUD_WATCH_LOGGING in x;
}

/** Parts of a logging construct, made from checked props. */
export interface LoggingParts {
  readonly logGroup: logs.ILogGroup;
  /** Name of the log group; `undefined` if only CloudFormation knows it. */
  readonly knownName: string | undefined;
  /** Class of the log group; `undefined` if the user has not named it. */
  readonly logGroupClass: logs.LogGroupClass | undefined;
  readonly settings: GivenSettings;
  /** `undefined` for Node.js alone. */
  readonly readers: readonly Reader[] | undefined;
  /** Of functions; `undefined` for the direct one. */
  readonly delivery: Delivery | undefined;
  readonly writerRole: WriterRoleProps;
}

/** Everything that a defined log group and an adopted one have in common. */
export abstract class CloudWatchLoggingBase extends Construct implements ICloudWatchLogging {
  readonly logGroup: logs.ILogGroup;

  private readonly writerRole: WriterRoleProps;
  private readonly definition: Definition;
  private readonly expected = new ExpectedGrants();
  private readonly grants: WriterGrants;
  private readonly binder: Binder;
  private readonly leftOut = new LeftOut(this, (construct) => this.binder.binds(construct));
  private readonly policyKind: PolicyKind;
  private readonly group: OperatedLogGroup;
  private readonly lines: LineMetrics;
  private definedRole: iam.IRole | undefined;

  /** @param define checks the props and defines the parts in the given scope */
  protected constructor(scope: Construct, id: string, define: (self: Construct) => LoggingParts) {
    super(scope, id);
    Object.defineProperty(this, CLOUD_WATCH_LOGGING, { value: true });
    const { logGroup, knownName, logGroupClass, settings, readers, delivery, writerRole } = define(this);
    this.logGroup = logGroup;
    this.writerRole = writerRole;
    this.definition = new Definition(settings, readers, delivery, logGroupClass);
    warnOfPython(this, this.definition);
    this.policyKind = writerRole.policyKind ?? PolicyKind.INLINE;
    this.grants = new WriterGrants(this, logGroup, this.policyKind, this.expected);
    this.binder = new Binder({
      owner: this,
      logGroup,
      knownName,
      definition: this.definition,
      grants: this.grants,
      roleForOthers:
        (writerRole.role ?? writerRole.assumedBy)
          ? { defined: () => this.definedRole, define: () => this.role }
          : undefined,
      externalId: writerRole.externalId,
    });
    this.group = { scope: this, logGroup, logGroupClass };
    this.lines = new LineMetrics(this.group);
    addReview(this, (tree) => this.review(tree));
  }

  get role(): iam.IRole {
    this.definedRole ??= this.defineRole();
    return this.definedRole;
  }

  get environment(): Record<string, string> {
    return this.definition.environment;
  }

  bindTo(target: BindTarget, options: BindOptions = {}): iam.Grant {
    return this.binder.bindAndFollow(target, options);
  }

  bindAll(scope: IConstruct, options: BindOptions = {}): void {
    this.requireScope(scope);
    const injector = this.injectorOf(options, 'bindAll');
    Aspects.of(scope).add(injector, { priority: AspectPriority.MUTATING });
  }

  injector(options: BindOptions = {}): Injector {
    return this.injectorOf(options, 'injector');
  }

  grantWrite(grantee: iam.IGrantable, options: WriteOptions = {}): iam.Grant {
    assertGrantable(grantee, this.node.path);
    const { settings } = this.definition.for(options, `${this.node.path}.grantWrite`, WRITE_OPTIONS);
    return this.grants.write(grantee, streamsOf(settings));
  }

  grantRead(grantee: iam.IGrantable): iam.Grant {
    assertGrantable(grantee, this.node.path);
    return grantRead(this.logGroup, grantee, this.expected);
  }

  toKeyValuePairs(options: ExportOptions = {}): KeyValuePair[] {
    return this.exported(options, 'toKeyValuePairs', ({ environment }) => keyValuePairs(environment));
  }

  toConfigMapData(options: ExportOptions = {}): Record<string, string> {
    return this.exported(options, 'toConfigMapData', ({ environment }) => environment);
  }

  toUserData(options: UserDataOptions = {}): string {
    return this.exported(
      options,
      'toUserData',
      ({ environment }) => userData(environment, options.operatingSystem ?? ec2.OperatingSystemType.LINUX),
      USER_DATA_OPTIONS,
    );
  }

  toDotEnv(options: ExportOptions = {}): string {
    return this.exported(options, 'toDotEnv', ({ environment }) => dotEnv(environment));
  }

  publishSettings(id: string, options: PublishOptions = {}): PublishedSettings {
    const [definition, name] = this.exported(
      options,
      'publishSettings',
      (exported, where) => [exported, checkedName(options, where)] as const,
      PUBLISH_OPTIONS,
    );
    const published = new PublishedSettings(this, id, definition, name);
    warnOfParameter(published, definition);
    return published;
  }

  addOutputs(...given: Repeatable<[options?: OutputOptions | undefined]>): void {
    defineOutputs(this, callOf(this, 'addOutputs', given, 1));
  }

  metric(metricName: string, options: ProgramMetricOptions = {}): cloudwatch.Metric {
    return programMetric(this.group, this.definition.settings, metricName, options);
  }

  metricIncomingLogEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return incomingMetric(this.group, 'IncomingLogEvents', options);
  }

  metricIncomingBytes(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return incomingMetric(this.group, 'IncomingBytes', options);
  }

  metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.lines.errors('metricErrors', options);
  }

  metricDroppedEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.lines.droppedEvents('metricDroppedEvents', options);
  }

  addAlarms(...given: Repeatable<[options?: AlarmOptions | undefined]>): Alarms {
    return defineAlarms(this.group, this.lines, callOf(this, 'addAlarms', given, 1));
  }

  addQueries(...given: Repeatable<[options?: QueryOptions | undefined]>): logs.QueryDefinition[] {
    return defineQueries(this.group, callOf(this, 'addQueries', given, 1));
  }

  createWidgets(options: WidgetOptions = {}): cloudwatch.IWidget[] {
    return defineWidgets(this.group, this.lines, options);
  }

  widgets(options?: WidgetOptions): cloudwatch.IWidget[] {
    return this.createWidgets(options);
  }

  archiveTo(...given: Repeatable<[bucket: s3.IBucket, options?: ArchiveOptions | undefined]>): Archive {
    return defineArchive(this.group, this.policyKind, callOf(this, 'archiveTo', given, 2));
  }

  /** Checks the options now. Later on, an error belongs to the one program that cannot be bound. */
  private injectorOf(options: BindOptions, method: string): Injector {
    this.definition.forBinding(options, `${this.node.path}.${method}`);
    return new Injector(this, this.leftOut, (target) => void this.binder.bind(target, options));
  }

  /** Invokes `make` before the role is defined: what is refused changes nothing. */
  private exported<Result>(
    options: ExportOptions,
    method: string,
    make: (definition: Definition, where: string) => Result,
    names: Readonly<Record<string, true>> = EXPORT_OPTIONS,
  ): Result {
    const where = `${this.node.path}.${method}`;
    const own = this.definition.for(options, where, names);
    const result = make(own, where);
    const definition = options.assumeRole ? this.binder.assuming(own, this.role) : own;
    warnOfPython(this, definition);
    return definition === own ? result : make(definition, where);
  }

  private defineRole(): iam.IRole {
    const role = defineWriterRole(this, this.writerRole);
    this.grants.write(role, streamsOf(this.definition.settings));
    return role;
  }

  /**
   * @throws Error if the scope is not a construct, or is in another stage: CDK does not invoke an Aspect across stages
   */
  private requireScope(scope: unknown): void {
    const refusal = (what: string): Error => new Error(`${this.node.path}: cannot bind all of ${what}`);
    if (!Construct.isConstruct(scope)) {
      throw refusal(`${asGiven(scope)}, which is no construct; pass a stack or a stage`);
    }
    const stage = Stage.of(this);
    if ((Stage.isStage(scope) ? scope : Stage.of(scope)) === stage) return;
    const what = scope.node.path || 'the app';
    throw refusal(
      `${what}, because it is in another stage, and no stage may refer to another; ` +
        `pass ${stage?.node.path || 'the app'}, or a scope in it`,
    );
  }

  private review(tree: FinishedTree): string[] {
    const { bindings } = this.binder;
    this.leftOut.review();
    // A role that the user defines may have users that do not log here.
    if (this.definedRole && this.definedRole !== this.writerRole.role)
      reviewUnbound(this, tree, this.definedRole);
    const policies = tree.read(policiesIn);
    this.expected.review(this, policies);
    return [
      ...reviewBindings(this, bindings, this.grants, tree),
      ...this.expected.principals.flatMap((each) => reviewPolicySize(this, each, policies.of(each))),
      ...reviewSubscriptions(this, tree, this.logGroup, bindings),
    ];
  }
}
