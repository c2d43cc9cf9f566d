/**
 * The events that every contestant logs. Event `id` is the same in every process. Its line is 250 to 400 bytes of JSON,
 * with some characters outside of ASCII.
 */

export interface BenchEvent {
  readonly level: Level;
  readonly message: string;
  readonly fields: BenchFields;
}

/** Of 100 events about 70, 20 and 10. All pass every contestant's default level. */
export type Level = 'info' | 'warn' | 'error';

export interface BenchFields {
  /** Counts from 0. The judge detects lost, duplicate and overtaken events by it. */
  readonly eventId: number;
  readonly service: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  readonly city: string;
  readonly product: string;
  readonly cache: string;
  readonly attempt: number;
  readonly route: string;
}

export interface Line {
  readonly timestamp: number;
  readonly message: string;
}

/** The events of one call. */
export type Call = readonly Line[];

/** Enough text to exceed gzip's window, so that no event compresses better because it was logged before. */
const TEMPLATES = 4_096;

/** Number of lines per request. They share its id, as in real logs. */
const LINES_OF_REQUEST = 3;

const messages = [
  'order placed and handed to the warehouse',
  'payment authorised by the provider',
  'cache entry refreshed after it had expired',
  'request completed within its time budget',
  'stock reserved until the payment arrives',
];
const methods = ['GET', 'POST', 'PUT', 'DELETE'];
const routes = ['orders', 'payments', 'baskets', 'products'];
const cities = ['Zürich', 'São Paulo', '東京', 'Kraków', 'Oslo', 'Lisbon', 'Αθήνα', 'Chicago'];
const products = ['espresso machine', 'crème brûlée torch', '抹茶 bowl', 'cast iron pan', 'bread knife 🔪'];
const levels: readonly Level[] = [...Array<Level>(7).fill('info'), 'warn', 'warn', 'error'];
const statuses = [200, 200, 200, 200, 201, 204, 304, 404];
const caches = ['hit', 'miss', 'stale', 'bypass'];

/** Creates event `id`, as a new object each time, as an application would. */
export function eventOf(id: number): BenchEvent {
  const { level, message, fields } = templates()[id % TEMPLATES]!;
  const { service, requestId, method, path, status, durationMs, city, product, cache, attempt, route } =
    fields;
  return {
    level,
    message,
    fields: {
      eventId: id,
      service,
      requestId,
      method,
      path,
      status,
      durationMs,
      city,
      product,
      cache,
      attempt,
      route,
    },
  };
}

/** Creates the event as a ready-made log event, for contestants that only send. */
export function lineOf({ level, message, fields }: BenchEvent, timestamp: number): Line {
  const time = new Date(timestamp).toISOString();
  return { timestamp, message: JSON.stringify({ timestamp: time, level, message, ...fields }) };
}

let made: readonly BenchEvent[] | undefined;

/** The models of all events. A child calls this before the clock starts, so that no contestant pays for making them. */
export function templates(): readonly BenchEvent[] {
  made ??= makeTemplates();
  return made;
}

function makeTemplates(): BenchEvent[] {
  const random = randomNumbers(20_140_328);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  let requestId = '';
  return Array.from({ length: TEMPLATES }, (_, index) => {
    if (index % LINES_OF_REQUEST === 0) requestId = uuid(random);
    const route = pick(routes);
    return {
      level: pick(levels),
      message: pick(messages),
      fields: {
        eventId: index,
        service: 'checkout',
        requestId,
        method: pick(methods),
        path: `/${route}/${Math.floor(random() * 1_000_000)}`,
        status: pick(statuses),
        durationMs: Math.round(random() * 200_000) / 1_000,
        city: pick(cities),
        product: pick(products),
        cache: pick(caches),
        attempt: 1 + Math.floor(random() * 3),
        route: `/${route}/{id}`,
      },
    };
  });
}

function uuid(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, digits);
}

/** Numbers from 0 to below 1, the same for the same seed: a multiplicative congruential generator. */
function randomNumbers(seed: number): () => number {
  let state = BigInt(seed) % 2_147_483_647n;
  return () => {
    state = (state * 48_271n) % 2_147_483_647n;
    return Number(state - 1n) / 2_147_483_646;
  };
}
