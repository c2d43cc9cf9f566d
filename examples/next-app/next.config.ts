import type { NextConfig } from 'next';

const config: NextConfig = {
  // Out of the bundles, so that all parts of the application share one logger.
  serverExternalPackages: ['fapilog-cloudwatch'],
};

export default config;
