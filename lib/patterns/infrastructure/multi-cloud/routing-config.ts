/**
 * ```ts
 * const routing = readRoutingConfig(text, "routing.yaml");
 * process.stdout.write(explainRequest(routing, { headers: ["region=us-east"], down: ["gcp"] }));
 * ```
 *
 * The intent from a YAML or JSON file, with every fault at its line, and questions about it as a command line asks them.
 */
import { MigrationError } from "../../../core/error";
import { formatLocation } from "../../../core/location";
import { answer, explain, type ExplainOptions, type RoutingAnswer } from "./explain";
import type { RoutingRequest } from "./matching";
import { Routing } from "./routing";
import { readYaml } from "./yaml-document";

/**
 * The routing that a file describes: a `RoutingIntent` as YAML or JSON, in UTF-8.
 *
 * @throws MigrationError as {@link Routing.parse}, `path` being the place in the file; `ROUTING_YAML` where it is not YAML
 */
export function readRoutingConfig(text: string | Uint8Array, file: string): Routing {
  const documents = readYaml(text, file);
  const [document] = documents;
  if (document === undefined || documents.length > 1) {
    throw new MigrationError({
      code: "ROUTING_YAML",
      path: file,
      received: `${documents.length} documents`,
      allowed: "one document with the routing of one service",
      fix: "keep one document for each file; Istio's own manifests are for the importer",
    });
  }
  try {
    return Routing.parse(document.value);
  } catch (error) {
    if (!(error instanceof MigrationError) || error.path === undefined) throw error;
    throw new MigrationError({
      code: error.code,
      path: formatLocation(document.locate(pathParts(error.path))),
      received: error.received,
      ...(error.allowed === undefined ? {} : { allowed: error.allowed }),
      fix: error.fix,
      cause: error,
    });
  }
}

function pathParts(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? "") : Number(index),
  );
}

/** A request as it is written on a command line. */
export interface RequestOptions {
  /** `name=value`, one for each header. @default [] */
  readonly headers?: readonly string[];
  /** @default "/" */
  readonly path?: string;
  /** @default "GET" */
  readonly method?: string;
  /** @default - the service's name */
  readonly authority?: string;
  /** `name=value`, one for each label of the caller. @default [] */
  readonly sourceLabels?: readonly string[];
  /** @default "mesh" */
  readonly gateway?: string;
  /** Names of destinations that are down. @default [] */
  readonly down?: readonly string[];
  /** Where the client is, for DNS: `EU`, `EU/DE` or `NA/US/TX`. @default - unknown */
  readonly location?: string;
  /** The destinations from near to far, for the DNS policies latency and geoproximity. @default - as the records are listed */
  readonly nearest?: readonly string[];
  /** The stage whose weights hold. @default - the weights as written */
  readonly stage?: string;
}

/**
 * Where a request goes, as a table.
 *
 * @throws MigrationError `ROUTING_REQUEST` where a header or label is not `name=value` or a destination is unknown,
 * `ROUTING_STAGE`
 */
export function explainRequest(routing: Routing, options: RequestOptions = {}): string {
  return explain(...question(routing, options));
}

/**
 * Where a request goes, as plain data.
 *
 * @throws MigrationError as {@link explainRequest}
 */
export function answerRequest(routing: Routing, options: RequestOptions = {}): RoutingAnswer {
  return answer(...question(routing, options));
}

function question(routing: Routing, options: RequestOptions): [Routing, RoutingRequest, ExplainOptions] {
  const staged = options.stage === undefined ? routing : routing.at(options.stage);
  for (const option of ["down", "nearest"] as const) {
    for (const name of options[option] ?? []) {
      if (staged.destinations.has(name)) continue;
      throw new MigrationError({
        code: "ROUTING_REQUEST",
        path: option,
        received: name,
        allowed: `one of ${[...staged.destinations.keys()].join(", ")}`,
        fix: "name a destination of the intent",
      });
    }
  }
  const { path, method, authority, gateway, location } = options;
  const [continent, country, subdivision] = location?.split("/") ?? [];
  return [
    staged,
    {
      headers: pairs("header", options.headers),
      sourceLabels: pairs("source-label", options.sourceLabels),
      ...(path === undefined ? {} : { path }),
      ...(method === undefined ? {} : { method }),
      ...(authority === undefined ? {} : { authority }),
      ...(gateway === undefined ? {} : { gateway }),
    },
    {
      down: options.down ?? [],
      dns: {
        ...(options.nearest === undefined || options.nearest.length === 0 ? {} : { nearest: options.nearest }),
        ...(continent === undefined
          ? {}
          : {
              location: {
                continent,
                ...(country === undefined ? {} : { country }),
                ...(subdivision === undefined ? {} : { subdivision }),
              },
            }),
      },
    },
  ];
}

function pairs(what: string, items: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    items.map((item) => {
      const at = item.indexOf("=");
      if (at < 1) {
        throw new MigrationError({
          code: "ROUTING_REQUEST",
          path: what,
          received: item,
          allowed: "name=value",
          fix: `write for example --${what} region=us-east`,
        });
      }
      return [item.slice(0, at), item.slice(at + 1)];
    }),
  );
}
