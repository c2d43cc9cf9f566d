import { Application, type Surroundings } from '../application.js';
import type { Check } from '../check.js';
import { clockCheck } from '../checks/clock.js';
import { containerCheck } from '../checks/container.js';
import { credentialsCheck } from '../checks/credentials.js';
import { endpointCheck } from '../checks/endpoint.js';
import { lambdaCheck } from '../checks/lambda.js';
import { packageCheck } from '../checks/package.js';
import { permissionsCheck } from '../checks/permissions.js';
import { proxyCheck } from '../checks/proxy.js';
import { reachabilityCheck } from '../checks/reachability.js';
import { regionCheck } from '../checks/region.js';
import { settingsCheck } from '../checks/settings.js';
import { spoolCheck } from '../checks/spool.js';
import { workerCheck } from '../checks/worker.js';
import { writeCheck } from '../checks/write.js';
import type { Kind } from '../codes.js';
import type { Finding } from '../finding.js';

/** In the order in which a log event meets what they are about. */
const CHECKS: readonly Check[] = [
  settingsCheck,
  credentialsCheck,
  regionCheck,
  endpointCheck,
  proxyCheck,
  reachabilityCheck,
  clockCheck,
  permissionsCheck,
  writeCheck,
  packageCheck,
  lambdaCheck,
  containerCheck,
  workerCheck,
  spoolCheck,
];

/** What a check found. */
export interface Section {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** Hears how far an examination is. */
export interface ExaminationListener {
  begins(name: string): void;
  found(section: Section): void;
}

export interface Examined {
  readonly application: Application;
  readonly sections: readonly Section[];
}

/** Makes every check, one after the other. One that has nothing to say leaves no section. */
export async function examine(surroundings: Surroundings, listener: ExaminationListener): Promise<Examined> {
  listener.begins(CHECKS[0]!.name);
  const application = await Application.read(surroundings);
  const sections: Section[] = [];
  for (const check of CHECKS) {
    if (surroundings.signal.aborted) break;
    listener.begins(check.name);
    const findings = await check.run(application);
    if (findings.length === 0) continue;
    sections.push({ name: check.name, findings });
    listener.found(sections.at(-1)!);
  }
  return { application, sections };
}

export function countOf(sections: readonly Section[], kind: Kind): number {
  return sections.flatMap(({ findings }) => findings).filter((each) => each.kind === kind).length;
}
