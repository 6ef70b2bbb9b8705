/**
 * A synthesized stack as the lab sees it: `cdk.tf.json`, its resources, and the references between them. The lab stands in
 * for Terraform and AWS: it gives every reference to an outside address or a key a value, and fills them in.
 */
import { z } from "zod";

const block = z.record(z.string(), z.unknown());

const terraformJson = z.object({
  resource: z.record(z.string(), z.record(z.string(), block)).default({}),
  output: z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().optional() })).default({}),
});

/** One resource of the stack. */
export interface Resource {
  /** `aws_vpn_connection.vpn_1234`. */
  readonly address: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A map of file names to contents in a sensitive output. */
export interface DeviceOutput {
  readonly name: string;
  readonly sensitive: boolean;
  readonly files: Readonly<Record<string, string>>;
}

const REFERENCE = /\$\{([^}]*)\}/g;

export class SynthesizedStack {
  private readonly json: z.output<typeof terraformJson>;

  constructor(text: string) {
    this.json = terraformJson.parse(JSON.parse(text));
  }

  /** All resources of the type, in the order of the file. */
  public resources(type: string): Resource[] {
    return Object.entries(this.json.resource[type] ?? {}).map(([name, config]) => ({
      address: `${type}.${name}`,
      config,
    }));
  }

  /** The resource that the value refers to, where it is a reference to a resource of that type. */
  public follow(value: unknown, type: string): Resource | undefined {
    if (typeof value !== "string") return undefined;
    return this.resources(type).find(({ address }) => value.startsWith(`\${${address}.`));
  }

  /** The outputs that hold the files of a device, of whatever kind. */
  public deviceOutputs(): DeviceOutput[] {
    return Object.entries(this.json.output).flatMap(([name, { value, sensitive }]) => {
      const files = z.record(z.string(), z.string()).safeParse(value);
      return files.success ? [{ name, sensitive: sensitive ?? false, files: files.data }] : [];
    });
  }
}

/** The text with every reference replaced. One without a value is an error: the lab must not make up more than AWS does. */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(REFERENCE, (whole, expression: string) => {
    const value = values.get(expression.trim());
    if (value === undefined) throw new Error(`the device's files refer to ${whole}, which the lab has no value for`);
    return value;
  });
}
