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
  const { Name, QueryString, LogGroupNames, QueryLanguage, Parameters } = properties;
  return {
    name: String(Name),
    queryString: String(QueryString),
    ...(Array.isArray(LogGroupNames) && { logGroupNames: LogGroupNames.map(String) }),
    ...(QueryLanguage !== undefined && {
      queryLanguage: QueryLanguage as NonNullable<NewQueryDefinition['queryLanguage']>,
    }),
    ...(Array.isArray(Parameters) && { parameters: Parameters.map(parameterOf) }),
  };
}

function parameterOf(given: unknown): { name: string; defaultValue?: string; description?: string } {
  const { Name, DefaultValue, Description } = given as Readonly<Record<string, unknown>>;
  return {
    name: String(Name),
    ...(DefaultValue !== undefined && { defaultValue: String(DefaultValue) }),
    ...(Description !== undefined && { description: String(Description) }),
  };
}
