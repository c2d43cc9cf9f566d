import { partitionOf } from '../../contract/partition.js';
import { ACCOUNT_ID, DEFAULT_REGION } from '../arns.js';
import { isMap } from '../api/json.js';
import { arnAttribute, isReferredToByArn, nameProperty, type Place, resourceArn } from './resource-names.js';

type Json = Readonly<Record<string, unknown>>;

/** What only a deployment would know of a stack. */
export interface ResolveOptions {
  /** Region of the stack. Default: `us-east-1`. */
  readonly region?: string | undefined;
  /** Account of the stack. Default: `123456789012`. */
  readonly accountId?: string | undefined;
  /** Partition of the stack. Default: the one of the Region. */
  readonly partition?: string | undefined;
  /** Name of the stack, part of names that the template leaves open. Default: `local`. */
  readonly stackName?: string | undefined;
  /** Values of the template's parameters; they win over the defaults in the template. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Attributes of resources, as `{ 'LogicalId.Attribute': value }`. They win over those that are known here. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** Exports of other stacks by name: the values of `Fn::ImportValue`. */
  readonly imports?: Readonly<Record<string, string>> | undefined;
  /** Outputs of other stacks, as `{ 'StackName.OutputName': value }`: the values of `Fn::GetStackOutput`. */
  readonly stackOutputs?: Readonly<Record<string, string>> | undefined;
}

/** A resource of a template, with its functions resolved. */
export interface ResolvedResource {
  /** Type of the resource, such as `AWS::Logs::LogGroup`. */
  readonly type: string;
  /** Name in the template, else `${stackName}-${logicalId}-local`. `Ref` returns it for most types. */
  readonly physicalName: string;
  /** Properties, as the template has them. */
  readonly properties: Json;
}

/** A template with its functions resolved. */
export interface ResolvedTemplate {
  /** Resources by logical id. */
  readonly resources: Readonly<Record<string, ResolvedResource>>;
  /** Values of the outputs, by name. */
  readonly outputs: Json;
}

/** The value of `AWS::NoValue`. The member or item that holds it is removed. */
const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Resolves the functions of one template: all at once with {@link resolved}, or those of a single property on demand.
 * {@link ResolveOptions} holds what only a deployment would know.
 */
export class TemplateResolver {
  /** Region, account and partition of the stack. */
  readonly place: Place;
  readonly #template: Json;
  readonly #pseudo: Readonly<Record<string, unknown>>;
  readonly #options: ResolveOptions;
  readonly #stackName: string;
  /** Names and conditions that are being resolved. Meeting one again means a cycle. */
  readonly #open = new Set<string>();

