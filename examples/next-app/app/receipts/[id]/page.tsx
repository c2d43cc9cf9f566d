import { randomUUID } from 'node:crypto';
import { withContext } from 'fapilog-cloudwatch';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { findOrder } from '../../../orders';

/** A server component: what is logged while the order is looked up has the id of the request. */
export default async function Receipt({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const requestId = (await headers()).get('x-request-id') ?? randomUUID();
  const order = withContext({ requestId }, () => findOrder(id));
  if (order === undefined) notFound();
  return (
    <p>
      {order.id}: {order.total}
    </p>
  );
}
