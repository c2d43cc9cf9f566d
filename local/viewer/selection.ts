import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import { ServiceError } from '../service-error.js';
import type { StoredLogEvent } from '../store/log-event.js';
import type { Stores } from '../store/stores.js';
import { BadQuestion, timeParameter } from './question.js';
import { groupIdOf, type Source } from './source.js';
import type { Verdicts, VerdictCache } from './verdicts.js';

/** The part of all events that a question is about. */
export class Selection {
  /** Milliseconds since 1970, inclusive. */
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  /** Absent if each event matches. */
  readonly verdicts: Verdicts | undefined;
  readonly #groups: ReadonlySet<string>;
  readonly #streams: ReadonlySet<string>;
  readonly #narrowed: ReadonlySet<string>;

  /** @throws BadQuestion if a parameter is malformed */
  constructor(query: URLSearchParams, cache: VerdictCache) {
    this.startMs = timeParameter(query, 'start') ?? 0;
    this.endMs = timeParameter(query, 'end') ?? Number.POSITIVE_INFINITY;
    this.verdicts = filterOf(query, cache);
    this.#groups = new Set(query.getAll('group'));
    this.#streams = new Set(query.getAll('stream'));
    this.#narrowed = new Set([...this.#streams].map((stream) => stream.slice(0, stream.indexOf(':'))));
  }

  has(groupId: string, streamName: string): boolean {
    if (this.#narrowed.has(groupId)) return this.#streams.has(`${groupId}:${streamName}`);
    return this.#groups.has(groupId) || (this.#groups.size === 0 && this.#narrowed.size === 0);
  }

  /** Whether an event of its log streams belongs to it. */
  matches(event: StoredLogEvent): boolean {
    const { timestamp } = event;
    return timestamp >= this.startMs && timestamp < this.endMs && (this.verdicts?.of(event) ?? true);
  }

  /** The log streams that it has now. */
  sources({ all }: Stores): Source[] {
    return all
      .flatMap((store) => store.groups)
      .flatMap((group) => {
        const groupId = groupIdOf(group.identity.place, group.identity.name);
        return group.streams.map((stream) => ({ groupId, group, stream }));
      })
      .filter(({ groupId, stream }) => this.has(groupId, stream.name));
  }
}

/** @throws BadQuestion if the pattern is malformed, with the text of the service's refusal */
function filterOf(query: URLSearchParams, cache: VerdictCache): Verdicts | undefined {
  const text = query.get('filter')?.trim() ?? '';
  if (text === '') return undefined;
  try {
    return cache.of(text, () => parseFilterPattern(text).matches);
  } catch (error) {
    if (error instanceof ServiceError) throw new BadQuestion(error.message, 'filter');
    throw error;
  }
}
