import type { AsyncClosable } from '../../logger/async-closable.js';
import { SettingsError } from '../../../contract/problems.js';
import { isTelling } from '../../io/diagnostics.js';
import type { LogCall } from '../../logger/log-call.js';
import { isLogging } from '../../logger/logger.js';
import type { LoggerAccount } from '../../logger/pipeline.js';
import type { Rules } from '../../serialize/reading.js';
import type { CloseOptions, FlushOptions } from '../../sink-port.js';
import {
  CONSOLE_METHODS,
  METHOD_NAMES,
  type ConsoleMethod,
  type MethodName,
  type PrintedCall,
} from './console-methods.js';
import { consoleChoice, OF, type ConsoleCaptureOptions, type ConsoleChoice } from './console-options.js';

export type { ConsoleCaptureOptions } from './console-options.js';

/** The methods of the console as they were before the capture. */
export type PrintedConsole = Readonly<Pick<Console, MethodName>>;

/** A capture of the console. */
export interface ConsoleCapture extends AsyncClosable {
  /** Prints without being captured: for a sink or a hook of the application's that prints. */
  readonly original: PrintedConsole;
  /**
   * Gives the console its methods back. A method that somebody else has replaced since then stays theirs, and ours, which theirs may
   * call, only prints from now on.
   */
  restore(): void;
  /** Sends all waiting lines. Resolves to the account once everything captured so far is settled, or at the deadline. */
  flush(options?: FlushOptions): Promise<LoggerAccount>;
  /**
   * Restores the console, and delivers what waits; at the deadline, the rest is diverted to stderr, or spooled. A logger that was
   * given is flushed, and stays open.
   */
  close(options?: CloseOptions): Promise<LoggerAccount>;
  /** The account of all lines so far; with a `logger`, of all its lines. */
  stats(): LoggerAccount;
}

/** The consoles that are captured, by any copy of this package. */
const CAPTURED = Symbol.for('fapilog-cloudwatch.captured-consoles');

/**
 * Captures what the application prints by `console`, as records of the methods' levels: errors with their stacks, objects as fields.
 * Begins at once, and ends with `restore()` or `close()`.
 *
 * ```ts
 * const capture = captureConsole({ logGroupName: '/myapp/production', region: 'us-west-2' });
 * console.error('payment failed', error, { orderId: 'ord-1' });
 * await capture.close({ deadlineMs: 5_000 });
 * ```
 *
 * @throws SettingsError naming every option and setting that is malformed or missing, and if the console is captured already.
 */
export function captureConsole(options: ConsoleCaptureOptions = {}): ConsoleCapture {
  const captured = capturedConsoles();
  if (captured.has(console)) {
    const allowed = 'one capture at a time: restore() the other one first, or give both purposes one logger';
    throw new SettingsError([{ where: `${OF}: console`, value: 'captured already', allowed }]);
  }
  const capture = new Capture(console, consoleChoice(options));
  captured.add(console);
  return capture;
}

function capturedConsoles(): WeakSet<Console> {
  const shared = globalThis as { [CAPTURED]?: WeakSet<Console> };
  return (shared[CAPTURED] ??= new WeakSet());
}

type Print = (...args: readonly unknown[]) => unknown;

/** What stands in for a method of the console, and the property that it replaced. */
interface Replaced {
  readonly own: Print;
  readonly property: PropertyDescriptor | undefined;
}

class Capture implements ConsoleCapture {
  readonly original: PrintedConsole;
  readonly #console: Console;
  readonly #choice: ConsoleChoice;
  readonly #replaced = new Map<MethodName, Replaced>();
  #isRestored = false;
  /** Whether a value is what a method is printing by another one. */
  #isPrinted: ((value: unknown) => boolean) | undefined;

  constructor(target: Console, choice: ConsoleChoice) {
    this.#console = target;
    this.#choice = choice;
    const names = METHOD_NAMES.filter((name) => typeof target[name] === 'function');
    const printers = names.map((name) => [name, this.#printer(target[name] as Print)] as const);
    const past = printers.map(([name, print]) => [name, this.#pastCapture(print)] as const);
    this.original = Object.fromEntries(past) as unknown as PrintedConsole;
    for (const [name, print] of printers) this.#replace(name, print);
  }

  /** The method as it was, which is called without being captured. */
  #printer(method: Print): Print {
    return (...args) => Reflect.apply(method, this.#console, args);
  }

  /** A method that Node prints by another one is not captured there either. */
  #pastCapture(print: Print): Print {
    return (...args) => this.#printing(() => true, print, args);
  }

  #replace(name: MethodName, print: Print): void {
    const own: Print = (...args) => this.#called(CONSOLE_METHODS[name], { args, called: own }, print);
    Object.defineProperty(own, 'name', { value: name });
    this.#replaced.set(name, { own, property: Object.getOwnPropertyDescriptor(this.#console, name) });
    const property = { value: own, configurable: true, enumerable: true, writable: true };
    Object.defineProperty(this.#console, name, property);
  }

  #called(method: ConsoleMethod, call: PrintedCall, print: Print): unknown {
    if (this.#isOfOthers(call.args)) return print(...call.args);
    const { level, prints, read, isPrintedAs } = method;
    const { args } = call;
    const content = (rules: Rules | undefined): LogCall => read(call, rules);
    if (prints(args)) this.#choice.outlet.write({ timeMs: Date.now(), level, content });
    if (!this.#choice.passThrough) return undefined;
    return this.#printing(isPrintedAs && ((value) => isPrintedAs(value, args)), print, args);
  }

  /**
   * Whether it is not for the capture: it has ended, or a getter, a sink or a listener prints within a log call or a report, or the
   * call is captured already.
   */
  #isOfOthers([value]: readonly unknown[]): boolean {
    const { logger } = this.#choice;
    if (this.#isRestored || isLogging() || isTelling() || logger?.isClosed === true) return true;
    return this.#isPrinted?.(value) === true;
  }

  #printing(
    isPrinted: ((value: unknown) => boolean) | undefined,
    print: Print,
    args: readonly unknown[],
  ): unknown {
    const before = this.#isPrinted;
    this.#isPrinted = isPrinted;
    try {
      return print(...args);
    } finally {
      this.#isPrinted = before;
    }
  }

  restore(): void {
    if (this.#isRestored) return;
    this.#isRestored = true;
    capturedConsoles().delete(this.#console);
    for (const [name, { own, property }] of this.#replaced) {
      if (this.#console[name] !== own) continue;
      if (property) Object.defineProperty(this.#console, name, property);
      else Reflect.deleteProperty(this.#console, name);
    }
  }

  flush(options?: FlushOptions): Promise<LoggerAccount> {
    return this.#choice.outlet.flush(options);
  }

  close(options?: CloseOptions): Promise<LoggerAccount> {
    this.restore();
    return this.#choice.outlet.end(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  stats(): LoggerAccount {
    return this.#choice.outlet.stats();
  }
}
