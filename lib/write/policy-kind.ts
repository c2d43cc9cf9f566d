/** Kind of the policies that grant write access. */
export enum PolicyKind {
  /** A policy that belongs to the writer's identity, `AWS::IAM::Policy`. */
  INLINE = 'inline',

  /** A separate policy, `AWS::IAM::ManagedPolicy`, as some audits demand (NIST 800-53, HIPAA, PCI). */
  MANAGED = 'managed',
}
