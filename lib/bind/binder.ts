import { Annotations, Aspects, AspectPriority, type aws_iam as iam } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { BindOptions } from '../define/bind-options.js';
import type { Definition } from '../define/definition.js';
import { warnOfPython, warnOfRuntime } from './python-warnings.js';
import { isElsewhere } from '../stack-environment.js';
import { isForeign } from '../write/foreign.js';
import { streamsOf, type Streams } from '../write/streams.js';
import type { WriterGrants } from '../write/writer-grants.js';
import { isTaskDefinition, writerOf, type BindTarget, type Writer } from './bind-target.js';
import {
  applyFunctionLogging,
  isOwnFunction,
  planFunctionLogging,
  type FunctionLogging,
} from './function-logging.js';
import { hasExecutionPolicy, keepsExecutionPolicy } from './execution-policy.js';
import { inject, planInjection, type Injection } from './injection.js';
import { LateContainers } from './late-containers.js';

/** Everything that a binder needs of its logging construct. */
export interface BinderParts {
  readonly owner: IConstruct;
  readonly logGroup: logs.ILogGroup;
  /** Name of the log group; `undefined` if only CloudFormation knows it. */
  readonly knownName: string | undefined;
  readonly definition: Definition;
  readonly grants: WriterGrants;
  /** The role that writers in another account assume; `undefined` if it admits none. */
  readonly roleForOthers: RoleForOthers | undefined;
  readonly externalId: string | undefined;
}

/** A role that its first use may define. */
export interface RoleForOthers {
  /** `undefined` until the role is defined. */
  readonly defined: () => iam.IRole | undefined;
  /** Defines the role if nobody has. */
  readonly define: () => iam.IRole;
}

/** Stands for the ARN of a role that is not defined yet. Whatever a variable has instead is another ARN. */
const FUTURE_ROLE = { roleArn: 'the ARN of its writer role' };

/** A bound writer, and the log streams that it should write. */
export interface Binding extends Writer {
  readonly streams: Streams;
  /** `undefined` if the sink delivers by itself. */
  readonly logging: FunctionLogging | undefined;
  readonly definition: Definition;
}

/** What one logging construct has bound, and where its writers deliver. */
export interface Bound {
  readonly logGroup: logs.ILogGroup;
  readonly bindings: readonly Binding[];
}

const boundByOwner = new WeakMap<IConstruct, Bound>();

/** What a logging construct has bound; `undefined` for any other construct. */
export function boundBy(owner: IConstruct): Bound | undefined {
  return boundByOwner.get(owner);
}

/** Sets the variables of writers and grants them access, in one step. */
export class Binder {
  readonly bindings: Binding[] = [];

  constructor(private readonly parts: BinderParts) {
    boundByOwner.set(parts.owner, { logGroup: parts.logGroup, bindings: this.bindings });
  }

  /**
   * @throws SettingsError listing every problem of the options
   * @throws Error if the target cannot be bound; nothing is changed then
   */
  bind(target: BindTarget, options: BindOptions): iam.Grant {
    const { owner, grants, logGroup } = this.parts;
    const writer = writerOf(target);
    const by = owner.node.path;
    const definition = this.parts.definition.forBinding(
      options,
      `${by}.bindTo(${writer.construct.node.path})`,
      isOwnFunction(writer.construct, logGroup),
    );
    this.requireName(writer.construct);
    const logging = this.loggingOf(writer.construct, definition);
    const role = this.roleFor(writer.grantee);
    // Everything that is refused is refused above the first line that changes the tree.
    const tried = role ? this.assuming(definition, role.defined() ?? FUTURE_ROLE) : definition;
    const planned = this.plan(writer, tried);
    const streams = streamsOf(definition.settings);
    const grant = role
      ? grants.assume(writer.grantee, role.define)
      : logging && hasExecutionPolicy(writer.grantee)
        ? grants.leave(writer.grantee, streams, () => keepsExecutionPolicy(writer.grantee))
        : grants.write(writer.grantee, streams);
    const written = role ? this.assuming(definition, role.define()) : definition;
    for (const plan of role ? this.plan(writer, written) : planned) inject(plan, by);
    if (logging) applyFunctionLogging(logging);
    warnOfPython(writer.construct, written, this.parts.definition);
    warnOfRuntime(writer.construct, written);
    if (writer.places.length === 0 && !isTaskDefinition(writer.construct)) warnOfImport(writer.construct);
    this.bindings.push({ ...writer, streams, logging, definition });
    return grant;
  }

  /** Binds a target, and the containers that a task definition gets later. */
  bindAndFollow(target: BindTarget, options: BindOptions): iam.Grant {
    const grant = this.bind(target, options);
    if (isTaskDefinition(target)) {
      const later = new LateContainers((container) => void this.bind(container, options));
      Aspects.of(target).add(later, { priority: AspectPriority.MUTATING });
    }
    return grant;
  }

  binds(construct: IConstruct): boolean {
    return this.bindings.some((binding) => binding.construct === construct);
  }

  private loggingOf(construct: IConstruct, definition: Definition): FunctionLogging | undefined {
    const { owner, logGroup } = this.parts;
    return definition.delivery === 'stdout'
      ? planFunctionLogging(construct, logGroup, definition, owner.node.path)
      : undefined;
  }

  /** Compares the variables of a definition with those of a writer. Changes nothing. */
  private plan({ places }: Writer, { environment }: Definition): Injection[] {
    return places.map((place) => planInjection(place, environment, this.parts.owner.node.path));
  }

  /** Adds the role that writers in another account assume. */
  assuming(definition: Definition, { roleArn }: Pick<iam.IRole, 'roleArn'>): Definition {
    const { externalId } = this.parts;
    return definition.with({
      cloudwatch: { roleArn, ...(externalId === undefined ? {} : { externalId }) },
    });
  }

  /** The role to assume if the writer is in another account than the log group. */
  private roleFor(grantee: iam.IGrantable): RoleForOthers | undefined {
    const { logGroup, roleForOthers } = this.parts;
    return isForeign(grantee.grantPrincipal, logGroup.env.account) ? roleForOthers : undefined;
  }

  /** @throws Error if the log group has a generated name, which is not known in the writer's account or Region */
  private requireName(construct: IConstruct): void {
    const { owner, logGroup, knownName } = this.parts;
    if (knownName === undefined && isElsewhere(construct, logGroup)) {
      throw new Error(
        `${owner.node.path}: cannot bind ${construct.node.path}, which is in another account or Region, to a ` +
          'log group whose name CloudFormation generates; give it a logGroupName',
      );
    }
  }
}

function warnOfImport(construct: IConstruct): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:noEnvironment',
    'variables cannot be set on an imported function; its owner has to set the variables that environment returns',
  );
}
