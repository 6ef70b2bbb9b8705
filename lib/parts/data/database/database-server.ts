/**
 * The target database of a move: encrypted, private, backed up, protected from deletion, with TLS forced and a
 * master password that only RDS and Secrets Manager know. It outlives the move.
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { constructId } from "../../../core/construct-ids";
import { admit, admitConstruct } from "../../../core/door/admit";
import { compareText } from "../../../core/text";
import { isListToken } from "../../../core/token-text";
import {
  exportedLog,
  hasStandby,
  parameterFamily,
  portOf,
  tlsParameter,
  type AuroraTarget,
  type RdsInstanceTarget,
} from "./target-settings";

/** The backup of MySQL that an instance is created from. It must be in the bucket before the first apply. */
export interface MysqlImport {
  readonly bucketName: string;
  readonly bucketPrefix: string;
  readonly sourceEngineVersion: string;
  readonly roleArn: string;
}

/** Properties of a {@link DatabaseServer}. */
export interface DatabaseServerProps {
  readonly name: string;
  readonly target: RdsInstanceTarget | AuroraTarget;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly kmsKeyArn: string;
  readonly logRetentionDays: number;
  /** Database parameters that the method of the move needs. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly optionGroupName?: string;
  readonly mysqlImport?: MysqlImport;
  /**
   * Whether RDS installs minor versions by itself; the version that the code says is then ignored, because RDS's is another one.
   * @default false
   */
  readonly upgradesMinorVersion?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

const DEFAULT_BACKUP_DAYS = 14;
/**
 * The attributes that filled a database when it was made, and are ignored. The backup that it was imported from is not named any
 * more once the move is finalized, which would make the database anew, and empty.
 */
const FILLED_DATABASE = ["restore_to_point_in_time", "s3_import", "snapshot_identifier"];
// What Performance Insights keeps for nothing. Amazon RDS User Guide, "Pricing and data retention for Performance Insights".
const INSIGHTS_DAYS = 7;

/** Returns the name of the log group of a database, which is known in advance so that the policy of its key can name it. */
export function databaseLogGroupName(name: string, target: RdsInstanceTarget | AuroraTarget): string {
  admit("databaseLogGroupName", { name, target });
  return `/aws/rds/${target.kind === "rds" ? "instance" : "cluster"}/${name}/${exportedLog(target.engine)}`;
}

/** Returns the first of the ids, which may be a list that only Terraform knows. */
function firstOf(ids: readonly string[]): string {
  return isListToken(ids) ? (Fn.element([...ids], 0) as string) : (ids[0] ?? "");
}

/** The target of a move: an RDS instance or an Aurora cluster, encrypted, backed up and protected from deletion. */
export class DatabaseServer extends Construct {
  /** The security group, if this construct creates it. */
  public readonly securityGroup?: SecurityGroup;
  /** The subnet group, if this construct creates it. */
  public readonly subnetGroup?: DbSubnetGroup;
  /** The log group, if this construct creates it. */
  public readonly logGroup?: CloudwatchLogGroup;
  /** The RDS instance; undefined for Aurora. */
  public readonly instance?: DbInstance;
  public readonly parameterGroup?: DbParameterGroup;
  /** The Aurora cluster; undefined for RDS. */
  public readonly cluster?: RdsCluster;
  public readonly clusterInstances: readonly RdsClusterInstance[];
  public readonly clusterParameterGroup?: RdsClusterParameterGroup;
  /** The identifier of the instance or the cluster. */
  public readonly identifier: string;
  /** The host name to connect to; for a cluster, of its writer. */
  public readonly address: string;
  public readonly port: number;
  /** The id of the database's security group; of several existing ones, the first. */
  public readonly securityGroupId: string;
  /** ARN of the secret with the master user's name and password. */
  public readonly masterUserSecretArn: string;
  private readonly subnetGroupName: string;
  private readonly securityGroupIds: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseServerProps,
  ) {
    admitConstruct("DatabaseServer", scope, id, props);
    super(scope, id);
    const { name, target, kmsKeyArn, tags } = props;
    this.port = portOf(target);
    if (target.dbSubnetGroupName === undefined) {
      this.subnetGroup = new DbSubnetGroup(this, "subnet-group", {
        name,
        description: `Subnets of ${name}`,
        subnetIds: [...props.subnetIds],
        tags: { ...tags, Name: name },
      });
    }
    this.subnetGroupName = target.dbSubnetGroupName ?? this.subnetGroup?.name ?? "";
    if (target.vpcSecurityGroupIds === undefined) {
      this.securityGroup = this.network();
      this.securityGroupId = this.securityGroup.id;
      this.securityGroupIds = [this.securityGroupId];
    } else {
      this.securityGroupIds = target.vpcSecurityGroupIds;
      this.securityGroupId = firstOf(target.vpcSecurityGroupIds);
    }
    if (target.logGroup !== "existing") {
      this.logGroup = new CloudwatchLogGroup(this, "logs", {
        name: databaseLogGroupName(name, target),
        retentionInDays: props.logRetentionDays,
        kmsKeyId: kmsKeyArn,
        tags: { ...tags, Name: name },
      });
    }
    if (target.kind === "rds") {
      this.parameterGroup = new DbParameterGroup(this, "parameters", {
        name,
        description: `Parameters of ${name}`,
        family: parameterFamily(target.engine, target.engineVersion),
        parameter: this.parameters(),
        tags: { ...tags, Name: name },
      });
      this.instance = this.makeInstance(target, this.parameterGroup.name);
      this.clusterInstances = [];
      this.identifier = this.instance.identifier;
      this.address = this.instance.address;
      this.masterUserSecretArn = this.instance.masterUserSecret.get(0).secretArn;
    } else {
      this.clusterParameterGroup = new RdsClusterParameterGroup(this, "parameters", {
        name,
        description: `Parameters of ${name}`,
        family: parameterFamily(target.engine, target.engineVersion),
        parameter: this.parameters(),
        tags: { ...tags, Name: name },
      });
      this.cluster = this.makeCluster(target, this.clusterParameterGroup.name);
      this.identifier = this.cluster.clusterIdentifier;
      this.address = this.cluster.endpoint;
      this.masterUserSecretArn = this.cluster.masterUserSecret.get(0).secretArn;
      this.clusterInstances = this.makeClusterInstances(target, this.identifier);
    }
  }

