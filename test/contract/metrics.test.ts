import { METRIC_UNITS } from '../../contract/metrics.js';
import { SHAPES } from '../../local/api/model.generated.js';

test("the units of a metric are those of AWS's own model", () => {
  expect(METRIC_UNITS).toEqual(SHAPES.StandardUnit.enum);
});
