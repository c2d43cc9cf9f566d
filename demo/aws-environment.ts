/** What AWS would put into a function's environment, pointed at a local server and with credentials that are none. */
export function awsEnvironment(region: string, endpoint: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // The SDK's notice about the end of Node.js 20 is true, but not news to who runs this.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
