/** Servers, fleets and stacks for the tests of lift and shift. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { inventorySchema, type Inventory, type InventoryInput, type Server } from "../../../../lib/inventory/model";
import {
  LandingNetwork,
  ServerFleet,
  ServerImage,
  type ServerFleetProps,
  type ServerNetwork,
} from "../../../../lib/patterns/infrastructure/lift-and-shift";

export type ServerInput = NonNullable<InventoryInput["servers"]>[number];

export const AMI = ServerImage.ami("ami-0123456789abcdef0");

/** A network that exists: a private and an isolated subnet in each of two zones. */
export const existing: ServerNetwork = LandingNetwork.fromExisting({
  vpcId: "vpc-0123456789abcdef0",
  subnets: [
    { id: "subnet-0000000a", tier: "private", availabilityZone: "eu-central-1a", cidr: "10.10.1.0/24" },
    { id: "subnet-0000000b", tier: "private", availabilityZone: "eu-central-1b", cidr: "10.10.2.0/24" },
    { id: "subnet-0000001a", tier: "isolated", availabilityZone: "eu-central-1a", cidr: "10.10.3.0/24" },
    { id: "subnet-0000001b", tier: "isolated", availabilityZone: "eu-central-1b", cidr: "10.10.4.0/24" },
  ],
});

/** A server with two CPUs, 8 GiB and one disk of 50 GiB. */
export function serverInput(name: string, over: Partial<ServerInput> = {}): ServerInput {
  return {
    name,
    os: { family: "linux", architecture: "x86_64" },
    cpus: 2,
    memoryMiB: 8192,
    disks: [{ name: "Hard disk 1", capacityMiB: 51_200 }],
    ...over,
  };
}

export function inventoryOf(servers: readonly ServerInput[], flows: InventoryInput["flows"] = []): Inventory {
  return inventorySchema.parse({ servers: [...servers], flows });
}

export function serverOf(name: string, over: Partial<ServerInput> = {}): Server {
  const [server] = inventoryOf([serverInput(name, over)]).servers;
  return server!;
}

export function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}

/** A fleet of all servers of the inventory, in the existing network, from one image. */
export function fleetOf(inventory: Inventory, over: Partial<ServerFleetProps> = {}, stack = newStack()): ServerFleet {
  return new ServerFleet(stack, "fleet", {
    servers: inventory.servers,
    inventory,
    network: existing,
    images: () => AMI,
    ...over,
  });
}

export type Json = Record<string, unknown>;

export interface Synthesized {
  readonly resource: Record<string, Record<string, Json> | undefined>;
  readonly data: Record<string, Record<string, Json> | undefined>;
  readonly import?: readonly Json[];
}

export function synthesize(stack: TerraformStack): Synthesized {
  return { resource: {}, data: {}, ...(JSON.parse(Testing.synth(stack, true)) as Partial<Synthesized>) };
}

/** All resources of a type. */
export function resourcesOf(synthesized: Synthesized, type: string): Json[] {
  return Object.values(synthesized.resource[type] ?? {});
}

/** The one resource of a type whose Name tag is that. */
export function named(synthesized: Synthesized, type: string, name: string): Json {
  const found = resourcesOf(synthesized, type).filter((each) => (each["tags"] as Json | undefined)?.["Name"] === name);
  if (found.length !== 1) throw new Error(`${found.length} ${type} are named ${name}`);
  return found[0]!;
}
