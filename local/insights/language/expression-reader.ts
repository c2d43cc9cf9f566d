import type { BinaryOperator, Expression } from '../query/query.js';
import { readCall } from './call.js';
import { takeComparison } from './comparison.js';
import { ExpressionRecord } from './expression-tree.js';
import { readLikePattern } from './like-pattern.js';
import { isAtNumber, isAtString, readNumber, readString } from './literals.js';
import { isAtName, readName, refuseNull } from './names.js';
import type { QueryReader } from './query-reader.js';
import { isAtRegex } from './regex-literal.js';

/** Levels of parentheses, and of the tree, so that neither reading nor running a query exhausts the stack. Ours. */
const MAX_NESTING = 100;
const MAX_DEPTH = 250;

const SUM = /[+-]/y;
const PRODUCT = /[*/%]/y;

/**
 * Reads expressions. `and` binds closer than `or`, `not` closer than both, then comparisons, `+ -`, `* / %`, `^` and the sign (assumed
 * for want of a document). Where even a usual order is doubtful, the reader asks for parentheses.
 */
export class ExpressionReader {
  readonly reader: QueryReader;
  readonly record = new ExpressionRecord();
  #nesting = 0;

  constructor(reader: QueryReader) {
    this.reader = reader;
  }

  read(): Expression {
    return this.#readChain('or', () => this.#readChain('and', () => this.#readNegation()));
  }

  /** Records an expression that was read from an index on. */
  made(expression: Expression, start: number): Expression {
    const depth = this.record.add(expression, this.reader.placeFrom(start));
    if (depth <= MAX_DEPTH) return expression;
    throw this.reader.refusalFrom(start, `an expression has at most ${MAX_DEPTH} operations in each other.`);
  }

