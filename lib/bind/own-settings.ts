import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { writerOf, type BindTarget } from './bind-target.js';
import { rendered } from '../rendered.js';
import { isProgram } from './program.js';

/** Whether a program in the template has variables of the sink, whoever set them. */
export function hasSettings(construct: IConstruct): boolean {
  if (CfnResource.isCfnResource(construct)) return /"FAPILOG_/i.test(JSON.stringify(rendered(construct)));
  if (!isProgram(construct)) return false;
  const { places } = writerOf(construct as BindTarget);
  const names = places.flatMap((place) => Object.keys(place.read() ?? {}));
  return names.some((name) => /^FAPILOG_/i.test(name));
}