  constructor(template: Json, options: ResolveOptions) {
    const { region = DEFAULT_REGION, accountId = ACCOUNT_ID, stackName = 'local' } = options;
    const { partition = partitionOf(region).name } = options;
    this.#template = template;
    this.#options = options;
    this.#stackName = stackName;
    this.place = { region, accountId, partition };
    this.#pseudo = {
      'AWS::Region': region,
      'AWS::AccountId': accountId,
      'AWS::Partition': partition,
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
      'AWS::NotificationARNs': [],
      'AWS::NoValue': NO_VALUE,
    };
  }

  resolved(): ResolvedTemplate {
    const resources = this.#presentIn('Resources').map(
      ([id, resource]) => [id, this.#resource(id, resource)] as const,
    );
    const outputs = this.#presentIn('Outputs').map(
      ([id, output]) => [id, this.#value(output['Value'])] as const,
    );
    return { resources: Object.fromEntries(resources), outputs: Object.fromEntries(outputs) };
  }

  /** Resources of a type whose condition, if any, holds, with their functions resolved; those of other types stay as they are. */
  resourcesOf(type: string): Readonly<Record<string, ResolvedResource>> {
    const resources = this.idsOf(type).map((id) => [id, this.#resource(id, this.#found(id))] as const);
    return Object.fromEntries(resources);
  }

  /** The type of the resource with this logical id, else of one whose id begins so; `undefined` if there is none. */
  typeOf(logicalIdPrefix: string): string | undefined {
    const resources = Object.entries(this.#section('Resources'));
    const exact = resources.find(([id]) => id === logicalIdPrefix);
    const [, resource] = exact ?? resources.find(([id]) => id.startsWith(logicalIdPrefix)) ?? [];
    return isMap(resource) ? String(resource['Type']) : undefined;
  }

  /** Logical ids of the resources of a type whose condition, if any, holds. */
  idsOf(type: string): string[] {
    const ofType = Object.entries(this.#section('Resources')).filter(
      ([, resource]) => mapOf(resource)['Type'] === type,
    );
    return ofType.filter(([, resource]) => this.#isPresent(mapOf(resource))).map(([id]) => id);
  }

  /** Returns a property as the template has it. */
  given(logicalId: string, property: string): unknown {
    return mapOf(this.#found(logicalId)['Properties'])[property];
  }

  /** Returns a property with its functions resolved; `undefined` if it is absent. */
  property(logicalId: string, property: string): unknown {
    return this.value(this.given(logicalId, property));
  }

  /** Returns any part of the template with its functions resolved. */
  value(part: unknown): unknown {
    const value = this.#value(part);
    return value === NO_VALUE ? undefined : value;
  }

  /** Returns the name of a resource, which `Ref` returns for most types. */
  nameOf(logicalId: string): string {
    return this.#physicalName(logicalId, this.#found(logicalId));
  }

  /**
   * Returns the ARN of a resource.
   *
   * @throws Error for a type whose ARN is not known here
   */
  arnOf(logicalId: string): string {
    const attribute = arnAttribute(String(this.#found(logicalId)['Type'])) ?? 'Arn';
    return this.#attribute([logicalId, attribute]);
  }

  /** The entries of a section whose condition, if any, holds. */
  #presentIn(section: 'Resources' | 'Outputs'): [string, Json][] {
    const entries = Object.entries(this.#section(section)).map(([id, value]): [string, Json] => [
      id,
      mapOf(value),
    ]);
    return entries.filter(([, entry]) => this.#isPresent(entry));
  }

  #isPresent({ Condition: name }: Json): boolean {
    return typeof name !== 'string' || this.#condition(name);
  }

  #section(name: 'Resources' | 'Outputs' | 'Parameters' | 'Conditions' | 'Mappings'): Json {
    return mapOf(this.#template[name]);
  }

  #resource(logicalId: string, resource: Json): ResolvedResource {
    return {
      type: String(resource['Type']),
      physicalName: this.#physicalName(logicalId, resource),
      properties: mapOf(this.#value(resource['Properties'] ?? {})),
    };
  }

  /** `LogGroupName` of an AWS::Logs::LogGroup, `RoleName` of an AWS::IAM::Role, and so on. */
  #physicalName(logicalId: string, resource: Json): string {
    const given = mapOf(resource['Properties'])[nameProperty(String(resource['Type']))];
    const name = given === undefined ? NO_VALUE : this.#once(logicalId, () => this.#value(given));
    return name === NO_VALUE ? `${this.#stackName}-${logicalId}-local` : String(name);
  }

  #once<T>(name: string, resolve: () => T): T {
    if (this.#open.has(name)) throw new Error(`"${name}" refers to itself.`);
    this.#open.add(name);
    try {
      return resolve();
    } finally {
      this.#open.delete(name);
    }
  }

  #value(value: unknown): unknown {
    if (Array.isArray(value))
      return value.map((item) => this.#value(item)).filter((item) => item !== NO_VALUE);
    if (!isMap(value)) return value;
    const [only, ...others] = Object.entries(value);
    if (only !== undefined && others.length === 0 && isFunction(only[0])) return this.#call(only[0], only[1]);
    const members = Object.entries(value).map(([key, member]) => [key, this.#value(member)] as const);
    return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE));
  }

  #call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument));
      case 'Fn::GetAtt':
        return this.#attribute(argument);
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::If':
        return this.#choose(this.#list(name, argument, 3));
      case 'Fn::Join': {
        const [delimiter, items] = this.#list(name, argument, 2);
        return this.#listOf(name, items).join(String(delimiter));
      }
      case 'Fn::Split': {
        const [delimiter, text] = this.#list(name, argument, 2);
        return String(this.#value(text)).split(String(delimiter));
      }
      case 'Fn::Select':
        return this.#select(this.#list(name, argument, 2));
      case 'Fn::FindInMap':
        return this.#mapped(this.#list(name, argument, 3));
      case 'Fn::ImportValue':
        return this.#fromOutside(name, argument, 'imports', String(this.#value(argument)));
      case 'Fn::GetStackOutput': {
        const { StackName, OutputName } = mapOf(this.#value(argument));
        return this.#fromOutside(
          name,
          argument,
          'stackOutputs',
          `${String(StackName)}.${String(OutputName)}`,
        );
      }
      default:
        throw new Error(`${name} is not supported: ${JSON.stringify(argument)}`);
    }
  }

  /** Returns a value of another stack, which only the options can contain. */
  #fromOutside(name: string, argument: unknown, option: 'imports' | 'stackOutputs', key: string): string {
    const values = this.#options[option] ?? {};
    if (Object.hasOwn(values, key)) return values[key]!;
    throw new Error(
      `${name} is not supported: ${JSON.stringify(argument)}, unless its value is given as ${option}: { "${key}": … }`,
    );
  }

  #mapped(keys: readonly unknown[]): unknown {
    const [map, top, second] = keys.map((key) => String(this.#value(key)));
    const value = mapOf(mapOf(this.#section('Mappings')[map!])[top!])[second!];
    if (value === undefined)
      throw new Error(`Fn::FindInMap: no ${map} → ${top} → ${second} in the template.`);
    return value;
  }

  #list(name: string, argument: unknown, length: number): readonly unknown[] {
    if (Array.isArray(argument) && argument.length === length) return argument;
    throw new Error(`${name} takes a list of ${length}, got ${JSON.stringify(argument)}`);
  }

  #listOf(name: string, argument: unknown): readonly unknown[] {
    const items = this.#value(argument);
    if (Array.isArray(items)) return items;
    throw new Error(`${name} needs a list, got ${JSON.stringify(items)}`);
  }

  #ref(name: string): unknown {
    if (Object.hasOwn(this.#pseudo, name)) return this.#pseudo[name];
    if (Object.hasOwn(this.#section('Parameters'), name)) return this.#parameter(name);
    const resource = this.#found(name);
    return isReferredToByArn(String(resource['Type']))
      ? this.arnOf(name)
      : this.#physicalName(name, resource);
  }

  #parameter(name: string): unknown {
    const { Type: type, Default: standard } = mapOf(this.#section('Parameters')[name]);
    const value = this.#options.parameters?.[name] ?? standard;
    if (value === undefined) throw new Error(`Parameter "${name}" has no default, give it a value.`);
    const isList = type === 'CommaDelimitedList' || String(type).startsWith('List<');
    return isList && typeof value === 'string' ? value.split(/\s*,\s*/) : value;
  }

  #found(logicalId: string): Json {
    const resource = this.#section('Resources')[logicalId];
    if (isMap(resource)) return resource;
    throw new Error(`"${logicalId}" is neither a parameter nor a resource of the template.`);
  }

  #attribute(argument: unknown): string {
    const [logicalId = '', ...rest] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    const attribute = rest.join('.');
    const key = `${logicalId}.${attribute}`;
    const { attributes = {} } = this.#options;
    if (Object.hasOwn(attributes, key)) return attributes[key]!;
    const type = String(this.#found(logicalId)['Type']);
    const arn = attribute === arnAttribute(type) ? this.#arn(logicalId, type) : undefined;
    if (arn !== undefined) return arn;
    throw new Error(
      `Cannot resolve attribute "${attribute}" of "${logicalId}" (${type}); ` +
        `give its value as attributes: { "${key}": … }`,
    );
  }

  #arn(logicalId: string, type: string): string | undefined {
    const path = this.property(logicalId, 'Path');
    return resourceArn(type, this.nameOf(logicalId), this.place, typeof path === 'string' ? path : undefined);
  }

  /** Resolves `${Name}`, `${Name.Attribute}` and `${!Literal}`. The form with a list has variables of its own. */
  #sub(argument: unknown): string {
    const [text, variables] = Array.isArray(argument) ? this.#list('Fn::Sub', argument, 2) : [argument, {}];
    const own = mapOf(variables);
    return String(text).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (Object.hasOwn(own, name)) return String(this.#value(own[name]));
      return String(name.includes('.') ? this.#attribute(name) : this.#ref(name));
    });
  }

  #choose([condition, whenTrue, whenFalse]: readonly unknown[]): unknown {
    return this.#value(this.#condition(String(condition)) ? whenTrue : whenFalse);
  }

  #select([index, items]: readonly unknown[]): unknown {
    const list = this.#listOf('Fn::Select', items);
    const position = Number(this.#value(index));
    if (position in list) return list[position];
    throw new Error(`Fn::Select: no item ${String(index)} in ${JSON.stringify(list)}`);
  }

  #condition(name: string): boolean {
    const conditions = this.#section('Conditions');
    if (!Object.hasOwn(conditions, name)) throw new Error(`"${name}" is not a condition of the template.`);
    return this.#once(`Conditions.${name}`, () => this.#holds(conditions[name]));
  }

  #holds(expression: unknown): boolean {
    const [name, argument] = Object.entries(mapOf(expression))[0] ?? ['', undefined];
    const parts = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Condition':
        return this.#condition(String(argument));
      case 'Fn::Equals':
        return String(this.#value(parts[0])) === String(this.#value(parts[1]));
      case 'Fn::Not':
        return !this.#holds(parts[0]);
      case 'Fn::And':
        return parts.every((part) => this.#holds(part));
      case 'Fn::Or':
        return parts.some((part) => this.#holds(part));
      default:
        throw new Error(`Not a condition: ${JSON.stringify(expression)}`);
    }
  }
}

function isFunction(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function mapOf(value: unknown): Json {
  return isMap(value) ? value : {};
}
