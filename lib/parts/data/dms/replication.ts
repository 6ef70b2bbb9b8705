/**
 * A DMS replication: the instance or the serverless configuration, its endpoints, its task and the alarms on them. It is
 * all that is torn down when a move is finalized; what it has written stays, and so does its log.
 */
import { DmsEndpoint } from "@cdktf/provider-aws/lib/dms-endpoint";
import { DmsReplicationConfig } from "@cdktf/provider-aws/lib/dms-replication-config";
import { DmsReplicationInstance } from "@cdktf/provider-aws/lib/dms-replication-instance";
import { DmsReplicationSubnetGroup } from "@cdktf/provider-aws/lib/dms-replication-subnet-group";
import { DmsReplicationTask } from "@cdktf/provider-aws/lib/dms-replication-task";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { admitConstruct } from "../../../core/door/admit";
import type { Phase } from "../../../core/phase";
import { runsIn } from "../data-phase";
import { ServiceRole } from "../../../aws/service-role";
import type { DeploymentPlace } from "../../../aws/deployment-place";
import { DMS_ENGINE_NAME, sslModeOf, USUAL_PORT, type EndpointSettings } from "./endpoint-settings";
import { ReplicationAlarms } from "./replication-alarms";
import type { DmsMethod, InstanceCompute, ServerlessCompute } from "./replication-settings";
import { SecretsEndpoint } from "./secrets-endpoint";
import { DmsServiceRoles } from "./service-roles";
import { tableMappings } from "./table-mappings";
import { taskSettings } from "./task-settings";

