/**
 * Everything about VPNs that is declared in one stack, because some faults only show between constructs that do not know each
 * other: two tunnels with the same inside addresses, two virtual private gateways for one VPC, a site whose network a VPC
 * has too. Whoever declares something adds it here; the rules look when the tree is finished, and each fault is told once.
 */
import { Annotations, DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { formatFinding, type Finding } from "../../../core/finding";
import { runRules } from "../../../core/rule";
import type { OwnedCidr } from "../../../network/overlap";
import type { GatewayKind } from "./connection-checks";
import { InsideCidrAllocator } from "./inside-cidr-allocator";
import { vpnRules } from "./rules";
import type { VpnSpec } from "./vpn-spec";
import type { VpnTopology } from "./vpn-topology";

/** What the registry needs of a gateway. */
export interface RegisteredGateway extends IConstruct {
  readonly kind: GatewayKind;
  readonly vpcId?: string;
  readonly vpnGatewayId?: string;
  readonly transitGatewayId?: string;
  readonly vpnConcentratorId?: string;
}

interface RegisteredConnection {
  readonly spec: VpnSpec;
  readonly site: string;
  readonly gateway: RegisteredGateway;
}

const EMPTY: VpnTopology = { addresses: [], connections: [], vpnGateways: [] };

/** One per stack; {@link VpnRegistry.of} finds or makes it. */
export class VpnRegistry {
  private static readonly stacks = new WeakMap<IConstruct, VpnRegistry>();

  public static of(scope: IConstruct): VpnRegistry {
    const stack = TerraformStack.of(scope);
    let registry = VpnRegistry.stacks.get(stack);
    if (registry === undefined) {
      registry = new VpnRegistry(stack);
      VpnRegistry.stacks.set(stack, registry);
    }
    return registry;
  }

  public readonly insideCidrs = new InsideCidrAllocator();

  private readonly addresses: OwnedCidr[] = [];
  private readonly connections: RegisteredConnection[] = [];
  private readonly gateways: RegisteredGateway[] = [];
  private reporter: IConstruct | undefined;
  private annotated = false;

  private constructor(private readonly stack: TerraformStack) {
    stack.node.addValidation({ validate: () => this.validate() });
  }

  public addConnection(connection: RegisteredConnection): void {
    this.connections.push(connection);
  }

  public addGateway(gateway: RegisteredGateway): void {
    this.gateways.push(gateway);
  }

  /** Declares a block and who uses it, so that an overlap with any other declared block is found. */
  public declare(...addresses: readonly OwnedCidr[]): void {
    this.addresses.push(...addresses);
  }

  /**
   * Makes a construct the one that reports what the rules find, where it knows waivers. Only the first gets the topology of
   * the stack; the others get an empty one, so that no fault is told twice.
   */
  public reportThrough(reporter: IConstruct): () => VpnTopology {
    this.reporter ??= reporter;
    return () => (this.reporter === reporter ? this.topology() : EMPTY);
  }

  /** What is declared by now; complete once the tree is. */
  public topology(): VpnTopology {
    const connections = this.connections.map(({ spec, site, gateway }) => ({
      spec,
      site,
      gateway: this.nameOf(gateway),
      gatewayKind: gateway.kind,
    }));
    return {
      addresses: this.addresses,
      connections,
      vpnGateways: this.gateways.flatMap((gateway) =>
        gateway.vpcId === undefined ? [] : [{ name: gateway.node.path, vpc: this.text(gateway.vpcId) }],
      ),
    };
  }

  /** Who has the networks behind a gateway, as a person would name it. */
  public ownerOf(gateway: RegisteredGateway): string {
    const name = this.nameOf(gateway);
    return `the AWS side of ${name.startsWith("${") ? gateway.node.path : name}`;
  }

  /** The gateway's id as Terraform will see it: two objects for one existing gateway give the same text. */
  public nameOf(gateway: RegisteredGateway): string {
    return this.text(
      gateway.vpnGatewayId ?? gateway.transitGatewayId ?? gateway.vpnConcentratorId ?? gateway.node.path,
    );
  }

  /** A token's every reading is another string, so tokens are compared by what they become. */
  private text(value: string): string {
    if (!Token.isUnresolved(value)) return value;
    const resolver = new DefaultTokenResolver(new StringConcat());
    return String(Tokenization.resolve(value, { scope: this.stack, resolver, preparing: false }));
  }

  /** Speaks for connections that no migration speaks for: warnings as annotations, blockers as failed validations. */
  private validate(): string[] {
    if (this.reporter !== undefined) return [];
    // CDKTF may validate a stack more than once; the annotations are written the first time.
    const first = !this.annotated;
    this.annotated = true;
    const findings = runRules(vpnRules, this.topology());
    for (const finding of first ? findings.filter(({ severity }) => severity === "warning") : []) {
      Annotations.of(this.stack).addWarning(sentence(finding));
    }
    return findings.filter(({ severity }) => severity === "blocker").map(formatFinding);
  }
}

function sentence({ rule, subject, message, remedy }: Finding): string {
  return `${rule} on ${subject}: ${message}. Remedy: ${remedy}`;
}
