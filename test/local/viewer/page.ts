import type {
  CallPage,
  EventPage,
  Facet,
  FaultRow,
  GroupRow,
  Histogram,
  ServerStatus,
} from '../../../local/viewer/answers.js';
import { type Stage, startEmpty } from '../harness.js';

/** Answers by the path of the question. */
interface Answers {
  readonly groups: GroupRow[];
  readonly events: EventPage;
  readonly histogram: Histogram;
  readonly facets: Facet[];
  readonly calls: CallPage;
  readonly faults: FaultRow[];
  readonly status: ServerStatus;
}

export type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** Asks as the page does. */
export async function ask<Name extends keyof Answers>(
  { service }: Stage,
  name: Name,
  query: Query = {},
): Promise<Answers[Name]> {
  const response = await fetch(urlOf(service.endpoint, name, query));
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answers[Name];
}

export function urlOf(endpoint: string, name: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    [value].flat().map((each): [string, string] => [key, String(each)]),
  );
  return `${endpoint}/viewer/${name}?${new URLSearchParams(pairs).toString()}`;
}

export interface Sent {
  readonly timestamp: number;
  readonly message: string;
}

export function groupId(name: string): string {
  return `123456789012/us-east-1/${name}`;
}

/** A server that has these events, by group and by stream. */
export async function startWith(
  groups: Readonly<Record<string, Readonly<Record<string, readonly Sent[]>>>>,
  options: Parameters<typeof startEmpty>[0] = {},
): Promise<Stage> {
  const stage = await startEmpty(options);
  for (const [logGroupName, streams] of Object.entries(groups)) {
    await stage.client.createLogGroup({ logGroupName });
    for (const [logStreamName, logEvents] of Object.entries(streams)) {
      await stage.client.createLogStream({ logGroupName, logStreamName });
      if (logEvents.length === 0) continue;
      await stage.client.putLogEvents({ logGroupName, logStreamName, logEvents: [...logEvents] });
    }
  }
  return stage;
}
