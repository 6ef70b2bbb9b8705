/**
 * One stack with every kind of resource and every option of lift and shift, for the checks that look at all of them: the
 * real Terraform accepts it, and everything that can be encrypted is.
 */
import type { TerraformStack } from "cdktf";
import { LandingNetwork, ServerFleet, ServerImage } from "../../../../lib/patterns/infrastructure/lift-and-shift";
import { defaultSubnetTier } from "../../../../lib/patterns/infrastructure/lift-and-shift/placement";
import { AMI, existing, inventoryOf, serverInput } from "./fixtures";

export function everyVariant(stack: TerraformStack): { network: LandingNetwork; fleet: ServerFleet } {
  const tags = { "migration:pattern": "lift-and-shift" };
  const network = new LandingNetwork(stack, "network", {
    cidr: "10.20.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    tiers: ["public", "private", "isolated"],
    nat: "per-zone",
    interfaceEndpoints: ["ssm", "ssmmessages", "ec2messages", "ecr.dkr"],
    tags,
  });
  new LandingNetwork(stack, "listed", {
    cidr: "10.30.0.0/24",
    additionalCidrs: ["10.31.0.0/24"],
    subnets: [
      { tier: "private", availabilityZone: "eu-central-1a", cidr: "10.30.0.0/25" },
      { tier: "public", availabilityZone: "eu-central-1a", cidr: "10.31.0.0/25" },
    ],
    nat: "one",
    gatewayEndpoints: ["s3"],
    interfaceEndpoints: [],
    flowLogs: { logGroupArn: "arn:aws:logs:eu-central-1:123456789012:log-group:flows" },
    accountId: "123456789012",
    name: "listed",
  });
  const inventory = inventoryOf(
    [
      serverInput("web-01", { application: "shop", tier: "web", nics: [{ addresses: ["10.20.0.10", "fe80::1"] }] }),
      serverInput("web 02 (old)", { application: "shop", tier: "web" }),
      serverInput("app-01", {
        application: "shop",
        tier: "app",
        cpus: 8,
        memoryMiB: 32_768,
        utilisation: { cpuP95Percent: 20, memoryP95Percent: 40, diskIops: 9000, diskMiBps: 300 },
        disks: [
          { name: "Hard disk 1", capacityMiB: 51_201 },
          { name: "Hard disk 2", capacityMiB: 10_240 },
          { name: "Hard disk 2", capacityMiB: 8192 },
        ],
      }),
      serverInput("db-01", {
        application: "shop",
        tier: "db",
        firmware: "efi",
        disks: [
          { name: "Hard disk 1", capacityMiB: 51_200 },
          { name: "Hard disk 2", capacityMiB: 512_000 },
        ],
        utilisation: { diskIops: 40_000 },
      }),
      serverInput("win-01", {
        os: { family: "windows", name: "Windows Server 2019" },
        target: { tenancy: "dedicated-host" },
        disks: [
          { name: "Hard disk 1", capacityMiB: 102_400 },
          { name: "Hard disk 2", capacityMiB: 102_400 },
        ],
      }),
      serverInput("arm-01", { os: { family: "linux", architecture: "arm64" } }),
      serverInput("mgn-01", { application: "crm", tier: "app" }),
      serverInput("sap-01", { target: { tenancy: "dedicated-host", instanceType: "x2iedn.4xlarge" } }),
      serverInput("edge-01", {
        disks: ["boot", "gp2", "io1", "io2", "st1", "sc1"].map((name) => ({ name, capacityMiB: 20_480 })),
      }),
    ],
    [
      { source: "web-01", destination: "app-01", port: 8080 },
      { source: "app-01", destination: "db-01", port: 5432 },
      { source: "web-01", destination: "web 02 (old)", port: 4040, protocol: "udp" },
      { source: "192.0.2.7", destination: "web-01", port: 443 },
      { source: "2001:db8::7", destination: "web-01", port: 443 },
      { source: "partner.example.com", destination: "app-01", port: 8443 },
      { source: "db-01", destination: "192.0.2.25", port: 25 },
      { source: "192.0.2.7", destination: "web-01", protocol: "icmp" },
      { source: "192.0.2.7", destination: "web-01", protocol: "gre" },
      ...["win-01", "arm-01", "mgn-01", "sap-01", "edge-01"].map((source) => ({
        source,
        destination: "app-01",
        port: 8080,
      })),
    ],
  );
  const fleet = new ServerFleet(stack, "fleet", {
    servers: inventory.servers,
    inventory,
    network,
    images: {
      byName: {
        "db-01": ServerImage.diskImage("exports", ["db-01/disk-0.vmdk", "db-01/disk-1.vmdk"]),
        "mgn-01": ServerImage.adopt("i-0123456789abcdef0"),
        "win-01": ServerImage.ssmParameter("/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-Base"),
      },
      byOs: { linux: AMI },
    },
    tierOf: (server) => (server.name === "edge-01" ? "public" : defaultSubnetTier(server)),
    storage: {
      growthPercent: 15,
      volumes: (["gp2", "io1", "io2", "st1", "sc1"] as const).map((volumeType) => ({
        server: "edge-01",
        disk: volumeType,
        volumeType,
      })),
    },
    exposure: "open",
    hostCidrs: { "partner.example.com": ["198.51.100.7/32", "198.51.100.8/32"] },
    managementCidrs: ["10.99.0.0/24"],
    securityGroupIds: ["sg-0123456789abcdef0"],
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
    keyName: "operators",
    tags,
  });
  const second = inventoryOf(
    [serverInput("web-09", { application: "shop", tier: "web", target: { tenancy: "dedicated" } })],
    [{ source: "192.0.2.7", destination: "web-09", port: 443 }],
  );
  new ServerFleet(stack, "existing", {
    servers: second.servers,
    inventory: second,
    network: existing,
    images: () => AMI,
    exposure: "test",
    testClientCidrs: ["10.9.0.0/24"],
    instanceProfileName: "servers",
    detailedMonitoring: false,
    terminationProtection: false,
  });
  return { network, fleet };
}
