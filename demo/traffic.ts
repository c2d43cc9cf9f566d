import { randomUUID } from 'node:crypto';

const AT_ONCE = 10;

/** Sends requests, a few at the same time, one of them to the route that fails. Returns the id of each. */
export async function sendRequests(url: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const waiting = ids.entries();
  const worker = async (): Promise<void> => {
    for (const [index, id] of waiting) {
      const path = index === count >> 1 ? '/orders/broken' : '/orders';
      const response = await fetch(url + path, { headers: { 'x-request-id': id } });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return ids;
}
