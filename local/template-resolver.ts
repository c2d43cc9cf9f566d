import { ACCOUNT_ID } from './arns.js';
import { isMap } from './members.js';

type Json = Readonly<Record<string, unknown>>;

export interface ResolveOptions {
  /** Default: `us-east-1`. */
  readonly region?: string | undefined;
  /** Default: `123456789012`. */
  readonly accountId?: string | undefined;
  /** Default: `aws`. */
  readonly partition?: string | undefined;
  /** Default: `local`. Part of the names that the template leaves open. */
  readonly stackName?: string | undefined;
  /** Values of the template's parameters, before their defaults. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

export interface ResolvedResource {
  readonly type: string;
  /** The name that the template gives, else `${stackName}-${logicalId}-local`. It is what `Ref` yields. */
  readonly physicalName: string;
  readonly properties: Json;
}

export interface ResolvedTemplate {
  readonly resources: Readonly<Record<string, ResolvedResource>>;
  readonly outputs: Json;
}

/** What `AWS::NoValue` resolves to; it removes the member or item that holds it. */
const NO_VALUE = Symbol('AWS::NoValue');

/** Resolves the functions of one template; see {@link ResolveOptions} for what a deployment would know. */
export class TemplateResolver {
  readonly #template: Json;
  readonly #pseudo: Readonly<Record<string, unknown>>;
  readonly #options: Readonly<Record<'region' | 'accountId' | 'partition' | 'stackName', string>>;
  readonly #parameters: Readonly<Record<string, string>>;
  /** Names and conditions that are being resolved: meeting one again is a cycle. */
  readonly #open = new Set<string>();

  constructor(template: Json, options: ResolveOptions) {
    const { region = 'us-east-1', accountId = ACCOUNT_ID, partition = 'aws', stackName = 'local' } = options;
    this.#template = template;
    this.#options = { region, accountId, partition, stackName };
    this.#parameters = options.parameters ?? {};
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

  /** The entries of a section whose condition, if any, holds. */
  #presentIn(section: 'Resources' | 'Outputs'): [string, Json][] {
    const entries = Object.entries(this.#section(section)).map(([id, value]): [string, Json] => [
      id,
      mapOf(value),
    ]);
    return entries.filter(([, { Condition: name }]) => typeof name !== 'string' || this.#condition(name));
  }

  #section(name: 'Resources' | 'Outputs' | 'Parameters' | 'Conditions'): Json {
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
    const noun = String(resource['Type']).split('::').at(-1);
    const given = mapOf(resource['Properties'])[`${noun}Name`];
    const name = given === undefined ? NO_VALUE : this.#once(logicalId, () => this.#value(given));
    return name === NO_VALUE ? `${this.#options.stackName}-${logicalId}-local` : String(name);
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
      default:
        throw new Error(`${name} is not supported: ${JSON.stringify(argument)}`);
    }
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
    return this.#physicalName(name, this.#found(name));
  }

  #parameter(name: string): unknown {
    const { Type: type, Default: standard } = mapOf(this.#section('Parameters')[name]);
    const value = this.#parameters[name] ?? standard;
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
    const resource = this.#found(logicalId);
    const arn = attribute === 'Arn' ? this.#arn(logicalId, resource) : undefined;
    if (arn !== undefined) return arn;
    throw new Error(
      `Cannot resolve attribute "${attribute}" of "${logicalId}" (${String(resource['Type'])}); ` +
        'known is Arn of AWS::Logs::LogGroup, AWS::IAM::Role, AWS::Lambda::Function and AWS::KMS::Key.',
    );
  }

  #arn(logicalId: string, resource: Json): string | undefined {
    const { region, accountId, partition } = this.#options;
    const arn = (service: string, rest: string, place = region): string =>
      `arn:${partition}:${service}:${place}:${accountId}:${rest}`;
    const name = this.#physicalName(logicalId, resource);
    switch (resource['Type']) {
      case 'AWS::Logs::LogGroup':
        return arn('logs', `log-group:${name}:*`);
      case 'AWS::Lambda::Function':
        return arn('lambda', `function:${name}`);
      case 'AWS::KMS::Key':
        return arn('kms', `key/${name}`);
      case 'AWS::IAM::Role':
        return arn(
          'iam',
          `role${String(this.#value(mapOf(resource['Properties'])['Path'] ?? '/'))}${name}`,
          '',
        );
      default:
        return undefined;
    }
  }

  /** `${Name}`, `${Name.Attribute}` and `${!Literal}`; the second form brings variables of its own. */
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
