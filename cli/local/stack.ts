import { nearest } from '../../contract/nearest.js';
import { isMap } from '../../local/api/json.js';
import { TemplateResolver } from '../../local/stack/template-resolver.js';
import { Failure } from '../failure.js';
import { type Caller, callerIn, type Variables } from './caller.js';
import { readTemplateFile, type TemplateFile } from './template-file.js';

export interface StackPlace {
  readonly region?: string | undefined;
  readonly parameter?: Readonly<Record<string, string>> | undefined;
}

/** A synthesized stack as it would be deployed, and who calls the server from there. */
export interface Stack {
  readonly resolver: TemplateResolver;
  readonly caller: Caller;
}

/** @throws Failure if there is no such template, or it does not have the parameters */
export function openStack(path: string, options: StackPlace, env: Variables): Stack {
  const { stackName, template, ...place } = readTemplateFile(path);
  refuseUnknown(options.parameter, template);
  const caller = callerIn(env, { ...place, region: options.region ?? place.region });
  const { region, accountId } = caller;
  const parameters = options.parameter;
  return { caller, resolver: new TemplateResolver(template, { region, accountId, stackName, parameters }) };
}

/** CloudFormation does, too. */
function refuseUnknown(given: StackPlace['parameter'] = {}, template: TemplateFile['template']): void {
  const parameters = template['Parameters'];
  const names = isMap(parameters) ? Object.keys(parameters) : [];
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  const hint = meant === undefined ? '.' : `; did you mean ${meant}?`;
  throw new Failure(`--parameter ${unknown}: the template has no parameter of this name${hint}`);
}
