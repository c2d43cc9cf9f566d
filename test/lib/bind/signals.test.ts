import { CfnParameter, Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { BindOptions } from '../../../lib/index.js';
import { flagSets, functionIn, loggingIn, newStack, variables, warnings } from '../stacks.js';
import { containerIn, containerVariables, taskDefinitionIn } from './targets.js';

const HANDLERS = 'FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS';
const FULL_SPELLING = 'FAPILOG_SINK_CONFIG__CLOUDWATCH__INSTALL_SIGNAL_HANDLERS';
const DEADLINE = 'FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('signals %s', (_, context) => {
  function bound(container: Partial<ecs.ContainerDefinitionOptions> = {}, options: BindOptions = {}) {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.bindTo(containerIn(taskDefinitionIn(stack), 'App', container), options);
    return { stack, environment: stack.resolve(logging.environment), logging };
  }

  test('are for the sink to handle, by the default of its settings', () => {
    const { stack, environment, logging } = bound();
    logging.bindTo(functionIn(stack, logging));

    expect(containerVariables(stack)).toEqual({ App: environment });
    expect(variables(stack)).toEqual(environment);
    expect(warnings(stack)).toEqual([]);
  });

  test('are left alone if the settings say so', () => {
    const { stack, environment } = bound({}, { settings: { installSignalHandlers: false } });

    expect(containerVariables(stack)).toEqual({ App: { ...environment, [HANDLERS]: 'false' } });
    expect(warnings(stack)).toEqual([]);
  });

  test.each([HANDLERS, FULL_SPELLING])(
    'are left alone if a variable of the container says so: %s',
    (name) => {
      const { stack, environment } = bound({ environment: { [name]: 'false' } });

      expect(containerVariables(stack)).toEqual({ App: { ...environment, [name]: 'false' } });
      expect(warnings(stack)).toEqual([]);
    },
  );

  test('are left to a secret that only the deployment knows', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const secret = ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret'));
    const container = containerIn(taskDefinitionIn(stack), 'App', { secrets: { [HANDLERS]: secret } });

    logging.bindTo(container);

    expect(containerVariables(stack)).toEqual({ App: stack.resolve(logging.environment) });
    expect(warnings(stack)).toEqual([]);
  });

  test('stay as the first binding says, if a second one does not speak of them', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const task = taskDefinitionIn(stack);
    const app = containerIn(task, 'App');

    logging.bindTo(app, { settings: { installSignalHandlers: false } });
    logging.bindTo(task);

    const environment = stack.resolve(logging.environment);
    expect(containerVariables(stack)).toEqual({ App: { ...environment, [HANDLERS]: 'false' } });
  });

  const warning = (stop: number, deadline: number): string =>
    `ECS kills this container ${stop} s after SIGTERM, and its sink may take ${deadline} s to deliver what waits; ` +
    'raise stopTimeout, or lower settings.shutdownDeadlineSeconds [ack: fapilog-cloudwatch:stopTimeout]';

  test.each<[string, Partial<ecs.ContainerDefinitionOptions>, BindOptions, string[]]>([
    ['over the default deadline', { stopTimeout: Duration.seconds(11) }, {}, []],
    ['as long as it', { stopTimeout: Duration.seconds(10) }, {}, [warning(10, 10)]],
    ['shorter', { stopTimeout: Duration.seconds(9) }, {}, [warning(9, 10)]],
    [
      'shorter, and nobody waits for deliveries',
      { stopTimeout: Duration.seconds(9) },
      { settings: { installSignalHandlers: false } },
      [],
    ],
    [
      'shorter than a deadline of settings',
      {},
      { settings: { shutdownDeadlineSeconds: 30 } },
      [warning(30, 30)],
    ],
    ['over it', {}, { settings: { shutdownDeadlineSeconds: 29 } }, []],
    ['shorter than a deadline of its own', { environment: { [DEADLINE]: '1 m' } }, {}, [warning(30, 60)]],
    ['two minutes', { stopTimeout: Duration.minutes(2), environment: { [DEADLINE]: '1 m' } }, {}, []],
  ])('a stop timeout %s', (__, container, options, expected) => {
    expect(warnings(bound(container, options).stack)).toEqual(expected);
  });

  test('a deadline or a stop timeout that only the deployment knows is not judged', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const task = taskDefinitionIn(stack);
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    const stop = containerIn(task, 'Stop', { stopTimeout: Duration.seconds(seconds) });
    const deadline = containerIn(task, 'Deadline', { stopTimeout: Duration.seconds(2) });

    logging.bindTo(stop, { settings: { shutdownDeadlineSeconds: 60 } });
    logging.bindTo(deadline, { settings: { shutdownDeadlineSeconds: seconds } });

    expect(warnings(stack)).toEqual([]);
  });
});
