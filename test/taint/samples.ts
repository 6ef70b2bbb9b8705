/** An inventory, a checklist and a routing in which every field has a value: a test holds them against the schemas. */
import type { ChecklistInput } from "../../lib/assessment/checklist/checklist";
import type { InventoryInput } from "../../lib/inventory/model";
import type { ScheduledRoutingIntent } from "../../lib/patterns/infrastructure/multi-cloud/intent";

const location = {
  file: "estate.xlsx",
  sheet: "vInfo",
  row: 7,
  column: "A",
  line: 1,
  character: 1,
  path: "servers[0]",
};

/** A server with every field, which goes where the inventory says, and two that it talks to. */
export const inventorySample: InventoryInput = {
  format: "model",
  source: "estate.yaml",
  servers: [
    {
      name: "web-01",
      renamedFrom: "www-01",
      fqdn: "web-01.example.internal",
      uuid: "4210f1c5-0000-4000-8000-000000000001",
      powerState: "on",
      os: { family: "linux", name: "Ubuntu Linux (64-bit)", version: "22.04", architecture: "x86_64" },
      cpus: 2,
      memoryMiB: 4096,
      disks: [
        {
          name: "Hard disk 1",
          key: "2000",
          renamedFrom: "C",
          capacityMiB: 51_200,
          controller: "SCSI controller 0",
          path: "[ds] web-01/a.vmdk",
        },
        {
          name: "Hard disk 2",
          key: "2001",
          renamedFrom: "D",
          capacityMiB: 10_240,
          controller: "SCSI controller 1",
          path: "[ds] web-01/b.vmdk",
        },
      ],
      nics: [{ name: "Adapter 1", network: "data centre", mac: "00:50:56:00:00:01", addresses: ["10.10.1.11"] }],
      host: "esx-01",
      cluster: "cluster-a",
      datacenter: "fra1",
      folder: "/fra1/vm",
      application: "shop",
      tier: "frontend",
      wave: "wave-1",
      environment: "prod",
      strategy: "rehost",
      snapshots: [{ name: "before update", createdAt: "2026-01-01T00:00:00Z" }],
      removableMedia: [{ kind: "cd", detail: "[iso] tools.iso" }],
      toolsStatus: "toolsOk",
      annotation: "ask the shop team",
      tags: { "cost centre": "4711" },
      target: {
        region: "eu-central-1",
        accountId: "123456789012",
        instanceType: "m7i.large",
        subnetIds: ["subnet-0000000a"],
        securityGroupIds: ["sg-0123456789abcdef0"],
      },
      location,
    },
    {
      name: "app-01",
      os: { family: "linux" },
      cpus: 2,
      memoryMiB: 4096,
      disks: [{ name: "sda", capacityMiB: 51_200 }],
      nics: [{ addresses: ["10.10.2.11"] }],
      application: "orders",
      wave: "wave-1",
    },
    { name: "db-01", wave: "wave-2", nics: [{ addresses: ["10.10.3.11"] }] },
  ],
  networks: [{ name: "data centre", cidr: "10.10.0.0/16", virtualSwitch: "vSwitch0", location }],
  databases: [{ name: "orders-db", engine: "postgresql", version: "16", server: "db-01", location }],
  fileShares: [{ name: "/srv/reports", protocol: "nfs", server: "app-01", usedBy: ["web-01"], location }],
  flows: [
    { source: "web-01", destination: "app-01", port: 8080, protocol: "tcp", process: "java", location },
    { source: "198.51.100.7", destination: "web-01", port: 443 },
    { source: "app-01", destination: "partner.example.com", port: 443 },
  ],
  findings: [
    {
      rule: "rvtools-disk-unknown",
      severity: "info",
      subject: "app-01",
      location,
      message: "a message",
      why: "a why",
      remedy: "a remedy",
      waived: { reason: "a reason that is long", approvedBy: "board", expires: "2030-01-01" },
    },
  ],
};