/** Properties of a {@link DmsReplication}. */
export interface DmsReplicationProps {
  readonly name: string;
  /** The phase of the declared stage: at the cut-over people stop the replication, and no alarm must fire for that. */
  readonly phase: Phase;
  readonly method: DmsMethod;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** The target that the move creates. */
  readonly target?: {
    readonly securityGroupId: string;
    readonly port: number;
    /**
     * Whether a rule that admits the replication is added to the group. An existing group is left as it is.
     * @default true
     */
    readonly admits?: boolean;
  };
  readonly kmsKeyArn: string;
  readonly place: DeploymentPlace;
  /** The resources that must exist before the replication runs: its log group. */
  readonly after: readonly ITerraformDependable[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A DMS replication: endpoints, alarms, and a replication instance with its task or a serverless replication. */
export class DmsReplication extends Construct {
  /** The security group, if this construct creates it. */
  public readonly securityGroup?: SecurityGroup;
  /** The ids of the replication's security groups. */
  public readonly securityGroupIds: readonly string[];
  /** The subnet group, if this construct creates it. */
  public readonly subnetGroup?: DmsReplicationSubnetGroup;
  public readonly sourceEndpoint: DmsEndpoint;
  public readonly targetEndpoint: DmsEndpoint;
  /** The role in which DMS reads the secret of the source; of an existing one, what it needs. */
  public readonly sourceAccess: ServiceRole;
  public readonly targetAccess: ServiceRole;
  /** The account's DMS roles, if this construct creates them. */
  public readonly serviceRoles?: DmsServiceRoles;
  /** The replication instance; undefined if the replication is serverless. */
  public readonly instance?: DmsReplicationInstance;
  public readonly task?: DmsReplicationTask;
  /** The serverless replication; undefined if there is a replication instance. */
  public readonly config?: DmsReplicationConfig;
  /** The alarms; undefined if the dimensions of their metrics are not known. */
  public readonly alarms?: ReplicationAlarms;
  private madeSecretsEndpoint?: SecretsEndpoint;
  private readonly subnetGroupId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DmsReplicationProps,
  ) {
    admitConstruct("DmsReplication", scope, id, props);
    super(scope, id);
    const { name, method, place, tags } = props;
    if (method.serviceRoles === "create") {
      this.serviceRoles = new DmsServiceRoles(this, "service-roles", { partition: place.partition, tags });
    }
    if (method.vpcSecurityGroupIds === undefined) {
      this.securityGroup = this.network();
      this.securityGroupIds = [this.securityGroup.id];
    } else {
      this.securityGroupIds = method.vpcSecurityGroupIds;
      this.admitToTarget(this.securityGroupIds);
    }
    if (method.replicationSubnetGroupId === undefined) {
      this.subnetGroup = new DmsReplicationSubnetGroup(this, "subnet-group", {
        replicationSubnetGroupId: name,
        replicationSubnetGroupDescription: `Replication of ${name}`,
        subnetIds: [...props.subnetIds],
        tags: { ...tags, Name: name },
        // DMS needs the role to look at the subnets.
        ...(this.serviceRoles === undefined ? {} : { dependsOn: [...this.serviceRoles.attachments] }),
      });
    }
    this.subnetGroupId = method.replicationSubnetGroupId ?? this.subnetGroup?.replicationSubnetGroupId ?? "";
    this.sourceAccess = this.secretAccess("source-access", method.source);
    this.targetAccess = this.secretAccess("target-access", method.targetEndpoint);
    this.sourceEndpoint = this.endpoint("source", method.source, this.sourceAccess);
    this.targetEndpoint = this.endpoint("target", method.targetEndpoint, this.targetAccess);

    let dimensions: Readonly<Record<string, string>> | undefined;
    if (method.compute.kind === "instance") {
      this.instance = this.replicationInstance(method.compute);
      this.task = this.replicationTask(this.instance.replicationInstanceArn);
      dimensions = {
        ReplicationInstanceIdentifier: name,
        // Not the task's name but the end of its ARN (AWS DMS User Guide, "Monitoring AWS DMS tasks").
        ReplicationTaskIdentifier: Fn.element(Fn.split(":", this.task.replicationTaskArn), 6) as string,
      };
    } else {
      this.config = this.replicationConfig(method.compute);
      dimensions = method.compute.alarmDimensions;
    }
    if (dimensions !== undefined) {
      this.alarms = new ReplicationAlarms(this, "alarms", {
        name,
        dimensions,
        changes: method.migrationType !== "full-load",
        running: runsIn(props.phase),
        settings: method.alarms ?? {},
        tags,
      });
    }
  }

  /** The endpoint of Secrets Manager, if this construct creates it. */
  public get secretsEndpoint(): SecretsEndpoint | undefined {
    return this.madeSecretsEndpoint;
  }

  private network(): SecurityGroup {
    const { name, method, target, tags } = this.props;
    const group = new SecurityGroup(this, "security-group", {
      namePrefix: `${name}-dms-`,
      description: `DMS replication of ${name}`,
      vpcId: this.props.vpcId,
      tags: { ...tags, Name: `${name}-dms` },
    });
    const securityGroupId = group.id;
    const open = (
      id: string,
      description: string,
      port: number,
      to: { cidrIpv4: string } | { referencedSecurityGroupId: string },
    ): void => {
      new VpcSecurityGroupEgressRule(this, id, {
        securityGroupId,
        description,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        ...to,
        tags: { ...tags, Name: `${name}-dms-${id}` },
      });
    };
    const { source, targetEndpoint } = method;
    open("to-source", "The replication to the source database", source.port, { cidrIpv4: source.cidr });
    const targetGroup = targetEndpoint.securityGroupId ?? target?.securityGroupId;
    if (targetGroup !== undefined) {
      open("to-target", "The replication to the target database", this.targetPort, {
        referencedSecurityGroupId: targetGroup,
      });
    }
    this.admitToTarget([securityGroupId]);
    open("to-services", "The replication to Secrets Manager: HTTPS", 443, {
      referencedSecurityGroupId: method.serviceEndpointSecurityGroupId ?? this.makeSecretsEndpoint(securityGroupId),
    });
    return group;
  }

  /** Makes the endpoint of Secrets Manager for the group, and returns the id of the endpoint's own group. */
  private makeSecretsEndpoint(clientSecurityGroupId: string): string {
    const { name, vpcId, subnetIds, method, place, tags } = this.props;
    const made = (this.madeSecretsEndpoint = new SecretsEndpoint(this, "secrets-endpoint", {
      name,
      vpcId,
      subnetIds,
      clientSecurityGroupId,
      secretArns: [method.source.secretArn, method.targetEndpoint.secretArn],
      place,
      tags,
    }));
    return made.securityGroupId;
  }

  private get targetPort(): number {
    const { method, target } = this.props;
    return method.targetEndpoint.port ?? target?.port ?? USUAL_PORT[method.targetEndpoint.engine];
  }

  /** Admits the replication to the target's group: to the one that the move creates, or to one that is named for it. */
  private admitToTarget(groupIds: readonly string[]): void {
    const { name, method, target, tags } = this.props;
    const securityGroupId =
      method.targetEndpoint.securityGroupId ?? (target?.admits === false ? undefined : target?.securityGroupId);
    if (securityGroupId === undefined) return;
    groupIds.forEach((referencedSecurityGroupId, index) => {
      new VpcSecurityGroupIngressRule(this, index === 0 ? "into-target" : `into-target-${index + 1}`, {
        securityGroupId,
        description: `The replication of ${name} to its target database`,
        ipProtocol: "tcp",
        fromPort: this.targetPort,
        toPort: this.targetPort,
        referencedSecurityGroupId,
        tags: { ...tags, Name: `${name}-from-dms` },
      });
    });
  }

  private secretAccess(id: string, end: EndpointSettings): ServiceRole {
    const { name, place, tags } = this.props;
    return new ServiceRole(this, id, {
      // AWS DMS User Guide, "Using secrets to access AWS Database Migration Service resources": the region's own principal.
      service: `dms.${place.region}.amazonaws.com`,
      namePrefix: "dms-secret-",
      description: `DMS reads the ${id.replace("-access", "")} credentials of ${name}`,
      allow: [
        { actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], resources: [end.secretArn] },
        ...(end.secretKmsKeyArn === undefined
          ? []
          : [{ actions: ["kms:Decrypt", "kms:DescribeKey"], resources: [end.secretKmsKeyArn] }]),
      ],
      place,
      ...(end.secretsManagerAccessRoleArn === undefined ? {} : { roleArn: end.secretsManagerAccessRoleArn }),
      tags: { ...tags, Name: `${name}-dms-${id}` },
    });
  }

