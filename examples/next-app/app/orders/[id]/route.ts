import { loggedRoute } from '../../../logged-route';
import { findOrder } from '../../../orders';

export const GET = loggedRoute(async (_request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const order = findOrder(id);
  return order === undefined
    ? Response.json({ message: `no order ${id}` }, { status: 404 })
    : Response.json(order);
});
