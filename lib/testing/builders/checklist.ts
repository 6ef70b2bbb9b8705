/** A checklist for a test: every item is answered, with what the inventory itself declares, so that the two agree. */
import type { ChecklistInput } from "../../assessment/checklist/checklist";
import { compatibilitySchema } from "../../assessment/checklist/compatibility";
import { dependenciesSchema } from "../../assessment/checklist/dependencies";
import { infrastructureSchema } from "../../assessment/checklist/infrastructure";
import { unique } from "../../core/collections";
import { MigrationError } from "../../core/error";
import { listed } from "../../core/text";
import type { Inventory } from "../../inventory/model";
import { identifyOperatingSystem } from "../../inventory/operating-system";
import { Cidr } from "../../network/cidr";

type Infrastructure = ChecklistInput["inventory_current_infrastructure"];
type Dependencies = ChecklistInput["identify_dependencies"];
type Compatibility = ChecklistInput["assess_compatibility"];

/** Answers to items of the checklist, by the items' own names, whatever group they are in. */
export type ChecklistAnswers = Partial<Infrastructure & Dependencies & Compatibility>;

/**
 * Returns a checklist in which every item is answered.
 *
 * - Networks, databases, file shares and the licences of operating systems are those that the inventory lists.
 * - Everything else is answered with `none` and a reason.
 * - `answers` replaces the answer of each item that it names.
 *
 * @throws MigrationError `TESTING_ANSWER`
 */
export function checklistFor(inventory: Inventory, answers: ChecklistAnswers = {}): ChecklistInput {
  checkNames(answers);
  return {
    inventory_current_infrastructure: { ...infrastructure(inventory), ...itemsOf(infrastructureSchema, answers) },
    identify_dependencies: { ...dependencies(inventory), ...itemsOf(dependenciesSchema, answers) },
    assess_compatibility: { ...compatibility(inventory), ...itemsOf(compatibilitySchema, answers) },
  };
}

/** The schema of a group of the checklist. */
interface Group<Items extends object> {
  readonly shape: Items;
}

/** Returns the answers to the items of one group. */
function itemsOf<Items extends object>(
  { shape }: Group<Items>,
  answers: ChecklistAnswers,
): Pick<ChecklistAnswers, keyof Items & keyof ChecklistAnswers> {
  return Object.fromEntries(Object.entries(answers).filter(([item]) => item in shape)) as Pick<
    ChecklistAnswers,
    keyof Items & keyof ChecklistAnswers
  >;
}

const groups = [infrastructureSchema, dependenciesSchema, compatibilitySchema] as const;

function checkNames(answers: ChecklistAnswers): void {
  const known = groups.flatMap(({ shape }) => Object.keys(shape));
  for (const item of Object.keys(answers)) {
    if (known.includes(item)) continue;
    throw new MigrationError({
      code: "TESTING_ANSWER",
      path: `answers.${item}`,
      allowed: `the items of the checklist: ${listed(known)}`,
      fix: "write one of these",
    });
  }
}

const OWNER = "application team";

/** Blocks for a VPC, of which the first is taken that overlaps no network of the inventory. */
const TARGETS = ["10.64.0.0/16", "172.30.0.0/16", "192.168.0.0/16", "100.64.0.0/16"];

function infrastructure({ networks }: Inventory): Infrastructure {
  const sources = networks.flatMap(({ name, cidr }) => (cidr === undefined ? [] : [{ name, cidr }]));
  const taken = sources.flatMap(({ cidr }) => Cidr.tryParse(cidr) ?? []);
  const target = TARGETS.find((cidr) => !taken.some((each) => each.overlaps(Cidr.parse(cidr)))) ?? TARGETS[0] ?? "";
  return {
    network_configuration: {
      sources: sources.length === 0 ? [{ name: "data centre", cidr: "10.10.0.0/16" }] : sources,
      targets: [{ name: "VPC", cidr: target }],
    },
    security_configurations: {
      dataClassification: "internal",
      controls: [
        {
          kind: "firewall",
          description: "the perimeter admits what its rules list",
          evidence: "rule export of the test",
          owner: "network team",
        },
      ],
    },
  };
}

function dependencies({ databases, fileShares, flows }: Inventory): Dependencies {
  return {
    database_connections: listOr(
      databases.map(({ name, engine, version, server, port }) => {
        const clients = flows.filter((flow) => flow.destination === server && flow.port === port);
        return {
          database: name,
          engine,
          ...(version === undefined ? {} : { version }),
          ...(server === undefined ? {} : { server }),
          ...(port === undefined ? {} : { port }),
          clients: clients.length === 0 ? [server ?? name] : unique(clients.map(({ source }) => source)),
          owner: OWNER,
        };
      }),
      "the inventory of the test lists no database",
    ),
    external_service_integrations: { none: "the servers of the test talk to nothing outside" },
    file_system_dependencies: listOr(
      fileShares.map(({ name, protocol, server, usedBy }) => ({
        path: name,
        protocol,
        ...(server === undefined ? {} : { server }),
        clients: usedBy.length === 0 ? [server ?? name] : usedBy,
        owner: OWNER,
      })),
      "the inventory of the test lists no file share",
    ),
  };
}

function compatibility({ servers }: Inventory): Compatibility {
  const licensed = new Map<string, string[]>();
  for (const { name, os } of servers) {
    const { product } = identifyOperatingSystem(os.name ?? "");
    if (product === undefined || !/windows|red hat|suse/i.test(product)) continue;
    licensed.set(product, [...(licensed.get(product) ?? []), name]);
  }
  return {
    runtime_dependencies: { none: "the servers of the test have no runtime beside their operating system" },
    license_requirements: listOr(
      [...licensed].map(([product, names]) => ({
        product,
        model: product.startsWith("Windows") ? ("included" as const) : ("subscription" as const),
        servers: names,
        evidence: "contract of the test",
        owner: "procurement",
      })),
      "everything on the servers of the test is free of licences",
    ),
  };
}

function listOr<Entry>(entries: readonly Entry[], none: string): readonly Entry[] | { readonly none: string } {
  return entries.length === 0 ? { none } : entries;
}
