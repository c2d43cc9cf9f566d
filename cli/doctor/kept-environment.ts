/** Variables by which a profile of the one who asks takes the place of the application's credentials. */
const CHANGED = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Puts the credentials of the application back after work that sets others for the process. */
export async function keepingEnvironment<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = CHANGED.map((name) => [name, process.env[name]] as const);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
