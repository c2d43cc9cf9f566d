import { bareSigned } from './support/signed.mjs';

export default {
  configuration: 'bare-signed with bodies compressed, level 1',
  ...bareSigned({ gzips: true }),
};
