import { isMap, type JsonMap } from '../api/json.js';
import type { InputOf } from '../api/shapes.js';
import type { ResolvedResource } from './template-resolver.js';

type Unit = NonNullable<InputOf<'PutMetricFilter'>['metricTransformations'][number]['unit']>;

/** The input of PutMetricFilter, as a template can have it. */
export interface NewMetricFilter {
  logGroupName: string;
  filterName: string;
  filterPattern: string;
  metricTransformations: {
    metricName: string;
    metricNamespace: string;
    metricValue: string;
    defaultValue?: number;
    dimensions?: Record<string, string>;
    unit?: Unit;
  }[];
}

/** What is wrong in the template is passed on as it is: the service refuses it. */
export function newMetricFilter({ physicalName, properties }: ResolvedResource): NewMetricFilter {
  return {
    logGroupName: textOf(properties['LogGroupName']),
    filterName: physicalName,
    filterPattern: textOf(properties['FilterPattern']),
    metricTransformations: mapsIn(properties['MetricTransformations']).map(transformationOf),
  };
}

function transformationOf(given: JsonMap): NewMetricFilter['metricTransformations'][number] {
  const dimensions = mapsIn(given['Dimensions']);
  return {
    metricName: textOf(given['MetricName']),
    metricNamespace: textOf(given['MetricNamespace']),
    metricValue: textOf(given['MetricValue']),
    ...(given['DefaultValue'] !== undefined && { defaultValue: Number(given['DefaultValue']) }),
    ...(dimensions.length > 0 && {
      dimensions: Object.fromEntries(dimensions.map(({ Key, Value }) => [textOf(Key), textOf(Value)])),
    }),
    ...(given['Unit'] !== undefined && { unit: textOf(given['Unit']) as Unit }),
  };
}

function mapsIn(value: unknown): JsonMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** CloudFormation takes numbers and booleans for text, too. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