/** A checklist in which every item has evidence. */
export const checklistSample: ChecklistInput = {
  inventory_current_infrastructure: {
    servers_and_specifications: [
      {
        server: "app-01",
        renamedFrom: "application-01",
        strategy: "rehost",
        wave: "wave-1",
        application: "order service",
        tier: "backend",
        environment: "test",
        os: { family: "linux", name: "Debian GNU/Linux 12", version: "12" },
        instanceType: "c7i.large",
        reason: "it was measured",
      },
    ],
    network_configuration: {
      sources: [{ name: "source network", cidr: "10.10.0.0/16" }],
      targets: [{ name: "target network", cidr: "10.20.0.0/16" }],
      peers: [{ name: "peer network", cidr: "10.30.0.0/16" }],
      containers: [{ name: "pod network", cidr: "10.40.0.0/16" }],
      nameServers: ["10.10.0.2"],
    },
    storage_requirements: { volumes: [{ server: "web-01", disk: "Hard disk 2", volumeType: "gp2" }] },
    security_configurations: {
      dataClassification: "internal",
      controls: [
        {
          kind: "firewall",
          description: "the perimeter firewall",
          evidence: "rule export",
          owner: "network team",
        },
      ],
    },
  },
  identify_dependencies: {
    database_connections: [
      {
        database: "orders-db",
        engine: "postgresql",
        version: "16",
        server: "db-01",
        port: 5432,
        clients: ["app-01"],
        configuredIn: "/etc/orders.conf",
        owner: "order team",
      },
    ],
    external_service_integrations: [
      { name: "payment", hosts: ["partner.example.com"], clients: ["app-01"], owner: "payment team" },
    ],
    file_system_dependencies: [
      { path: "/srv/reports", protocol: "nfs", server: "app-01", clients: ["web-01"], owner: "report team" },
    ],
  },
  assess_compatibility: {
    operating_system_versions: {
      extendedSupport: [{ product: "Debian GNU/Linux 9", until: "2030-01-01", contract: "order 1", owner: "buyers" }],
    },
    runtime_dependencies: [{ name: "java", version: "21", servers: ["app-01"], owner: "java team" }],
    license_requirements: [
      {
        product: "SUSE Linux",
        model: "subscription",
        servers: ["web-01"],
        evidence: "subscription 1234",
        owner: "procurement",
      },
    ],
  },
  questionnaires: [
    {
      application: "shop",
      tags: [{ category: "Language", tag: "Java" }],
      questionnaire: {
        name: "Readiness",
        description: "Konveyor's",
        sections: [
          {
            name: "Section",
            comment: "a comment",
            questions: [
              {
                text: "Is it ready?",
                explanation: "an explanation",
                includeFor: [{ category: "Language", tag: "Java" }],
                answers: [
                  {
                    text: "Yes",
                    risk: "green",
                    rationale: "a rationale",
                    mitigation: "a mitigation",
                    applyTags: [{ category: "Ready", tag: "Yes" }],
                    autoAnswerFor: [{ category: "Ready", tag: "Surely" }],
                  },
                ],
              },
              {
                text: "Is it old?",
                excludeFor: [{ category: "Age", tag: "New" }],
                answers: [{ text: "No", risk: "green" }],
              },
            ],
          },
        ],
        thresholds: { red: 1, yellow: 30, unknown: 100 },
        riskMessages: { red: "a red one", yellow: "a yellow one", green: "a green one", unknown: "an unknown one" },
      },
      answers: [{ section: "Section", question: "Is it old?", answer: "No" }],
    },
  ],
};

