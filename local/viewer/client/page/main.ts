import { options, render } from 'preact';
import { App } from './app.js';
import { html } from '../html.js';
import { Session } from '../state/session.js';

// However many events arrive, the page is drawn once a frame.
options.debounceRendering = requestAnimationFrame;

const session = new Session();
const { preferences } = session;
const dress = (): void => {
  document.documentElement.dataset['theme'] = preferences.values.theme;
};
preferences.onChange(dress);
dress();
render(html`<${App} session=${session} />`, document.getElementById('app')!);
session.start();
