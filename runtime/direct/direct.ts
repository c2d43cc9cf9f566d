/** All that the first direct call needs, in one file: Node.js takes a third of a millisecond to load one. */
export { directPort } from './direct-port.js';
export { directWay } from './direct-way.js';
