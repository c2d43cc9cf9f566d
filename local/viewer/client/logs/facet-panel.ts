import type { VNode } from 'preact';
import type { Facet } from '../../answers.js';
import { classes, html } from '../html.js';
import { visible } from '../visible.js';
import { levelNamed } from './line.js';
import {
  facetPath,
  isExcluded,
  isIncluded,
  toggleExcluded,
  toggleIncluded,
  type Path,
} from '../state/filter-writing.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';

/** Values of the members that one asks for most, with their counts. A click filters by one. */
export function FacetPanel({ session }: { readonly session: Session }): VNode {
  useChanges(session, session.summary);
  return html`<nav class="facets" aria-label="Values to filter by">
    ${session.summary.facets.filter(({ values }) => values.length > 0).map((facet) => html`<${FacetSection} key=${facet.name} ...${{ session, facet }} />`)}
  </nav>`;
}

function FacetSection({ session, facet }: { readonly session: Session; readonly facet: Facet }): VNode {
  const { name, values, hasMore } = facet;
  const most = Math.max(1, ...values.map(({ count }) => count));
  return html`<section class="facet">
    <h2>${name}</h2>
    <ul>
      ${values.map(({ value, count }) => facetValue(session, { name, value, count, share: count / most }))}
    </ul>
    ${hasMore && html`<p class="muted facet-more">and more</p>`}
  </section>`;
}

interface FacetValue {
  readonly name: string;
  readonly value: string;
  readonly count: number;
  /** Of the most frequent value's count. */
  readonly share: number;
}

function facetValue({ page }: Session, { name, value, count, share }: FacetValue): VNode {
  const { filter } = page.state.selection;
  const path: Path = facetPath(name);
  const label = visible(value, 'shown');
  const level = name === 'level' && levelNamed(value);
  const [isIn, isOut] = [isIncluded(filter, path, value), isExcluded(filter, path, value)];
  return html`<li class=${classes('facet-value', level && `level-${level}`)} key=${value}>
    <button
      type="button"
      class=${classes('facet-in', isIn && 'is-in')}
      aria-pressed=${isIn}
      title=${`Only ${name} ${label}`}
      onClick=${() => page.choose({ filter: toggleIncluded(filter, path, value) })}
    >
      <span class="facet-bar" style=${{ transform: `scaleX(${share})` }}></span>
      <span class="clip"><bdi>${label}</bdi></span
      ><span class="facet-count">${count.toLocaleString('en')}</span>
    </button>
    <button
      type="button"
      class=${classes('mini', 'facet-out', isOut && 'is-out')}
      aria-pressed=${isOut}
      aria-label=${`Exclude ${name} ${label}`}
      title=${`Exclude ${name} ${label}`}
      onClick=${() => page.choose({ filter: toggleExcluded(filter, path, value) })}
    >
      −
    </button>
  </li>`;
}
