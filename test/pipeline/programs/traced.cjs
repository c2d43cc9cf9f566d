// Logs, in a process whose HTTP calls are traced, and prints the names of all spans as JSON.
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} = require('@opentelemetry/sdk-trace-node');

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register({ contextManager: new AsyncLocalStorageContextManager() });
new HttpInstrumentation().setTracerProvider(provider);

const http = require('node:http');
const { getLogger } = require('../../../dist/cjs/runtime/index.js');

async function main() {
  // A call of the application's own, which is traced.
  await new Promise((resolve) =>
    http.get(process.env.AWS_ENDPOINT_URL, (answer) => answer.resume().on('end', resolve)),
  );
  const logger = getLogger();
  await provider.getTracer('app').startActiveSpan('work', async (span) => {
    logger.info('in a span');
    await logger.flush();
    span.end();
  });
  const report = await logger.close();
  const spans = exporter.getFinishedSpans().map(({ name }) => name);
  console.log(JSON.stringify({ spans, delivered: report.delivered, calls: report.calls }));
}

void main();
