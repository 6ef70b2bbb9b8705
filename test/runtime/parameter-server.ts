/** Parameter Store's protocol (AWS JSON 1.1) over HTTP on this machine: just what the stage record asks of it. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Asked {
  readonly Path?: string;
  readonly Name?: string;
  readonly Value?: string;
  readonly Recursive?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** A server with parameters. */
export class ParameterServer {
  public readonly parameters = new Map<string, { value: string; version: number }>();
  /** The operations that were asked for, in order. */
  public readonly asked: string[] = [];
  /** The next answers, instead of those of the parameters: a status and the type of an error. */
  public readonly refusals: (readonly [status: number, type: string])[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const operation = String(request.headers["x-amz-target"]).replace("AmazonSSM.", "");
        this.asked.push(operation);
        const refusal = this.refusals.shift();
        const [status, answer] =
          refusal === undefined
            ? this.answer(operation, JSON.parse(body) as Asked)
            : [refusal[0], { __type: refusal[1], message: `${refusal[1]} of the test` }];
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(answer));
      });
    });
  }

  /** Starts it, and returns its address. */
  public async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends it, with the connections that clients keep. */
  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Forgets everything: the parameters, what was asked for, and the answers that were not given yet. */
  public reset(): void {
    this.parameters.clear();
    this.asked.length = 0;
    this.refusals.length = 0;
  }

  public put(name: string, value: string): number {
    const version = (this.parameters.get(name)?.version ?? 0) + 1;
    this.parameters.set(name, { value, version });
    return version;
  }

  private answer(operation: string, asked: Asked): [number, object] {
    const name = asked.Name ?? "";
    if (operation === "PutParameter") return [200, { Version: this.put(name, asked.Value ?? ""), Tier: "Standard" }];
    if (operation === "GetParameter") {
      const found = this.parameters.get(name);
      return found === undefined ? [400, { __type: "ParameterNotFound" }] : [200, { Parameter: shown(name, found) }];
    }
    if (operation !== "GetParametersByPath" || asked.Recursive !== true) {
      return [400, { __type: "InvalidAction", message: operation }];
    }
    const below = [...this.parameters].filter(([each]) => each.startsWith(`${asked.Path ?? ""}/`));
    const from = Number(asked.NextToken ?? 0);
    // As the service: at most ten in a page.
    const to = from + Math.min(asked.MaxResults ?? 10, 10);
    return [
      200,
      {
        Parameters: below.slice(from, to).map(([each, found]) => shown(each, found)),
        ...(to < below.length ? { NextToken: String(to) } : {}),
      },
    ];
  }
}

function shown(Name: string, { value, version }: { readonly value: string; readonly version: number }): object {
  return { Name, Value: value, Version: version, Type: "String", LastModifiedDate: 1_795_000_000.5 + version };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
