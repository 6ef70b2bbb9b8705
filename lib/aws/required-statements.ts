/**
 * Statements that the policies of existing keys, buckets and roles need. What exists has an owner, who may be somebody else: no
 * policy of it is changed here. A construct that is given one says in `required…Statements` what it asks of it, so that the owner
 * can add that, in Terraform or by hand.
 */

/** A statement that the policy of something that exists needs, for its owner to add. */
export interface RequiredStatement {
  /** The statement's id. @default - none */
  readonly Sid?: string;
  readonly Effect: "Allow";
  /** The principal; a statement of a role's own permissions has none. */
  readonly Principal?: { readonly Service: string } | { readonly AWS: string };
  readonly Action: string | readonly string[];
  /** The resource; a statement of who may assume a role has none. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Returns the statements of a bucket's policy that let a role do what its own policy says. Within one account the role's policy
 * is enough; a bucket of another account needs both (Amazon S3 User Guide, "Bucket owner granting cross-account bucket
 * permissions").
 * @param allow the permissions of the role, those on other resources than the bucket among them
 */
export function bucketStatements(
  roleArn: string,
  bucketArn: string,
  allow: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[],
): RequiredStatement[] {
  return allow.flatMap(({ actions, resources }) => {
    const own = resources.filter((each) => each === bucketArn || each.startsWith(`${bucketArn}/`));
    if (own.length === 0) return [];
    return [{ Effect: "Allow", Principal: { AWS: roleArn }, Action: actions, Resource: own }];
  });
}
