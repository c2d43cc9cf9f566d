import type { Refusal } from '../../answers.js';

/** The server has answered that the question is wrong. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';

  constructor(
    message: string,
    /** The parameter that is wrong. */
    readonly parameter: string | undefined,
  ) {
    super(message);
  }
}

/** Asks a route below `/viewer/`. */
export async function ask<Answer>(
  route: string,
  query?: URLSearchParams,
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await fetch(urlOf(route, query), signal ? { signal } : {});
  if (response.ok) return (await response.json()) as Answer;
  const { error, parameter } = await refusalOf(response);
  throw new RefusalError(error, parameter);
}

export function urlOf(route: string, query?: URLSearchParams): string {
  const parameters = query?.toString() ?? '';
  return `/viewer/${route}${parameters === '' ? '' : `?${parameters}`}`;
}

async function refusalOf(response: Response): Promise<Refusal> {
  try {
    return (await response.json()) as Refusal;
  } catch {
    return { error: `The server answered ${response.status} ${response.statusText}` };
  }
}

/** The query with further parameters. */
export function withParameters(
  query: URLSearchParams,
  parameters: Readonly<Record<string, string | number | readonly string[]>>,
): URLSearchParams {
  const result = new URLSearchParams(query);
  for (const [name, value] of Object.entries(parameters))
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [value])
      result.append(name, String(each));
  return result;
}
