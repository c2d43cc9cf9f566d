import type { Refusal, TextPlace } from '../../answers.js';

/** The server has answered that the question is wrong. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';

  constructor(
    message: string,
    /** The parameter that is wrong. */
    readonly parameter: string | undefined,
    /** Where its text is wrong. */
    readonly place?: TextPlace | undefined,
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
  return answerTo(await fetch(urlOf(route, query), signal ? { signal } : {}));
}

/** Asks a route whose question has a body. */
export async function askWith<Answer>(
  route: string,
  query: URLSearchParams,
  body: unknown,
  signal: AbortSignal,
): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal };
  return answerTo(await fetch(urlOf(route, query), request));
}

async function answerTo<Answer>(response: Response): Promise<Answer> {
  if (response.ok) return (await response.json()) as Answer;
  const { error, parameter, place } = await refusalOf(response);
  throw new RefusalError(error, parameter, place);
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
