import type { VNode } from 'preact';
import type { ServerStatus } from '../../answers.js';
import { CopyButton } from '../copy-button.js';
import { html } from '../html.js';
import { PlainText } from '../plain-text.js';

/** What stands in place of the list while the server has no event: how a program gets here, and how far it has come. */
export function EmptyState({ status }: { readonly status: ServerStatus | undefined }): VNode {
  if (status === undefined) return html`<div class="empty-state" aria-busy="true"></div>`;
  const lines = status.exports.join('\n');
  return html`<section class="empty-state" aria-label="How to send log events here">
    <h2>No log events yet</h2>
    <p>Paste these lines into the shell that starts your program, or the AWS CLI:</p>
    <div class="paste">
      <pre tabindex="0" aria-label="Lines for a shell">${lines}</pre>
      <${CopyButton} label="Copy" title="Copy the lines" text=${() => lines} />
    </div>
    <p>
      A sink of fapilog-cloudwatch needs the name of a log group, too, and creates the group:${' '}
      <code>FAPILOG_CLOUDWATCH__LOG_GROUP_NAME</code>
    </p>
    <p class="progress" role="status">
      <span class=${status.calls === 0 ? 'pulse' : 'pulse has-calls'}></span>${progressOf(status)}
    </p>
    ${status.lastRefusal && refusal(status.lastRefusal)}
  </section>`;
}

function progressOf({ calls, evicted }: ServerStatus): string {
  if (calls === 0) return 'No call has arrived yet.';
  if (evicted > 0) return 'All events have left to make room.';
  return `${calls === 1 ? 'One call has' : `${calls.toLocaleString('en')} calls have`} arrived, and stored no event.`;
}

type Refused = NonNullable<ServerStatus['lastRefusal']>;

function refusal({ operation, errorName, message }: Refused): VNode {
  const hint = HINTS[errorName];
  return html`<div class="refusal" role="alert">
    <h3><${PlainText} value=${operation || 'A call'} /> was refused: ${errorName}</h3>
    <p class="refusal-message"><${PlainText} value=${message} /></p>
    ${hint && html`<p>${hint}</p>`}
  </div>`;
}

/** What helps most often. */
const HINTS: Readonly<Record<string, string>> = {
  ResourceNotFoundException:
    'Log groups belong to an account and a Region. Was this one made, and in the Region of the program?',
  MissingAuthenticationTokenException:
    'The call was not signed. Does the program have any access key? A made-up one will do.',
  InvalidSignatureException: 'Is this machine’s clock right?',
  UnknownOperationException: 'This server has CloudWatch Logs only, and not all of its operations.',
};
