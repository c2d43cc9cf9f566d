/** Commands `stats` of a query, by its quota (documented). */
const MAX_STATS = 2;

/** Why a command may not stand behind the others; `undefined` if it may. */
export function misplacement(kind: string, before: readonly string[]): string | undefined {
  if (before.includes('dedup') && kind !== 'limit') return 'only limit may follow dedup.';
  return kind === 'stats' ? misplacedStats(before) : undefined;
}

/** Both rules are documented. */
function misplacedStats(before: readonly string[]): string | undefined {
  if (before.filter((kind) => kind === 'stats').length === MAX_STATS)
    return `a query has at most ${MAX_STATS} stats.`;
  const early = before.includes('stats') && before.find((kind) => kind === 'sort' || kind === 'limit');
  return early ? `${early} has to stand behind the second stats.` : undefined;
}
