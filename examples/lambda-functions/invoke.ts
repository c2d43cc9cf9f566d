import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const NAMES = ['orders', 'greetings', 'payments'];

/** Invokes a handler as Lambda does: `npm run invoke -- orders`, or with another event: `npm run invoke -- orders events/orders-broken.json`. */
const [name = '', file = `events/${name}.json`] = process.argv.slice(2);

if (!NAMES.includes(name)) {
  console.error(`Usage: npm run invoke -- NAME [EVENT], where NAME is one of ${NAMES.join(', ')}`);
  process.exit(1);
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const { handler } = (await import(`./src/${name}.ts`)) as { readonly handler: Handler };
const deadline = Date.now() + 10_000;

try {
  const answer = await handler(JSON.parse(readFileSync(file, 'utf8')), {
    awsRequestId: randomUUID(),
    functionName: name,
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
  console.log(JSON.stringify(answer));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
