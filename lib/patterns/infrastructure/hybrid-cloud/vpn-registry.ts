/**
 * The registry of the VPNs that are declared in one stack, because some faults only show between constructs that do not know
 * each other: two tunnels with the same inside addresses, two virtual private gateways for one VPC, a site whose network a VPC
 * has too. Every construct adds its declarations here; the rules run when the tree is finished, and each fault is reported
 * once.
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

/** The properties of a gateway that the registry needs. */
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

/** The registry of a stack's VPNs. There is one per stack; {@link VpnRegistry.of} finds or creates it. */
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

  /** Declares CIDR blocks with their owners, so that an overlap with any other declared block is found. */
  public declare(...addresses: readonly OwnedCidr[]): void {
    this.addresses.push(...addresses);
  }

  /**
   * Makes a construct that knows waivers report the findings of the rules. Only the first gets the topology of the stack; the
   * others get an empty one, so that no fault is reported twice.
   */
  public reportThrough(reporter: IConstruct): () => VpnTopology {
    this.reporter ??= reporter;
    return () => (this.reporter === reporter ? this.topology() : EMPTY);
  }

  /** Returns the declarations so far; complete once the tree is. */
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

  /** Returns the owner of the networks behind a gateway, as a person would name it. */
  public ownerOf(gateway: RegisteredGateway): string {
    const name = this.nameOf(gateway);
    return `the AWS side of ${name.startsWith("${") ? gateway.node.path : name}`;
  }

  /** Returns the gateway's id as Terraform will see it: two objects for one existing gateway give the same text. */
  public nameOf(gateway: RegisteredGateway): string {
    return this.text(
      gateway.vpnGatewayId ?? gateway.transitGatewayId ?? gateway.vpnConcentratorId ?? gateway.node.path,
    );
  }

  /**
   * Returns the text that a token becomes: every reading of a token is another string, so tokens cannot be compared
   * themselves.
   */
  private text(value: string): string {
    if (!Token.isUnresolved(value)) return value;
    const resolver = new DefaultTokenResolver(new StringConcat());
    return String(Tokenization.resolve(value, { scope: this.stack, resolver, preparing: false }));
  }

  /** Reports the findings of connections outside any migration: warnings as annotations, blockers as failed validations. */
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
