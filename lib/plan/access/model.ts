/** The access that a synthesized app gives, as an auditor asks for it: who may assume, do, reach and decrypt what. */

/** A statement of a policy, every token in it resolved as far as the code tells. */
export interface AccessStatement {
  readonly effect: "Allow" | "Deny";
  /** The principals with their kind: `Service vmie.amazonaws.com`. Empty in a policy of a role, which is for the role. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The conditions, all of which must hold: `StringEquals aws:SourceAccount = this account`. */
  readonly conditions: readonly string[];
}

/** Something in the Terraform of an app, as people and programs name it. */
export interface AccessSubject {
  /** The path of its construct; its address where no construct is known. */
  readonly name: string;
  /** The name of its stack and its address there: `wave-1/aws_iam_role.import`. */
  readonly address: string;
}

/** A subject with its Terraform type. */
export interface TypedSubject extends AccessSubject {
  readonly type: string;
}

/** A role: who may assume it, who passes it on, and what it may do. */
export interface RoleAccess extends AccessSubject {
  readonly trust: readonly AccessStatement[];
  /** The resources that are given the role: a server, a schedule, a flow log. */
  readonly usedBy: readonly AccessSubject[];
  readonly permissions: readonly AccessStatement[];
  /** Policies that are named and whose text is elsewhere: `arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore`. */
  readonly namedPolicies: readonly string[];
}

/** A resource with a policy of its own: a topic, a bucket, an endpoint. */
export interface ResourcePolicy extends AccessSubject {
  readonly statements: readonly AccessStatement[];
}

/** A direction that a rule of a security group opens. */
export interface OpenPath {
  readonly direction: "from" | "to";
  /** The other side: a CIDR block, another group, a prefix list. */
  readonly peer: string;
  /** The protocol with its ports: `tcp 443`, `all traffic`. */
  readonly ports: string;
  readonly description: string;
}

/** A security group: what is in it, and what its rules open. */
export interface GroupAccess extends AccessSubject {
  readonly members: readonly AccessSubject[];
  readonly open: readonly OpenPath[];
}

/** A route out of a route table. What a gateway announces there is not known before it does: its destination says so. */
export interface RouteAccess extends AccessSubject {
  readonly table: string;
  readonly destination: string;
  readonly through: string;
}

/** A key: what it encrypts, and who may decrypt it. */
export interface KeyAccess {
  readonly key: string;
  /** Whether the key is made by the app; the policy of any other is not here to be read. */
  readonly made: boolean;
  readonly encrypts: readonly AccessSubject[];
  /** The statements of the key's own policy. */
  readonly policy: readonly AccessStatement[];
  /** The roles whose own policies let them decrypt, each with the statement. */
  readonly decryptors: readonly { readonly role: string; readonly statement: AccessStatement }[];
}

/** Something whose access the code does not tell, with the reason. */
export interface UnreadAccess extends AccessSubject {
  readonly reason: string;
}

/** The access that a synthesized app gives. */
export interface Access {
  readonly stacks: readonly string[];
  readonly roles: readonly RoleAccess[];
  readonly policies: readonly ResourcePolicy[];
  readonly groups: readonly GroupAccess[];
  readonly routes: readonly RouteAccess[];
  readonly keys: readonly KeyAccess[];
  /** The resources that hold data under a key that AWS owns or manages. */
  readonly withoutOwnKey: readonly TypedSubject[];
  /** The places whose access the code alone does not tell. Nothing is left out without standing here. */
  readonly unread: readonly UnreadAccess[];
}
