import type {
  Column,
  Command,
  Expression,
  ParseCommand,
  Query,
} from '../../../../local/insights/query/query.js';

/** A query in one line that shows its tree: parentheses around every operation, `!` behind the name of an aggregate. */
export function outline({ commands }: Query): string {
  return commands.map((command) => outlineCommand(command)).join(' | ');
}

function outlineCommand(command: Command): string {
  switch (command.kind) {
    case 'fields':
    case 'display':
      return `${command.kind} ${columns(command.columns)}`;
    case 'filter':
    case 'filterIndex':
      return `${command.kind} ${tree(command.condition)}`;
    case 'parse':
      return `parse ${tree(command.source)} ${pattern(command)}`;
    case 'stats':
      return `stats ${columns(command.aggregates)} by [${columns(command.by)}]`;
    case 'sort':
      return `sort ${command.keys.map((key) => `${tree(key.expression)} ${key.isDescending ? 'desc' : 'asc'}`).join(', ')}`;
    case 'limit':
      return `limit ${command.count}`;
    case 'dedup':
      return `dedup ${command.fields.map(tree).join(', ')}`;
    default:
      return command satisfies never;
  }
}

function columns(list: readonly Column[]): string {
  return list.map(({ name, expression }) => `${name}: ${tree(expression)}`).join(', ');
}

function pattern({ pattern: given }: ParseCommand): string {
  if (given.kind === 'regex') return `/${given.source}/ as ${given.names.join(', ')}`;
  return `${JSON.stringify(given.texts)} as ${given.names.join(', ')}`;
}

export function tree(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'field':
      return expression.name;
    case 'call':
      return `${expression.name}(${expression.arguments.map(tree).join(', ')})`;
    case 'aggregate':
      return `${expression.name}!(${expression.arguments.map(tree).join(', ')})`;
    case 'negate':
    case 'not':
      return `(${expression.kind} ${tree(expression.operand)})`;
    case 'binary':
      return `(${tree(expression.left)} ${expression.operator} ${tree(expression.right)})`;
    case 'in':
      return `(${tree(expression.operand)} in [${expression.options.map(tree).join(', ')}])`;
    case 'like':
      return `(${tree(expression.operand)} like ${expression.pattern.kind} ${JSON.stringify(expression.pattern.text)})`;
    default:
      return expression satisfies never;
  }
}
