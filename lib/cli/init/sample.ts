/**
 * A small estate of which everything is known: what a repo begins with where no export is given, and what its own test is run on.
 * Addresses are of private networks, and of those for documentation (RFC 5737).
 */

/** Returns the sample's inventory, with the path of its JSON Schema from its own folder. */
export function sampleInventory(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# A small estate of which everything is known. \`npx migration-patterns help inventory\` lists the exports that are read instead.
servers:
  - name: shop-web01
    fqdn: shop-web01.corp.example
    powerState: "on"
    os: { family: linux, name: Red Hat Enterprise Linux 9 (64-bit), version: "9", architecture: x86_64 }
    cpus: 2
    memoryMiB: 8192
    disks: [{ name: Hard disk 1, capacityMiB: 61440, usedMiB: 21504, kind: thin }]
    nics:
      - { name: Network adapter 1, network: servers, mac: "00:50:56:1a:00:11", addresses: [10.30.10.11] }
    application: shop
    tier: web
    wave: wave-1
    environment: prod
    strategy: rehost
    firmware: efi
    hardwareVersion: 19
    utilisation: { cpuP95Percent: 35, memoryP95Percent: 60 }
  - name: shop-db01
    fqdn: shop-db01.corp.example
    powerState: "on"
    os: { family: linux, name: Red Hat Enterprise Linux 9 (64-bit), version: "9", architecture: x86_64 }
    cpus: 4
    memoryMiB: 16384
    disks:
      - { name: Hard disk 1, capacityMiB: 61440, usedMiB: 21504, kind: thin }
      - { name: Hard disk 2, capacityMiB: 204800, usedMiB: 122880, kind: thin }
    nics:
      - { name: Network adapter 1, network: servers, mac: "00:50:56:1a:00:12", addresses: [10.30.10.21] }
    application: shop
    tier: db
    wave: wave-1
    environment: prod
    strategy: rehost
    firmware: efi
    hardwareVersion: 19
    utilisation: { cpuP95Percent: 42, memoryP95Percent: 71, diskIops: 900, diskMiBps: 40 }
networks:
  - { name: servers, cidr: 10.30.10.0/24 }
databases:
  - { name: shop, engine: postgresql, version: "16", server: shop-db01, port: 5432, sizeMiB: 102400 }
flows:
  - { source: 203.0.113.10, destination: shop-web01, port: 443, count: 81000 }
  - { source: shop-web01, destination: shop-db01, port: 5432, count: 240000 }
`;
}

/** Returns the sample's checklist, with the path of its JSON Schema from its own folder. */
export function sampleChecklist(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# The pre-migration checklist of the sample. What the inventory proves (servers, disks, operating systems) is taken from it; what
# only a person knows is here. \`unknown\` is an honest answer, and blocks.
inventory_current_infrastructure:
  network_configuration:
    sources:
      - { name: servers, cidr: 10.30.10.0/24 }
    targets:
      - { name: landing network, cidr: 10.64.0.0/16 }
  security_configurations:
    dataClassification: internal
    controls:
      - kind: firewall
        description: The data centre's firewall admits 443 to shop-web01 and nothing else
        evidence: NET-17 rule export
        owner: network team

identify_dependencies:
  database_connections:
    - database: shop
      engine: postgresql
      version: "16"
      server: shop-db01
      port: 5432
      clients: [shop-web01]
      configuredIn: /etc/shop/database.properties
      owner: shop team
  external_service_integrations:
    - name: content delivery network
      hosts: [203.0.113.10]
      direction: inbound
      ports: [443]
      clients: [shop-web01]
      owner: shop team
  file_system_dependencies: { none: no server exports or mounts a file system }

assess_compatibility:
  runtime_dependencies:
    - { name: java, version: "21", servers: [shop-web01], owner: shop team }
    - { name: postgresql, version: "16", servers: [shop-db01], owner: shop team }
  license_requirements:
    - product: Red Hat Enterprise Linux
      model: subscription
      servers: [shop]
      evidence: Cloud Access enrolment RH-4
      owner: procurement
`;
}

/** Returns an empty list of waivers, with the path of its JSON Schema from its own folder. */
export function noWaivers(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# Findings that somebody has accepted: the rule, the one subject, why, by whom and until when. A waived finding stays in every
# report; a waiver that is past its last day or covers nothing is a finding itself. For example:
# - rule: raw-device-mapping
#   subject: erp-db01
#   reason: the mapped disk holds the backup staging area alone, which is made anew
#   approvedBy: Database Lead
#   expires: "2027-06-30"
[]
`;
}
