/**
 * ```ts
 * const routing = readRoutingConfig(text, "routing.yaml");
 * process.stdout.write(explainRequest(routing, { headers: ["region=us-east"], down: ["gcp"] }));
 * ```
 *
 * The reader of an intent from a YAML or JSON file, with every error at its line, and the queries of a command line about it.
 */
import { admit } from "../../../core/door/admit";
import { MigrationError } from "../../../core/error";
import type { ParsedDocument } from "../../../core/document/model";
import { formatLocation } from "../../../core/location";
import { looksLikeToken } from "../../../core/token-text";
import { answerRouting, explain, type ExplainOptions, type RoutingAnswer } from "./explain";
import type { RoutingRequest } from "./matching";
import { Routing } from "./routing";
import { readYaml } from "./yaml-document";

/**
 * Parses the routing that a file describes: a `RoutingIntent` as YAML or JSON, in UTF-8.
 *
 * @throws MigrationError as {@link Routing.parse}, `path` being the place in the file; `ROUTING_YAML` where it is not YAML,
 * `ROUTING_TOKEN` where a text in it would be taken for a token
 */
export function readRoutingConfig(text: string | Uint8Array, file: string): Routing {
  admit("readRoutingConfig", { text, file });
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
  refuseTokens(document);
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

/** Refuses what CDKTF would replace by an attribute of another construct: an intent may hold tokens, and a file has none. */
function refuseTokens({ value, locate }: ParsedDocument): void {
  const visit = (each: unknown, path: readonly (string | number)[]): void => {
    if (typeof each === "string" && looksLikeToken(each)) refuse(each, path);
    if (typeof each !== "object" || each === null) return;
    for (const [key, child] of Object.entries(each)) {
      const at = [...path, Array.isArray(each) ? Number(key) : key];
      if (looksLikeToken(key)) refuse(key, at);
      visit(child, at);
    }
  };
  const refuse = (received: string, path: readonly (string | number)[]): never => {
    throw new MigrationError({
      code: "ROUTING_TOKEN",
      path: formatLocation(locate(path)),
      received,
      allowed: "text without a token of CDKTF",
      fix: "write the value itself, or the intent in TypeScript, where a token can be passed",
    });
  };
  visit(value, []);
}

function pathParts(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? "") : Number(index),
  );
}

/** A request as it is written on a command line. */
export interface RequestOptions {
  /** The headers, `name=value` each. @default [] */
  readonly headers?: readonly string[];
  /** The path. @default "/" */
  readonly path?: string;
  /** The HTTP method. @default "GET" */
  readonly method?: string;
  /** The authority. @default - the service's name */
  readonly authority?: string;
  /** The labels of the caller, `name=value` each. @default [] */
  readonly sourceLabels?: readonly string[];
  /** The gateway that the request came through. @default "mesh" */
  readonly gateway?: string;
  /** The names of the destinations that are down. @default [] */
  readonly down?: readonly string[];
  /** The place of the client, for DNS: `EU`, `EU/DE` or `NA/US/TX`. @default - unknown */
  readonly location?: string;
  /** The destinations from near to far, for the DNS policies latency and geoproximity. @default - as the records are listed */
  readonly nearest?: readonly string[];
  /** The stage whose weights hold. @default - the weights as written */
  readonly stage?: string;
}

/**
 * Returns the destinations of a request as a table.
 *
 * @throws MigrationError `ROUTING_REQUEST` where a header or label is not `name=value` or a destination is unknown,
 * `ROUTING_STAGE`
 */
export function explainRequest(routing: Routing, options: RequestOptions = {}): string {
  admit("explainRequest", { routing, options });
  return explain(...question(routing, options));
}

/**
 * Returns the destinations of a request as plain data.
 *
 * @throws MigrationError as {@link explainRequest}
 */
export function answerRequest(routing: Routing, options: RequestOptions = {}): RoutingAnswer {
  admit("answerRequest", { routing, options });
  return answerRouting(...question(routing, options));
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
