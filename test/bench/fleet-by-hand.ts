/** An estate of any size, and the CDKTF somebody would write by hand for it: plain loops, each id read once. */
import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformLocal, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Assessment } from "../../lib/assessment/assessment";
import {
  dependentKeys,
  dependentMarks,
  DEPENDENT_RECORD_PATH,
  noDependentNeedsMore,
  interpolated,
  marksAreWellFormed,
  holdsKnownStage,
  valuesByName,
} from "../../lib/core/recorded-stage-expressions";
import { declaredParameter, parameterPath, reachedParameter } from "../../lib/core/stage-parameters";
import type { InventoryInput } from "../../lib/inventory/model";
import type { ServerNetwork } from "../../lib/patterns/infrastructure/lift-and-shift";
import { readyAssessment } from "../support/ready-assessment";

const ZONES = ["eu-central-1a", "eu-central-1b"];
const TIERS = ["web", "app", "db"];
/** How many servers an application has: ten in each tier. */
const PER_APPLICATION = 30;

/** Large enough for 10,000 servers. */
export const BENCH_NETWORK: ServerNetwork = {
  vpcId: "vpc-0123456789abcdef0",
  subnets: [
    { id: "subnet-0000000a", tier: "private", availabilityZone: "eu-central-1a", cidr: "10.16.0.0/16" },
    { id: "subnet-0000000b", tier: "private", availabilityZone: "eu-central-1b", cidr: "10.17.0.0/16" },
  ],
};

interface BenchServer {
  readonly name: string;
  readonly application: string;
  readonly tier: string;
  readonly address: string;
  readonly zone: number;
}

function benchServers(count: number): BenchServer[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `server-${String(index).padStart(5, "0")}`,
    application: `application-${String(Math.floor(index / PER_APPLICATION)).padStart(3, "0")}`,
    tier: TIERS[index % TIERS.length]!,
    address: `10.${16 + (index % 2)}.${1 + Math.floor(index / 2 / 200)}.${10 + (Math.floor(index / 2) % 200)}`,
    zone: index % 2,
  }));
}

/** The flows of an application as observed: clients to web, web to app, app to db, by every server. */
function benchFlows(servers: readonly BenchServer[]): NonNullable<InventoryInput["flows"]> {
  const byTier = new Map<string, BenchServer[]>();
  for (const server of servers) {
    const key = `${server.application} ${server.tier}`;
    byTier.set(key, [...(byTier.get(key) ?? []), server]);
  }
  return servers.flatMap((server) => {
    if (server.tier === "web") {
      const [app] = byTier.get(`${server.application} app`) ?? [];
      return [
        { source: "192.0.2.0/24", destination: server.name, port: 443, protocol: "tcp" },
        ...(app === undefined ? [] : [{ source: server.name, destination: app.name, port: 8080, protocol: "tcp" }]),
      ];
    }
    const [db] = byTier.get(`${server.application} db`) ?? [];
    return server.tier === "app" && db !== undefined
      ? [{ source: server.name, destination: db.name, port: 5432, protocol: "tcp" }]
      : [];
  });
}

/** The estate, assessed. */
export function benchAssessment(count: number): Assessment {
  const servers = benchServers(count);
  const input: InventoryInput = {
    servers: servers.map(({ name, application, tier, address }) => ({
      name,
      os: { family: "linux", name: "Red Hat Enterprise Linux 9 (64-bit)", version: "9", architecture: "x86_64" },
      powerState: "on",
      cpus: 4,
      memoryMiB: 16_384,
      disks: [
        { name: "Hard disk 1", capacityMiB: 51_200, kind: "thin" },
        { name: "Hard disk 2", capacityMiB: 102_400, kind: "thin" },
      ],
      nics: [{ name: "Network adapter 1", network: "data centre", addresses: [address] }],
      application,
      tier,
      wave: "wave-1",
      strategy: "rehost",
      utilisation: { cpuP95Percent: 40, memoryP95Percent: 60 },
    })),
    networks: [{ name: "data centre", cidr: "10.16.0.0/15" }],
    databases: [],
    flows: benchFlows(servers),
  };
  return readyAssessment({ inventory: input });
}

