import { createRequire } from 'node:module';

const marks = {};
/** A CommonJS bundle has `require` and no `import.meta.url`. */
const { cache } = typeof require === 'function' ? require : createRequire(import.meta.url);

/**
 * Records how long the process has taken so far, and whether the AWS client is loaded, which a bundle does not show.
 */
export function mark(name) {
  const wallMs = performance.now();
  const { user, system } = process.cpuUsage();
  const isSdkLoaded = Object.keys(cache).some((file) => /node_modules\/@(aws-sdk|smithy)\//.test(file));
  marks[name] = { wallMs, cpuMs: (user + system) / 1_000, isSdkLoaded };
}

export function tellMarks() {
  process.send(marks, () => process.exit());
}

export const target = { logGroupName: '/myapp/production', logStreamName: 'bench' };
export const endpoint = process.env.BENCH_ENDPOINT;
export const region = process.env.AWS_REGION;
