import { FORMS, type Form, type Marks, type Startup } from '../measure/startup.js';
import type { Program } from '../program.js';
import { atMost, difference, medianOf, ratio, type BarRow } from './check.js';

/** The bar of the first second. CPU time counts: it is what a busy machine or a small function waits for. */
export function startRows(startup: readonly Startup[]): BarRow[] {
  const beside = (other: Program, form: Form, key: keyof Marks): number | undefined =>
    ratio(cpuBeyondEmpty(startup, 'fapilog', form, key), cpuBeyondEmpty(startup, other, form, key));
  return [
    {
      what: 'first event delivered, CPU beyond an empty process',
      bar: '≤ 0.5 × bare SDK',
      checks: FORMS.map((form) => atMost(0.5, form, beside('bare-sdk', form, 'delivered'))),
    },
    {
      what: 'first log call of a bundle, CPU beyond an empty process',
      bar: '≤ 1.2 × pino bundled',
      checks: [atMost(1.2, '', beside('pino', 'bundled', 'logged'))],
    },
    {
      what: 'first log call of modules, CPU beyond an empty process',
      bar: '≤ 1.0 × pino, the AWS client not loaded by then',
      checks: (['ES module', 'CommonJS'] as const).map((form) =>
        atMost(1, form, beside('pino', form, 'logged')),
      ),
      condition: clientCondition(startup),
    },
  ];
}

function cpuBeyondEmpty(
  startup: readonly Startup[],
  program: Program,
  form: Form,
  key: keyof Marks,
): number | undefined {
  return difference(
    medianOf(startup, `${program}, ${form}`, (marks) => marks[key]?.cpuMs ?? NaN),
    medianOf(startup, `empty, ${form}`, ({ imported }) => imported.cpuMs),
  );
}

function clientCondition(startup: readonly Startup[]): BarRow['condition'] {
  const marksOf = (program: Program): Marks[] =>
    startup
      .filter(({ name }) => name === `${program}, ES module` || name === `${program}, CommonJS`)
      .flatMap(({ samples }) => samples);
  // A delivery by the client that is not seen means that the detection does not work.
  const isSeen = marksOf('bare-sdk').every(({ delivered }) => delivered?.isSdkLoaded);
  const isLoaded = marksOf('fapilog').some(({ logged }) => logged.isSdkLoaded);
  return { isMet: isSeen && !isLoaded, text: isLoaded ? 'client loaded' : 'client not loaded' };
}
