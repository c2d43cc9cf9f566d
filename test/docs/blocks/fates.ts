import { type Block, fileOf } from '../../support/document-blocks.js';
import { exceptionOf } from './scenes.js';

/** Whether a block is a program that runs here: not a part of one, and no exception. */
export function isProgram(block: Block): boolean {
  const isCode = block.language === 'ts' || block.language === 'js';
  return isCode && fileOf(block) === undefined && exceptionOf(block.code) === undefined;
}
