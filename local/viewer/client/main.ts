import { options, render } from 'preact';
import { App } from './app.js';
import { html } from './html.js';
import { Session } from './state/session.js';

// However many events arrive, the page is drawn once a frame.
options.debounceRendering = requestAnimationFrame;

const session = new Session();
render(html`<${App} session=${session} />`, document.getElementById('app')!);
session.start();