/** What `LiftAndShift` makes of the estate in the stage `cutover`, by hand. */
export function writeByHand(stack: Construct, count: number): void {
  const tags = { "migration:pattern": "lift-and-shift" };
  const wave = new Construct(stack, "wave");
  const fleet = new Construct(wave, "fleet");
  const servers = benchServers(count);
  const fleetName = "stack-wave-fleet";

  const groupScope = new Construct(fleet, "groups");
  const groupIds = new Map<string, string>();
  for (const { application, tier } of servers) {
    const id = `${application}--${tier}`;
    if (groupIds.has(id)) continue;
    const name = `${fleetName}-${id}`;
    const group = new SecurityGroup(groupScope, id, {
      name,
      description: `Servers of ${application} ${tier}`,
      vpcId: BENCH_NETWORK.vpcId,
      lifecycle: { ignoreChanges: ["name", "description"] },
      tags: { ...tags, Name: name },
    });
    groupIds.set(id, group.id);
  }
  const ingress = new Construct(groupScope, "ingress");
  const egress = new Construct(groupScope, "egress");
  for (const application of new Set(servers.map((server) => server.application))) {
    const [web, app, db] = TIERS.map((tier) => groupIds.get(`${application}--${tier}`));
    if (web !== undefined) {
      new VpcSecurityGroupIngressRule(ingress, `${application}--web--tcp-443--192-0-2-0-24`, {
        securityGroupId: web,
        description: `192.0.2.0/24 to ${application}--web: observed at the source`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "192.0.2.0/24",
        tags,
      });
    }
    const pairs = [
      ["web", web, "app", app, 8080],
      ["app", app, "db", db, 5432],
    ] as const;
    for (const [fromTier, from, toTier, to, port] of pairs) {
      if (from === undefined || to === undefined) continue;
      const description = `${application}--${fromTier} to ${application}--${toTier}: observed at the source`;
      const rule = { description, ipProtocol: "tcp", fromPort: port, toPort: port, tags };
      new VpcSecurityGroupIngressRule(ingress, `${application}--${toTier}--tcp-${port}--${application}--${fromTier}`, {
        ...rule,
        securityGroupId: to,
        referencedSecurityGroupId: from,
      });
      new VpcSecurityGroupEgressRule(egress, `${application}--${fromTier}--tcp-${port}--${application}--${toTier}`, {
        ...rule,
        securityGroupId: from,
        referencedSecurityGroupId: to,
      });
    }
  }

  const profileScope = new Construct(fleet, "profile");
  const role = new IamRole(profileScope, "role", {
    namePrefix: "servers-",
    description: `Servers of ${fleetName}`,
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    }),
    tags: { ...tags, Name: fleetName },
  });
  const roleName = role.name;
  new IamRolePolicyAttachment(profileScope, "systems-manager", {
    role: roleName,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  const profile = new IamInstanceProfile(profileScope, "profile", {
    namePrefix: "servers-",
    role: roleName,
    tags: { ...tags, Name: fleetName },
  });
  const profileName = profile.name;

  const instances = new Construct(fleet, "servers");
  const volumes = new Construct(fleet, "volumes");
  const attachments = new Construct(fleet, "attachments");
  for (const { name, application, tier, address, zone } of servers) {
    const serverTags = {
      ...tags,
      Name: name,
      "migration:server": name,
      "migration:application": application,
      "migration:tier": tier,
    };
    const groupId = groupIds.get(`${application}--${tier}`);
    const instance = new Instance(instances, name, {
      ami: "ami-0123456789abcdef0",
      instanceType: "r7i.large",
      subnetId: BENCH_NETWORK.subnets[zone]!.id,
      privateIp: address,
      vpcSecurityGroupIds: groupId === undefined ? [] : [groupId],
      iamInstanceProfile: profileName,
      monitoring: true,
      ebsOptimized: true,
      disableApiTermination: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: {
        encrypted: true,
        volumeType: "gp3",
        deleteOnTermination: false,
        volumeSize: 50,
        tags: serverTags,
      },
      lifecycle: { ignoreChanges: ["ami", "ebs_optimized", "user_data", "user_data_base64"], preventDestroy: true },
      tags: serverTags,
    });
    const volume = new EbsVolume(volumes, `${name}--Hard-disk-2`, {
      availabilityZone: ZONES[zone]!,
      encrypted: true,
      type: "gp3",
      size: 100,
      lifecycle: { ignoreChanges: ["snapshot_id"], preventDestroy: true },
      tags: { ...serverTags, "migration:disk": "Hard disk 2" },
    });
    new VolumeAttachment(attachments, `${name}--Hard-disk-2`, {
      deviceName: "/dev/sdf",
      instanceId: instance.id,
      volumeId: volume.id,
      stopInstanceBeforeDetaching: true,
    });
  }
  writeRecord(wave, tags);
}

/** The parameters in which the stage is recorded, with the conditions under which it may be: after everything else. */
function writeRecord(wave: Construct, tags: Record<string, string>): void {
  const identity = { app: "bench", name: "stack-wave" };
  const stages = ["replicate", "test", "cutover", "finalized"];
  const resources = wave.node.findAll().filter((each) => TerraformResource.isTerraformResource(each));
  const record = new Construct(wave, "record");
  const path = parameterPath(identity);
  const recorded = new DataAwsSsmParametersByPath(record, "recorded", { path, recursive: true });
  const local = (id: string, expression: string): string =>
    `local.${new TerraformLocal(record, id, interpolated(expression)).friendlyUniqueId}`;
  const values = local("values", valuesByName(recorded));
  const marks = local("marks", dependentMarks(values, identity));
  const dependents = new DataAwsSsmParametersByPath(record, "dependents", { path: DEPENDENT_RECORD_PATH });
  dependents.addOverride("for_each", interpolated(dependentKeys(marks)));
  const declared = new SsmParameter(record, "declared", {
    name: declaredParameter(identity),
    type: "String",
    description: `The stage that is declared for ${identity.name}`,
    insecureValue: "cutover",
    tags,
    lifecycle: {
      precondition: [
        holdsKnownStage(values, declaredParameter(identity), { stages, instead: "cutover" }),
        marksAreWellFormed(values, identity),
        noDependentNeedsMore(marks, dependents, { identity, stage: "cutover", stack: "stack" }),
      ],
    },
  });
  const reached = new SsmParameter(record, "reached", {
    name: reachedParameter(identity),
    type: "String",
    description: `The stage that ${identity.name} has reached`,
    insecureValue: "cutover",
    tags,
    // By name: a reference makes a token for each of them.
    dependsOn: [declared, ...resources].map((each) => ({
      fqn: `${each.terraformResourceType}.${each.friendlyUniqueId}`,
    })),
    lifecycle: {
      precondition: [
        holdsKnownStage(values, reachedParameter(identity), { stages: [...stages, "none"], instead: "cutover" }),
      ],
    },
  });
  // What a hand-over reads.
  reached.addOverride("//.handOver", { migration: "stack/wave", onlyForMove: [] });
}
