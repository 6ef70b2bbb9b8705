/**
 * ```ts
 * new MultiCloudRouting(this, "users", {
 *   app: "shop", assessment, stage: "10-percent", rollback: { … },
 *   intent: { service: "users", destinations: { … }, default: { to: "local" },
 *     schedule: { towards: "aws", steps: [0, 10, 50, 100] } },
 * });
 * ```
 *
 * The catalog's Multi-Cloud pattern: the requests of one service, spread over clouds. The mesh and DNS are compiled from one
 * intent, so a stage shifts both alike; and a stage changes weights, nothing else, so that a plan shows at a glance what a
 * transition does.
 */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Assessment } from "../../../assessment/assessment";
import { Artifact } from "../../../core/artifact";
import { writeYaml } from "../../../core/document/write-yaml";
import { admitConstruct } from "../../../core/door/admit";
import { MigrationError } from "../../../core/error";
import { Migration } from "../../../core/migration";
import type { MigrationDefinition, MigrationProps } from "../../../core/migration-props";
import { DnsRouting } from "./dns/dns-routing";
import { compileDns, type DnsPlan } from "./dns/plan";
import { dnsRules } from "./dns/rules";
import { renderZoneFile } from "./dns/zone-file";
import type { RoutingIntent, ScheduledRoutingIntent } from "./intent";
import { compileIstio } from "./istio/compile";
import { manifestFileName, renderManifest, type Manifest, type ManifestSet } from "./istio/manifest";
import { hostConflict, protocolConflict } from "./istio/reference-rules";
import { istioRules } from "./istio/rules";
import { renderMermaid } from "./mermaid";
import { multiCloudPattern } from "./pattern";
import { Routing } from "./routing";
import { routingRules } from "./rules";
import type { RoutingStage } from "./schedule";
import { artifactFolder, routingStages } from "./stages";

/** Properties of a {@link MultiCloudRouting}. */
export interface MultiCloudRoutingProps<
  Step extends number = number,
  Name extends string = string,
> extends MigrationProps<RoutingStage<NoInfer<Step>>> {
  /**
   * The outcome of `assess()`.
   * @parsedBy Migration
   */
  readonly assessment: Assessment;
  /**
   * The routing of the requests, with the schedule by which they are shifted. A hosted zone, each health check and the
   * lookups cost as Route 53 prices them.
   * @parsedBy Routing.parse
   */
  readonly intent: ScheduledRoutingIntent<Step, Name>;
}

/** The rules that need the manifests of several services together. */
const sharedRules = [hostConflict, protocolConflict];

/**
 * The routing of one service: manifests for Istio, records for Route 53, a diagram and a zone file.
 *
 * @throws MigrationError `ROUTING_INTENT`, `ROUTING_NAME`, `ROUTING_SCHEDULE`, `ROUTING_DNS`, and those of `Migration`
 */
export class MultiCloudRouting<Step extends number = number, Name extends string = string> extends Migration<
  RoutingStage<Step>
> {
  declare public readonly assessment: Assessment;
  /** The routing with the weights of the declared stage. */
  public readonly routing: Routing;
  /** Istio's objects, as they are written beside the Terraform. */
  public readonly manifests: readonly Manifest[];
  /** The Route 53 resources, where the intent has DNS. */
  public readonly dns?: DnsRouting;

  constructor(scope: Construct, id: string, props: MultiCloudRoutingProps<Step, Name>) {
    admitConstruct("MultiCloudRouting", scope, id, props);
    super(scope, id, props, define(scope, id, props.intent));
    this.routing = Routing.parse(props.intent).at(this.stage.name);
    this.manifests = compileIstio(this.routing);
    const plan = compileDns(this.routing);
    const zone = this.routing.dns?.zone;
    if (plan !== undefined && zone !== undefined) {
      this.dns = new DnsRouting(this, "dns", { plan, zone, tags: this.tags });
      // A zone that is made anew has other name servers, to which nobody delegates.
      this.protect(this.dns.zone);
    }
    this.writeArtifacts();
    this.addChecks(plan);
    this.verify(
      ...(plan?.healthChecks ?? []).map(({ destination }) => ({ kind: "health-check" as const, name: destination })),
    );
    const { shares } = this.routing.defaultRoute;
    const total = shares.reduce((sum, { weight }) => sum + weight, 0);
    this.link(
      ...shares.map(({ destination, weight }) => ({
        from: this.routing.service,
        to: destination,
        label: `${Number(((weight / total) * 100).toFixed(2))} % of the requests`,
      })),
    );
  }

  private writeArtifacts(): void {
    const folder = artifactFolder(this.routing);
    for (const manifest of this.manifests) {
      const name = manifestFileName(manifest);
      new Artifact(this, `manifest-${name.replace(/\.yaml$/, "")}`, {
        fileName: `${folder}/manifests/${name}`,
        content: () => renderManifest(manifest),
      });
    }
    new Artifact(this, "kustomization", {
      fileName: `${folder}/manifests/kustomization.yaml`,
      content: () =>
        writeYaml({
          apiVersion: "kustomize.config.k8s.io/v1beta1",
          kind: "Kustomization",
          resources: this.manifests.map(manifestFileName),
        }),
    });
    new Artifact(this, "diagram", { fileName: `${folder}/routes.mmd`, content: () => renderMermaid(this.routing) });
    const zoneFile = renderZoneFile(this.routing);
    if (zoneFile !== undefined) {
      const name = this.routing.dns?.name ?? this.routing.service;
      new Artifact(this, "zone-file", { fileName: `${folder}/${name}.zone`, content: () => zoneFile });
    }
  }

  private addChecks(plan: DnsPlan | undefined): void {
    const own: ManifestSet = { manifests: this.manifests.map((manifest) => ({ manifest })) };
    this.check(routingRules, () => this.routing);
    this.check(
      istioRules.filter((rule) => !sharedRules.includes(rule)),
      () => own,
    );
    this.check(sharedRules, () => this.neighbours());
    if (plan !== undefined) this.check(dnsRules, () => plan);
  }

  /**
   * Returns the manifests of all routings of the stack, for the first of them; none for the others, so that each is judged
   * once.
   */
  private neighbours(): ManifestSet {
    const all = TerraformStack.of(this)
      .node.findAll()
      .filter((each): each is MultiCloudRouting => each instanceof MultiCloudRouting);
    if (all[0] !== (this as unknown)) return { manifests: [] };
    return { manifests: all.flatMap((each) => each.manifests.map((manifest) => ({ manifest }))) };
  }
}

function define<Step extends number>(
  scope: Construct,
  id: string,
  intent: RoutingIntent<Step>,
): MigrationDefinition<RoutingStage<Step>> {
  try {
    const routing = Routing.parse(intent);
    const steps = intent.schedule?.steps;
    if (steps === undefined) {
      throw new MigrationError({
        code: "ROUTING_SCHEDULE",
        path: "intent.schedule",
        allowed: "a schedule: the destination that the traffic moves to, and the steps",
        fix: 'write for example { towards: "aws", steps: [0, 10, 50, 100] }',
      });
    }
    return { ...multiCloudPattern, stages: routingStages(routing, steps) };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const { code, path, received, allowed, fix } = error;
    // Said again with the place in the tree, which the pure parser does not know.
    throw new MigrationError({
      code,
      path: path === undefined || path.startsWith("intent") ? path : `intent.${path}`,
      received,
      allowed,
      fix,
      construct: scope.node.path === "" ? id : `${scope.node.path}/${id}`,
      cause: error,
    });
  }
}
