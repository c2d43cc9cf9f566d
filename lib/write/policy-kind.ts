/** The kind of policy that allows a writer to write. */
export enum PolicyKind {
  /** A policy that is part of the writer's identity, `AWS::IAM::Policy`. */
  INLINE = 'inline',

  /** A policy of its own, `AWS::IAM::ManagedPolicy`, as some audits demand (NIST 800-53, HIPAA, PCI). */
  MANAGED = 'managed',
}
