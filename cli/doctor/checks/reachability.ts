import { accessSync, constants } from 'node:fs';
import { describeError, messageOf, traits } from '../../../runtime/send/verdict.js';
import { guarded } from '../../../runtime/serialize/guard.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import type { Code } from '../codes.js';
import { fault, finding, type Finding } from '../finding.js';
import type { Probe } from '../probe.js';

/** Whether the endpoint answers as the service does, and how long that takes. */
export const reachabilityCheck: Check = {
  name: 'Reachability',
  async run(application) {
    if (!application.isDelivering) return [];
    const probe = await application.probe();
    if (probe === undefined) return extraAuthorities(application);
    return [...extraAuthorities(application), await probed(application, probe)];
  },
};

async function probed(application: Application, probe: Probe): Promise<Finding> {
  if (probe.error !== undefined) return failed(application, probe.error);
  const host = await hostOf(application);
  const steps = [...probe.steps].map(([step, ms]) => `${step} ${ms} ms`).join(', ');
  const at = probe.address === undefined || host.includes(probe.address) ? '' : ` at ${probe.address}`;
  if (probe.headers?.['x-amzn-requestid'] !== undefined)
    return finding('reachable', `${host}${at} answers: ${steps}`);
  const error = Object.assign(new Error(), { name: 'Unknown', $metadata: { httpStatusCode: probe.status } });
  const message = `${host}${at} answers HTTP ${probe.status}, without the request id of the service`;
  return fault('stranger', message, await application.adviceOn('PutLogEvents', error));
}

async function hostOf(application: Application): Promise<string> {
  const { endpoint } = await application.way();
  return 'value' in endpoint ? endpoint.value.host : 'the endpoint';
}

/** The first that matches the code of the error counts. */
const CODES_OF: readonly (readonly [reasons: RegExp, code: Extract<Code, string>])[] = [
  [/^(ENOTFOUND|EAI_)/, 'name-unknown'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_PROXY_)/, 'connection-refused'],
  [/CERT|UNABLE_TO_|^EPROTO$|^ERR_SSL|^ERR_TLS|SELF_SIGNED/, 'tls-failed'],
];

async function failed(application: Application, error: Error): Promise<Finding> {
  const { reason } = traits(error);
  const text = reason === 'TimeoutError' ? messageOf(error) : describeError(reason, messageOf(error));
  const [, code = 'no-answer'] = CODES_OF.find(([reasons]) => reasons.test(reason)) ?? [];
  const message = `${await hostOf(application)}: ${text}`;
  return fault(code as 'no-answer', message, await application.adviceOn('PutLogEvents', error));
}

/** Node.js warns of such a file once, and goes on without it. */
function extraAuthorities({ env }: Application): Finding[] {
  const file = env['NODE_EXTRA_CA_CERTS'];
  if (!file || guarded(() => isReadable(file), false)) return [];
  const message = `NODE_EXTRA_CA_CERTS names ${file}, which cannot be read`;
  return [fault('extra-ca', message, 'let it name a readable file with certificates (PEM), or remove it')];
}

function isReadable(path: string): boolean {
  accessSync(path, constants.R_OK);
  return true;
}
