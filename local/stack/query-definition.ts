import { isMap } from '../api/json.js';
import type { InputOf } from '../api/shapes.js';
import type { ResolvedResource } from './template-resolver.js';

type Mutable<Given> = { -readonly [Name in keyof Given]: Given[Name] };

/** The input of PutQueryDefinition, as a template can have it. */
export type NewQueryDefinition = Mutable<
  Pick<InputOf<'PutQueryDefinition'>, 'queryDefinitionId' | 'name' | 'queryString' | 'queryLanguage'>
> & {
  logGroupNames?: string[];
  parameters?: { name: string; defaultValue?: string; description?: string }[];
};

/** What is wrong in the template is passed on as it is: the service refuses it. */
export function newQueryDefinition({ properties }: ResolvedResource): NewQueryDefinition {
  const { LogGroupNames, QueryLanguage, Parameters } = properties;
  return {
    name: textOf(properties['Name']),
    queryString: textOf(properties['QueryString']),
    ...(Array.isArray(LogGroupNames) && { logGroupNames: LogGroupNames.map(textOf) }),
    ...(QueryLanguage !== undefined && {
      queryLanguage: QueryLanguage as NonNullable<NewQueryDefinition['queryLanguage']>,
    }),
    ...(Array.isArray(Parameters) && { parameters: Parameters.filter(isMap).map(parameterOf) }),
  };
}

function parameterOf(given: Readonly<Record<string, unknown>>) {
  const { Name, DefaultValue, Description } = given;
  return {
    name: textOf(Name),
    ...(DefaultValue !== undefined && { defaultValue: textOf(DefaultValue) }),
    ...(Description !== undefined && { description: textOf(Description) }),
  };
}

/** CloudFormation takes numbers and booleans for text, too. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
