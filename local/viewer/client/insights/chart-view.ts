import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { PlainText } from '../plain-text.js';
import { BarChart } from './bar-chart.js';
import type { Chart, Series } from './chart-choice.js';
import { LineChart } from './line-chart.js';
import { timeText } from './time-axis.js';
import { useBox } from './use-box.js';

/** A drawing of a result, with its legend. The table below it says the same to those who do not see it. */
export function ChartView({ chart }: { readonly chart: Chart }): VNode {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useBox(frame);
  const [hovered, setHovered] = useState<number>();
  const drawn =
    chart.kind === 'lines'
      ? html`<${LineChart} ...${{ chart, width, hovered, setHovered }} />`
      : html`<${BarChart} ...${{ chart, width }} />`;
  return html`<figure class="chart" aria-label=${titleOf(chart)}>
    <div class="chart-frame" ref=${frame} tabindex=${chart.kind === 'bars' ? 0 : undefined}>
      ${width > 0 && drawn}
    </div>
    <figcaption class="legend">
      ${chart.series.map((series, at) => entry(series, at, hovered))} ${note(chart)}
      <span class="gap"></span>
      ${chart.kind === 'lines' && hovered !== undefined && html`<span class="legend-time">${timeText(chart.times[hovered]!)}</span>`}
    </figcaption>
  </figure>`;
}

function titleOf({ kind, series }: Chart): string {
  const names = series.map(({ name }) => name).join(', ');
  return kind === 'lines' ? `Lines over time: ${names}` : `Bars: ${names}`;
}

function entry({ name, values }: Series, at: number, hovered: number | undefined): VNode {
  const value = hovered === undefined ? undefined : values[hovered];
  return html`<span class=${`legend-entry source-${at}`} key=${at}>
    <span class="dot"></span><span class="clip"><${PlainText} value=${name} /></span>
    ${value !== undefined && html`<b>${value.toLocaleString('en')}</b>`}
  </span>`;
}

function note(chart: Chart): VNode | false {
  const [count, noun] =
    chart.kind === 'lines' ? [chart.seriesLeftOut, 'lines'] : [chart.categoriesLeftOut, 'bars'];
  return (
    count > 0 &&
    html`<span class="muted">${count.toLocaleString('en')} more ${noun} would be here: see the table.</span>`
  );
}
