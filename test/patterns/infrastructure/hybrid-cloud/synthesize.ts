import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";

type Attributes = Readonly<Record<string, unknown>>;

/** A synthesized stack, asked by resource type. */
export class Synthesized {
  private readonly json: {
    readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
    readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
    readonly output?: Readonly<Record<string, Attributes>>;
  };

  constructor(public readonly text: string) {
    this.json = JSON.parse(text) as Synthesized["json"];
  }

  /** Every resource type with how many there are. */
  public counts(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.json.resource ?? {}).map(([type, named]) => [type, Object.keys(named).length]),
    );
  }

  /** All resources of a type, in order. */
  public all(type: string): Attributes[] {
    return Object.values(this.json.resource?.[type] ?? {});
  }

  /** The logical names of a type. */
  public names(type: string): string[] {
    return Object.keys(this.json.resource?.[type] ?? {});
  }

  /** The one resource of a type. */
  public one(type: string): Attributes {
    const all = this.all(type);
    if (all.length !== 1 || all[0] === undefined) throw new Error(`${all.length} resources of type ${type}, not one`);
    return all[0];
  }

  public outputs(): Attributes[] {
    return Object.values(this.json.output ?? {});
  }
}

/** A stack with a provider, in an app of its own. */
export function emptyStack(id = "stack"): TerraformStack {
  const stack = new TerraformStack(Testing.app(), id);
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}

/** Synthesizes with all validations. */
export function synthesize(build: (stack: TerraformStack) => void): Synthesized {
  const stack = emptyStack();
  build(stack);
  return new Synthesized(Testing.synth(stack, true));
}
