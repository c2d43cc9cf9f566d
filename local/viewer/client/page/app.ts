import type { VNode } from 'preact';
import { CallsTab } from '../calls/calls-tab.js';
import { Help } from '../help.js';
import { classes, html } from '../html.js';
import { Icon, type IconName } from '../icon.js';
import { InsightsTab } from '../insights/insights-tab.js';
import { LogsTab } from '../logs/logs-tab.js';
import type { Theme } from '../state/preferences.js';
import { TABS, type Tab } from '../state/selection.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';

/** The page: a head, and one of its tabs. */
export function App({ session }: { readonly session: Session }): VNode {
  useChanges(session, session.preferences);
  const { tab } = session.page.state;
  return html`<header class="head">
      <h1>CloudWatch Logs <span class="local">local</span></h1>
      <nav class="tabs" aria-label="Views">${TABS.map((each) => tabLink(session, each))}</nav>
      <span class="gap"></span>
      ${connection(session)} ${themeButton(session)} <${Help} />
    </header>
    <main class="main"><${SHOWN[tab].component} session=${session} /></main>`;
}

const SHOWN = {
  logs: { label: 'Logs', component: LogsTab },
  insights: { label: 'Insights', component: InsightsTab },
  calls: { label: 'Calls', component: CallsTab },
} as const;

function tabLink({ page }: Session, tab: Tab): VNode {
  const isHere = page.state.tab === tab;
  return html`<button
    key=${tab}
    type="button"
    aria-current=${isHere ? 'page' : undefined}
    onClick=${() => page.go({ tab })}
  >
    ${SHOWN[tab].label}
  </button>`;
}

function connection({ isConnected, status }: Session): VNode {
  const endpoint = status?.endpoint ?? '';
  return html`<span class="endpoint" title=${endpoint}>${endpoint.replace(/^https?:\/\//, '')}</span>
    <span
      class=${classes('connection', isConnected !== false && 'is-well', isConnected === true && 'is-connected')}
      role="status"
    >
      <span class="dot"></span>${connectionText(isConnected)}
    </span>`;
}

function connectionText(isConnected: boolean | undefined): string {
  if (isConnected === undefined) return 'connecting';
  return isConnected ? 'live' : 'no connection';
}

const THEMES: readonly { readonly theme: Theme; readonly icon: IconName; readonly label: string }[] = [
  { theme: 'system', icon: 'auto', label: 'as the system' },
  { theme: 'light', icon: 'sun', label: 'light' },
  { theme: 'dark', icon: 'moon', label: 'dark' },
];

function themeButton({ preferences }: Session): VNode {
  const place = THEMES.findIndex(({ theme }) => theme === preferences.values.theme);
  const [now, next] = [THEMES[place]!, THEMES[(place + 1) % THEMES.length]!];
  const title = `Colours: ${now.label}. Change to ${next.label}`;
  return html`<button
    type="button"
    class="button quiet"
    title=${title}
    aria-label=${title}
    onClick=${() => preferences.set({ theme: next.theme })}
  >
    <${Icon} name=${now.icon} />
  </button>`;
}