  private get upgrades(): boolean {
    return this.props.upgradesMinorVersion ?? false;
  }

  /** The version, where RDS moves it on: every plan would take it back. */
  private get ignoredVersion(): readonly string[] {
    return this.upgrades ? ["engine_version"] : [];
  }

  private afterLogGroup(): { readonly dependsOn?: CloudwatchLogGroup[] } {
    return this.logGroup === undefined ? {} : { dependsOn: [this.logGroup] };
  }

  private parameters(): { name: string; value: string; applyMethod: string }[] {
    const { target, parameters } = this.props;
    const given = Object.entries({ ...target.parameters, ...parameters });
    return [
      tlsParameter(target.engine),
      // Whether a parameter is static only RDS knows; a pending reboot is right for both kinds.
      ...given
        .sort(([a], [b]) => compareText(a, b))
        .map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" })),
    ];
  }

  private network(): SecurityGroup {
    const { name, target, tags } = this.props;
    const group = new SecurityGroup(this, "security-group", {
      namePrefix: `${name}-db-`,
      description: `Database ${name}`,
      vpcId: this.props.vpcId,
      tags: { ...tags, Name: `${name}-db` },
    });
    const securityGroupId = group.id;
    const admit = (id: string, from: { cidrIpv4: string } | { referencedSecurityGroupId: string }): void => {
      new VpcSecurityGroupIngressRule(this, id, {
        securityGroupId,
        description: "Clients to the database",
        ipProtocol: "tcp",
        fromPort: this.port,
        toPort: this.port,
        ...from,
        tags: { ...tags, Name: `${name}-${id}` },
      });
    };
    // Ids are tokens more often than not, so a client's group is known by its place in the list.
    (target.clientSecurityGroupIds ?? []).forEach((referencedSecurityGroupId, index) => {
      admit(`from-group-${index + 1}`, { referencedSecurityGroupId });
    });
    for (const cidrIpv4 of target.clientCidrs ?? []) admit(`from-${constructId(cidrIpv4)}`, { cidrIpv4 });
    return group;
  }

