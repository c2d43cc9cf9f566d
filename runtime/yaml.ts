/**
 * Makes the parser of YAML part of a bundle, for an application whose settings are in a YAML file: it is imported for that
 * alone. What is not bundled finds the parser by itself.
 */
import { isNode, LineCounter, parseDocument } from 'yaml';
import { useParser } from './settings/yaml.js';

useParser({ isNode, LineCounter, parseDocument });