  private endpoint(end: "source" | "target", settings: EndpointSettings, access: ServiceRole): DmsEndpoint {
    const { name, kmsKeyArn, tags } = this.props;
    const { databaseName, certificateArn } = settings;
    const extraConnectionAttributes = [
      ...(settings.extraConnectionAttributes === undefined ? [] : [settings.extraConnectionAttributes]),
      ...(this.secretsEndpoint === undefined ? [] : [`secretsManagerEndpointOverride=${this.secretsEndpoint.dnsName}`]),
    ].join(";");
    return new DmsEndpoint(this, end, {
      endpointId: `${name}-${end}`,
      endpointType: end,
      engineName: DMS_ENGINE_NAME[settings.engine],
      secretsManagerArn: settings.secretArn,
      secretsManagerAccessRoleArn: access.arn,
      sslMode: sslModeOf(settings),
      kmsKeyArn,
      ...(databaseName === undefined ? {} : { databaseName }),
      ...(certificateArn === undefined ? {} : { certificateArn }),
      ...(extraConnectionAttributes === "" ? {} : { extraConnectionAttributes }),
      tags: { ...tags, Name: `${name}-${end}` },
      // The role is of no use to DMS before it may read the secret.
      ...(access.policy === undefined ? {} : { dependsOn: [access.policy] }),
    });
  }

  private get multiAzByDefault(): boolean {
    return this.props.method.migrationType !== "full-load";
  }

  private replicationInstance(compute: InstanceCompute): DmsReplicationInstance {
    const { name, kmsKeyArn, after, tags } = this.props;
    return new DmsReplicationInstance(this, "instance", {
      replicationInstanceId: name,
      replicationInstanceClass: compute.instanceClass,
      allocatedStorage: compute.allocatedStorageGiB ?? 100,
      multiAz: compute.multiAz ?? this.multiAzByDefault,
      ...(compute.engineVersion === undefined ? {} : { engineVersion: compute.engineVersion }),
      // An upgrade restarts the instance: not in the middle of a migration.
      autoMinorVersionUpgrade: false,
      publiclyAccessible: false,
      kmsKeyArn,
      replicationSubnetGroupId: this.subnetGroupId,
      vpcSecurityGroupIds: [...this.securityGroupIds],
      tags: { ...tags, Name: name },
      dependsOn: [...after],
    });
  }

  private replicationTask(replicationInstanceArn: string): DmsReplicationTask {
    const { name, method, tags } = this.props;
    const { migrationType, cdcStartPosition, startReplication } = method;
    return new DmsReplicationTask(this, "task", {
      replicationTaskId: name,
      migrationType,
      replicationInstanceArn,
      sourceEndpointArn: this.sourceEndpoint.endpointArn,
      targetEndpointArn: this.targetEndpoint.endpointArn,
      tableMappings: tableMappings(method.tables),
      replicationTaskSettings: taskSettings(method.settings ?? {}, migrationType),
      ...(cdcStartPosition === undefined ? {} : { cdcStartPosition }),
      ...(startReplication === undefined ? {} : { startReplicationTask: startReplication }),
      tags: { ...tags, Name: name },
    });
  }

  private replicationConfig(compute: ServerlessCompute): DmsReplicationConfig {
    const { name, method, kmsKeyArn, tags } = this.props;
    const { migrationType, startReplication } = method;
    return new DmsReplicationConfig(this, "config", {
      replicationConfigIdentifier: name,
      replicationType: migrationType,
      sourceEndpointArn: this.sourceEndpoint.endpointArn,
      targetEndpointArn: this.targetEndpoint.endpointArn,
      tableMappings: tableMappings(method.tables),
      replicationSettings: taskSettings(method.settings ?? {}, migrationType),
      ...(startReplication === undefined ? {} : { startReplication }),
      computeConfig: {
        replicationSubnetGroupId: this.subnetGroupId,
        maxCapacityUnits: compute.maxCapacityUnits,
        ...(compute.minCapacityUnits === undefined ? {} : { minCapacityUnits: compute.minCapacityUnits }),
        multiAz: compute.multiAz ?? this.multiAzByDefault,
        kmsKeyId: kmsKeyArn,
        vpcSecurityGroupIds: [...this.securityGroupIds],
      },
      tags: { ...tags, Name: name },
    });
  }
}
