import Link from 'next/link';

export default function Home() {
  return (
    <ul>
      <li>
        <Link href="/receipts/o-1" prefetch={false}>
          Receipt of o-1
        </Link>
      </li>
      <li>
        <a href="/orders/o-1">Order o-1</a>
      </li>
    </ul>
  );
}