/** A routing with every field of the mesh and of DNS. */
export const routingSample: ScheduledRoutingIntent = {
  service: "users",
  destinations: {
    aws: {
      cloud: "aws",
      region: "us-east-1",
      zone: "us-east-1a",
      host: "users.aws.example.com",
      jurisdiction: "us",
      port: 8443,
      protocol: "HTTPS",
      subset: "v2",
      labels: { version: "v2" },
      resolution: "STATIC",
      addresses: ["192.0.2.10"],
      endpoints: [{ address: "192.0.2.11", locality: "us-east-1/a", weight: 1 }],
      trust: "MESH_EXTERNAL",
      authority: "users-aws.example.com",
      tls: {
        mode: "MUTUAL",
        sni: "sni.example.com",
        credentialName: "client",
        caCertificates: "/etc/ca.pem",
        clientCertificate: "/etc/client.pem",
        privateKey: "/etc/client.key",
        subjectAltNames: ["san.example.com"],
      },
      failover: ["gcp"],
      localities: { failover: [{ from: "us-east-1", to: "us-west-2" }] },
      dns: {
        addresses: ["203.0.113.20"],
        awsRegion: "us-east-2",
        location: { country: "US", subdivision: "TX" },
        healthCheck: {
          type: "HTTPS",
          fqdn: "health.aws.example.com",
          ipAddress: "203.0.113.21",
          path: "/healthz",
          searchString: "healthy",
          regions: ["us-east-1", "us-west-1", "eu-west-1"],
        },
      },
    },
    gcp: {
      cloud: "gcp",
      region: "europe-west1",
      host: "users.gcp.example.com",
      localities: { distribute: [{ from: "europe-west1", to: { "europe-west4": 100 } }] },
      dns: {
        alias: { name: "lb.example.net", zoneId: "Z0123456789" },
        healthCheck: { type: "CLOUDWATCH_METRIC", alarmName: "gcp alarm", alarmRegion: "eu-west-2" },
      },
    },
    azure: {
      cloud: "azure",
      host: "users.azure.example.com",
      location: "external",
      dns: { cname: "azure.example.net", healthCheck: { type: "EXISTING", id: "0a1b2c3d-existing" } },
    },
    third: {
      cloud: "other",
      host: "users.third.example.com",
      dns: { healthCheck: { type: "CALCULATED", of: ["aws", "gcp"], atLeast: 1 } },
    },
  },
  routes: [
    {
      name: "first route",
      match: [
        {
          headers: { "x-region": { exact: "exact header" }, "x-trace": { present: true } },
          withoutHeaders: { "x-bot": { prefix: "bot prefix" } },
          uri: { prefix: "/api" },
          method: { exact: "GET" },
          authority: { regex: "users.*" },
          scheme: { exact: "https" },
          queryParams: { beta: { regex: "[0-9]" } },
          sourceLabels: { app: "frontend" },
          sourceNamespace: "web",
          gateways: ["edge"],
        },
      ],
      to: { aws: 90, gcp: 10 },
      residency: "us-only",
      retries: { attempts: 1, retryOn: "5xx" },
      mirror: { to: "azure", percent: 1 },
      rewrite: { uri: "/v2", authority: "rewritten.example.com" },
    },
    {
      match: [
        {
          headers: { "x-a": { prefix: "header prefix" }, "x-b": { regex: "header .*" } },
          withoutHeaders: { "x-c": { exact: "exact bot" }, "x-d": { regex: "bot .*" } },
          uri: { regex: "/r/.*" },
          method: { prefix: "P" },
          authority: { exact: "exact.example.com" },
          scheme: { prefix: "http" },
          queryParams: { c: { exact: "query" }, d: { prefix: "query prefix" } },
        },
        { uri: { exact: "/one" }, method: { regex: "PU." }, authority: { prefix: "users" }, scheme: { regex: "h.*" } },
      ],
      to: "third",
    },
  ],
  default: {
    name: "rest",
    to: { aws: 70, gcp: 20, azure: 5, third: 5 },
    residency: "rest-residency",
    retries: { attempts: 2, retryOn: "reset" },
    mirror: { to: "azure", percent: 2 },
    rewrite: { uri: "/v3", authority: "rest.example.com" },
  },
  failover: ["aws", "gcp"],
  schedule: { towards: "gcp", steps: [0, 10, 100], routes: ["rest"] },
  mesh: {
    name: "users-routing",
    namespace: "shop",
    hosts: ["users.mesh.example.com"],
    gateways: ["edge"],
    exportTo: ["."],
    gateway: {
      name: "edge",
      selector: { istio: "ingress" },
      servers: [
        {
          port: 443,
          protocol: "HTTPS",
          hosts: ["users.example.com"],
          tls: { mode: "SIMPLE", credentialName: "server" },
        },
      ],
    },
    apiVersion: "networking.istio.io/v1",
  },
  dns: {
    name: "users.example.com",
    zone: { name: "example.com", vpcIds: ["vpc-0a1b2c3d"] },
    policy: "weighted",
    destinations: ["aws", "gcp", "azure", "third"],
    weights: { aws: 1, gcp: 2, azure: 3, third: 4 },
    residency: "dns-residency",
  },
};
