/** The answers to the assessment checklist. */
import type { ChecklistInput } from "cdktf-migration-patterns/assessment";

/** The assessment's checklist: answers that an inventory cannot contain. Without one of them this file does not compile. */
export const checklist: ChecklistInput = {
  inventory_current_infrastructure: {
    network_configuration: {
      sources: [
        { name: "web", cidr: "10.30.10.0/24" },
        { name: "application", cidr: "10.30.20.0/24" },
        { name: "data", cidr: "10.30.30.0/24" },
        { name: "storage", cidr: "10.30.40.0/24" },
      ],
      targets: [{ name: "booking VPC", cidr: "10.80.0.0/16" }],
    },
    security_configurations: {
      dataClassification: "confidential",
      controls: [
        {
          kind: "firewall",
          description: "web, application and data are zones of their own; rules exported for the flows",
          evidence: "NET-3301 rule export",
          owner: "network team",
        },
      ],
    },
  },
  identify_dependencies: {
    database_connections: [
      {
        database: "booking",
        engine: "postgresql",
        version: "16",
        server: "booking-db01",
        port: 5432,
        clients: ["booking-app01"],
        configuredIn: "/etc/booking/database.properties",
        owner: "booking team",
      },
    ],
    external_service_integrations: [
      {
        name: "reverse proxy of the content delivery network",
        hosts: ["203.0.113.10"],
        direction: "inbound",
        ports: [443],
        clients: ["booking-web01"],
        owner: "booking team",
      },
    ],
    file_system_dependencies: [
      {
        path: "/export/attachments",
        protocol: "nfs",
        server: "10.30.40.21",
        clients: ["booking-app01"],
        sizeMiB: 184_320,
        owner: "storage team",
      },
    ],
  },
  assess_compatibility: {
    runtime_dependencies: [
      { name: "java", version: "21", servers: ["booking-app01"], owner: "booking team" },
      { name: "postgresql", version: "16", servers: ["booking-db01"], owner: "booking team" },
    ],
    license_requirements: [
      {
        product: "Red Hat Enterprise Linux",
        model: "subscription",
        servers: ["booking"],
        evidence: "Cloud Access enrolment of 2026-09-01",
        owner: "procurement",
      },
    ],
  },
};
