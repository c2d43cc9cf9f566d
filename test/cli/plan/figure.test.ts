import {
  byteFigure,
  dollarFigure,
  durationFigure,
  figure,
  figured,
  percentage,
  priceFigure,
} from '../../../cli/plan/figure.js';

test.each([
  [0, '0'],
  [0.000_196, '0.000196'],
  [1.024_39, '1.02'],
  [41.000_000_1, '41'],
  [99.94, '99.9'],
  [100.4, '100'],
  [1_463.41, '1,463'],
  [66_251_520, '66,251,520'],
])('%d reads %s', (number, text) => {
  expect(figure(number)).toBe(text);
});

test.each([
  [1, '1 call'],
  [1.000_1, '1 call'],
  [0.5, '0.5 calls'],
  [1_463.4, '1,463 calls'],
])('%d of a thing: %s', (number, text) => {
  expect(figured(number, 'call')).toBe(text);
});

test.each([
  [0.292_68, '29.3%'],
  [1, '100%'],
  [4, '400%'],
])('a share of %d: %s', (share, text) => {
  expect(percentage(share)).toBe(text);
});

test.each([
  [0.36, '0.36 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [25_560_000, '25.6 MB'],
  [2.5e18, '2,500 PB'],
])('%d bytes: %s', (bytes, text) => {
  expect(byteFigure(bytes)).toBe(text);
});

test.each([
  [0.02, '0.02 s'],
  [119.9, '120 s'],
  [120, '2 minutes'],
  [600, '10 minutes'],
  [7_200, '2 hours'],
])('%d seconds: %s', (seconds, text) => {
  expect(durationFigure(seconds)).toBe(text);
});

test.each([
  [0, '$0.00'],
  [0.004, 'less than $0.01'],
  [0.01, '$0.01'],
  [81.648, '$81.65'],
  [33_125.76, '$33,126'],
])('%d dollars: %s', (dollars, text) => {
  expect(dollarFigure(dollars)).toBe(text);
});

test.each([
  [0.5, '$0.50'],
  [0.033, '$0.033'],
  [2, '$2.00'],
])('a price of %d: %s', (dollars, text) => {
  expect(priceFigure(dollars)).toBe(text);
});
