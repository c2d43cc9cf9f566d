const ATTEMPTS = 5;

/**
 * What meets its bounds in one of five attempts. Times of a browser depend on what else the machine does: other work spoils some
 * attempts, a slow page spoils them all. Returns what was wrong with each; nothing if one went well.
 */
export async function wrongInEach(attempt: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const found = await attempt();
    if (found.length === 0) return [];
    wrong.push(...found.map((text) => `attempt ${count}: ${text}`));
  }
  return wrong;
}
