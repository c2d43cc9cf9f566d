/** What is used of the providers of credentials, which a sink without a role never loads. */
export { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
