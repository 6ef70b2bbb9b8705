import { compileIstio } from "../../patterns/infrastructure/multi-cloud/istio/compile";
import { renderManifests } from "../../patterns/infrastructure/multi-cloud/istio/manifest";
import { renderMermaid } from "../../patterns/infrastructure/multi-cloud/mermaid";
import type { Routing } from "../../patterns/infrastructure/multi-cloud/routing";
import {
  answerRequest,
  explainRequest,
  readRoutingConfig,
} from "../../patterns/infrastructure/multi-cloud/routing-config";
import type { Arguments } from "../arguments";
import { deliver } from "../write-output";
import { documentFile } from "../document-file";
import { outputFile } from "../report-options";
import type { Terminal } from "../terminal";

/** Runs `migration-patterns route`. */
export async function runRoute(args: Arguments, terminal: Terminal): Promise<number> {
  const { name, bytes } = await documentFile("--config", args.required("config"));
  deliver(terminal, outputFile(args), render(readRoutingConfig(bytes, name), args));
  return 0;
}

function render(routing: Routing, args: Arguments): string {
  const stage = args.value("stage");
  const format = args.value("format");
  if (format === "mermaid" || format === "istio") {
    const staged = stage === undefined ? routing : routing.at(stage);
    return format === "mermaid" ? renderMermaid(staged) : renderManifests(compileIstio(staged));
  }
  const one = (option: "path" | "method" | "authority" | "gateway" | "location" | "stage"): Record<string, string> => {
    const value = args.value(option);
    return value === undefined ? {} : { [option]: value };
  };
  const asked = {
    headers: args.all("header"),
    sourceLabels: args.all("source-label"),
    down: args.all("down"),
    nearest: args.all("nearest"),
    ...one("path"),
    ...one("method"),
    ...one("authority"),
    ...one("gateway"),
    ...one("location"),
    ...one("stage"),
  };
  return format === "json"
    ? `${JSON.stringify(answerRequest(routing, asked), undefined, 2)}\n`
    : explainRequest(routing, asked);
}