  /** Reads something that may have itself in it. */
  #nested<Result>(start: number, read: () => Result): Result {
    this.#nesting += 1;
    if (this.#nesting > MAX_NESTING) {
      throw this.reader.refusalFrom(start, `an expression nests at most ${MAX_NESTING} levels.`);
    }
    const result = read();
    this.#nesting -= 1;
    return result;
  }

  #readChain(operator: 'and' | 'or', readLink: () => Expression): Expression {
    const start = this.reader.start;
    const links = [readLink()];
    while (this.reader.takesWord(operator)) links.push(readLink());
    return this.#join(operator, links, start);
  }

  /** Joins many conditions into a tree of few levels. */
  #join(operator: 'and' | 'or', links: readonly Expression[], start: number): Expression {
    if (links.length === 1) return links[0]!;
    const half = Math.ceil(links.length / 2);
    const left = this.#join(operator, links.slice(0, half), start);
    const right = this.#join(operator, links.slice(half), start);
    return this.made({ kind: 'binary', operator, left, right }, start);
  }

  #readNegation(): Expression {
    const start = this.reader.start;
    if (!this.reader.takesWord('not')) return this.#readComparison();
    const operand = this.#nested(start, () => this.#readNegation());
    return this.made({ kind: 'not', operand }, start);
  }

  #readComparison(): Expression {
    const start = this.reader.start;
    const left = this.#readSum();
    const operator = takeComparison(this.reader);
    if (operator !== undefined) return this.#readCompared(left, operator, start);
    if (this.reader.takesWord('not')) {
      const operand = this.#readMembership(left, start) ?? this.#refuseNot();
      return this.made({ kind: 'not', operand }, start);
    }
    return this.#readMembership(left, start) ?? left;
  }

  #refuseNot(): never {
    throw this.reader.unexpected('like or in behind not');
  }

  #readCompared(left: Expression, operator: BinaryOperator | '=~', start: number): Expression {
    if (operator !== '=~') {
      return this.made({ kind: 'binary', operator, left, right: this.#readSum() }, start);
    }
    return this.made({ kind: 'like', operand: left, pattern: readLikePattern(this.reader) }, start);
  }

  /** Reads what `like` and `in` demand of an operand, if one of them comes next. */
  #readMembership(operand: Expression, start: number): Expression | undefined {
    if (this.reader.takesWord('like')) {
      return this.made({ kind: 'like', operand, pattern: readLikePattern(this.reader) }, start);
    }
    if (!this.reader.takesWord('in')) return undefined;
    return this.made({ kind: 'in', operand, options: this.#readOptions() }, start);
  }

  #readOptions(): Expression[] {
    if (this.reader.peek(/\(/y)) {
      throw this.reader.unexpected('[ behind in (subqueries are none of what this local server has)');
    }
    this.reader.expect('[', 'before the values of in');
    const options = [this.#readOption()];
    while (this.reader.takes(',')) options.push(this.#readOption());
    this.reader.expect(']', 'behind the values of in, with commas between them');
    return options;
  }

  #readOption(): Expression {
    const literal = this.#readLiteral();
    if (literal) return literal;
    throw this.reader.unexpected('a text in quotes or a number');
  }

  #readSum(): Expression {
    return this.#readOperations(SUM, () => this.#readOperations(PRODUCT, () => this.#readPower()));
  }

  #readOperations(operators: RegExp, readOperand: () => Expression): Expression {
    const start = this.reader.start;
    let left = readOperand();
    for (let sign = this.reader.take(operators); sign; sign = this.reader.take(operators)) {
      const operator = sign[0] as BinaryOperator;
      left = this.made({ kind: 'binary', operator, left, right: readOperand() }, start);
    }
    return left;
  }

  /** The order of `-a ^ b` and `a ^ b ^ c` is documented nowhere, and mathematics and programs differ. */
  #readPower(): Expression {
    const start = this.reader.start;
    const left = this.#readSigned();
    if (!this.reader.takes('^')) return left;
    const right = this.#readSigned();
    if (this.reader.text[start] === '-' || this.reader.takes('^')) {
      throw this.reader.refusalFrom(
        start,
        'the order of these is doubtful. Put parentheses around what comes first.',
      );
    }
    return this.made({ kind: 'binary', operator: '^', left, right }, start);
  }

  #readSigned(): Expression {
    const start = this.reader.start;
    if (isAtNumber(this.reader) || !this.reader.takes('-')) return this.#readOperand();
    const operand = this.#nested(start, () => this.#readSigned());
    return this.made({ kind: 'negate', operand }, start);
  }

  #readOperand(): Expression {
    const start = this.reader.start;
    if (this.reader.takes('(')) return this.#readParenthesis(start);
    const literal = this.#readLiteral();
    if (literal) return literal;
    if (isAtRegex(this.reader))
      throw this.reader.unexpected('a value (a regular expression stands behind like or =~)');
    return this.#readNamed();
  }

  #readParenthesis(start: number): Expression {
    const expression = this.#nested(start, () => this.read());
    this.reader.expect(')', `for the ( at offset ${start}`);
    return expression;
  }

  #readLiteral(): Expression | undefined {
    const start = this.reader.start;
    const value = this.#readValue();
    return value === undefined ? undefined : this.made({ kind: 'literal', value }, start);
  }

  #readValue(): string | number | boolean | undefined {
    if (isAtString(this.reader)) return readString(this.reader);
    if (isAtNumber(this.reader)) return readNumber(this.reader);
    if (this.reader.takesWord('true')) return true;
    return this.reader.takesWord('false') ? false : undefined;
  }

  #readNamed(): Expression {
    const start = this.reader.start;
    refuseNull(this.reader);
    if (!isAtName(this.reader)) throw this.reader.unexpected('a field, a function or a value');
    const name = readName(this.reader, 'a field');
    const isCall = this.reader.text[start] !== '`' && this.reader.takes('(');
    if (!isCall) return this.made({ kind: 'field', name }, start);
    return this.made(
      this.#nested(start, () => readCall(this, name, start)),
      start,
    );
  }
}
