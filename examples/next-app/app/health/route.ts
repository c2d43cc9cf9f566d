/** Not wrapped: the calls of a load balancer have no lines. */
export const GET = (): Response => Response.json({ ok: true });
