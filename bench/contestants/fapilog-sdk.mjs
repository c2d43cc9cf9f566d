import { fapilog } from './support/fapilog.mjs';

export default {
  configuration: 'fapilog with `FAPILOG_CLOUDWATCH__CLIENT=sdk`: the AWS client makes the calls',
  ...fapilog({ variables: { FAPILOG_CLOUDWATCH__CLIENT: 'sdk' } }),
};
