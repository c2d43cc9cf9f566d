import type { Writable } from 'node:stream';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyHandlerV2,
  APIGatewayProxyResultV2,
  Context,
  Handler,
  SQSBatchResponse,
  SQSEvent,
  SQSHandler,
} from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { lambdaMiddleware, withLambda } from 'fapilog-cloudwatch/lambda';

type IsSame<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

/** The compiler is the judge of this file: nothing runs it. */
type Holds<Claim extends true> = Claim;

declare const sqs: SQSHandler;
declare const api: APIGatewayProxyHandlerV2<{ id: string }>;
declare const own: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
declare const withoutContext: (event: SQSEvent) => Promise<void>;
declare const streaming: (event: APIGatewayProxyEventV2, stream: Writable, context: Context) => Promise<void>;
declare const atOnce: (event: { a: number }) => string;
declare const sometimesAtOnce: (event: { a: number }) => string | Promise<string>;
declare const loose: (event: any) => any; // oxlint-disable-line typescript/no-explicit-any -- as untyped handlers are
declare const marked: typeof own & { readonly mark: 1 };
declare const generic: <Event>(event: Event) => Promise<Event>;

export type HandlersKeepTheirTypes = [
  Holds<IsSame<ReturnType<typeof withLambda<typeof sqs>>, SQSHandler>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof api>>, typeof api>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof own>>, typeof own>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof withoutContext>>, typeof withoutContext>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof streaming>>, typeof streaming>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof loose>>, typeof loose>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof marked>>, typeof marked>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof generic>>, typeof generic>>,
  Holds<IsSame<ReturnType<typeof withLambda<typeof atOnce>>, (event: { a: number }) => Promise<string>>>,
  Holds<
    IsSame<ReturnType<typeof withLambda<typeof sometimesAtOnce>>, (event: { a: number }) => Promise<string>>
  >,
];

export function handlersAreWrittenAsTheyAre(): unknown[] {
  const handler: SQSHandler = withLambda(async (event: SQSEvent) => ({
    batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
  }));
  const typed: Handler<SQSEvent, SQSBatchResponse> = withLambda(own, { reserveMs: 500, logger: getLogger() });
  const response: Promise<APIGatewayProxyResultV2> = withLambda(
    async (_event: APIGatewayProxyEventV2) => 'ok',
  )({} as APIGatewayProxyEventV2);
  const byMiddy = middy(own).use(lambdaMiddleware({ correlationId: 'Records[0].messageId' }));
  const generally = middy<SQSEvent, SQSBatchResponse>().use([lambdaMiddleware()]).handler(own);
  return [handler, typed, response, withLambda(byMiddy).use(lambdaMiddleware()), generally];
}

export function mistakesAreFound(): void {
  // @ts-expect-error -- a handler is a function
  withLambda({});
  // @ts-expect-error -- there is no such option
  withLambda(own, { reserve: 500 });
  // @ts-expect-error -- milliseconds are a number
  lambdaMiddleware({ reserveMs: '500' });
  // @ts-expect-error -- the event is one of SQS
  void withLambda(own)({ Records: 5 }, {} as Context);
}
