import { Annotations } from 'aws-cdk-lib';
import { unknownNotice, unknownVariables } from '../../contract/unknown-variable.js';
import type { Place } from '../bind/place.js';

/** Warns of variables under `FAPILOG_` that nobody reads, most probably misspelt: the program would report them once it runs. */
export function reviewUnknownVariables(place: Place): void {
  const names = Object.keys(place.read() ?? {}).map((name) => name.toUpperCase());
  for (const unknown of unknownVariables(names.filter((name) => name.startsWith('FAPILOG_')))) {
    Annotations.of(place.construct).addWarningV2(
      `fapilog-cloudwatch:unknownVariable:${unknown.name}`,
      unknownNotice(unknown),
    );
  }
}