  private makeInstance(target: RdsInstanceTarget, parameterGroupName: string): DbInstance {
    const { name, kmsKeyArn, optionGroupName, mysqlImport, tags } = this.props;
    return new DbInstance(this, "instance", {
      identifier: name,
      engine: target.engine,
      engineVersion: target.engineVersion,
      instanceClass: target.instanceClass,
      allocatedStorage: target.allocatedStorageGiB,
      ...(target.maxAllocatedStorageGiB === undefined ? {} : { maxAllocatedStorage: target.maxAllocatedStorageGiB }),
      storageType: "gp3",
      storageEncrypted: true,
      kmsKeyId: kmsKeyArn,
      ...(target.databaseName === undefined ? {} : { dbName: target.databaseName }),
      username: target.masterUsername ?? "dbadmin",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: kmsKeyArn,
      port: this.port,
      multiAz: target.multiAz ?? hasStandby(target.engine),
      dbSubnetGroupName: this.subnetGroupName,
      vpcSecurityGroupIds: [...this.securityGroupIds],
      publiclyAccessible: false,
      parameterGroupName,
      ...(optionGroupName === undefined ? {} : { optionGroupName }),
      ...(target.engine.startsWith("sqlserver-") ? { licenseModel: "license-included" } : {}),
      backupRetentionPeriod: target.backupRetentionDays ?? DEFAULT_BACKUP_DAYS,
      copyTagsToSnapshot: true,
      deletionProtection: target.deletionProtection ?? true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${name}-final`,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: kmsKeyArn,
      performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
      enabledCloudwatchLogsExports: [exportedLog(target.engine)],
      // In the middle of a move, a version that RDS moves on by itself would be one change more.
      autoMinorVersionUpgrade: this.upgrades,
      ...(mysqlImport === undefined
        ? {}
        : {
            s3Import: {
              bucketName: mysqlImport.bucketName,
              bucketPrefix: mysqlImport.bucketPrefix,
              ingestionRole: mysqlImport.roleArn,
              sourceEngine: "mysql",
              sourceEngineVersion: mysqlImport.sourceEngineVersion,
            },
          }),
      lifecycle: { ignoreChanges: [...FILLED_DATABASE, ...this.ignoredVersion] },
      tags: { ...tags, Name: name },
      // Else RDS makes the log group itself, without the key and without an end.
      ...this.afterLogGroup(),
    });
  }

  private makeCluster(target: AuroraTarget, dbClusterParameterGroupName: string): RdsCluster {
    const { name, kmsKeyArn, tags } = this.props;
    const { serverlessCapacity } = target;
    return new RdsCluster(this, "cluster", {
      clusterIdentifier: name,
      engine: target.engine,
      engineVersion: target.engineVersion,
      ...(target.databaseName === undefined ? {} : { databaseName: target.databaseName }),
      masterUsername: target.masterUsername ?? "dbadmin",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: kmsKeyArn,
      port: this.port,
      storageEncrypted: true,
      kmsKeyId: kmsKeyArn,
      dbSubnetGroupName: this.subnetGroupName,
      vpcSecurityGroupIds: [...this.securityGroupIds],
      dbClusterParameterGroupName,
      backupRetentionPeriod: target.backupRetentionDays ?? DEFAULT_BACKUP_DAYS,
      copyTagsToSnapshot: true,
      deletionProtection: target.deletionProtection ?? true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${name}-final`,
      enabledCloudwatchLogsExports: [exportedLog(target.engine)],
      ...(serverlessCapacity === undefined
        ? {}
        : {
            serverlessv2ScalingConfiguration: {
              minCapacity: serverlessCapacity.min,
              maxCapacity: serverlessCapacity.max,
            },
          }),
      lifecycle: { ignoreChanges: [...FILLED_DATABASE, ...this.ignoredVersion] },
      tags: { ...tags, Name: name },
      ...this.afterLogGroup(),
    });
  }

  private makeClusterInstances(target: AuroraTarget, clusterIdentifier: string): RdsClusterInstance[] {
    const { name, kmsKeyArn, tags } = this.props;
    const dbSubnetGroupName = this.subnetGroupName;
    return Array.from({ length: target.instances ?? 2 }, (_, index) => {
      const identifier = `${name}-${index + 1}`;
      return new RdsClusterInstance(this, `instance-${index + 1}`, {
        identifier,
        clusterIdentifier,
        engine: target.engine,
        engineVersion: target.engineVersion,
        instanceClass: target.instanceClass,
        dbSubnetGroupName,
        publiclyAccessible: false,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: kmsKeyArn,
        performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
        autoMinorVersionUpgrade: this.upgrades,
        copyTagsToSnapshot: true,
        promotionTier: index,
        ...(this.upgrades ? { lifecycle: { ignoreChanges: [...this.ignoredVersion] } } : {}),
        tags: { ...tags, Name: identifier },
      });
    });
  }
}
