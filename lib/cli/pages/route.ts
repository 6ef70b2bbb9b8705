import { environmentSection, formatOption, outputOption, type CommandPage } from "../command-page";

/** The formats of the command's result. */
const routeFormats = ["text", "json", "mermaid", "istio"] as const;

/** The help of `migration-patterns route`. */
export const routePage: CommandPage = {
  name: "route",
  summary: "say where a request goes over clouds",
  synopsis: ["route --config FILE [--header NAME=VALUE]... [--down NAME]... [--stage STAGE] [OPTION]..."],
  description: [
    "Reads the routing of a service, an intent as MultiCloudRouting takes it, and prints where a request goes: which route " +
      "decides, and which share of the requests each destination gets, in the mesh and in DNS.",
    "A destination that is named with --down is unhealthy, and known to be. In the mesh its share goes to those that take " +
      "over for it, or fails; DNS answers as Route 53 does when health checks fail.",
  ],
  options: [
    { name: "config", short: "c", value: "FILE", text: "The routing, YAML or JSON. Required." },
    {
      name: "header",
      value: "NAME=VALUE",
      multiple: true,
      text: "A header of the request. May be repeated.",
      default: "no header",
    },
    { name: "path", value: "PATH", text: "The path of the request, with or without a query string.", default: "/" },
    { name: "method", value: "METHOD", text: "The method of the request.", default: "GET" },
    { name: "authority", value: "HOST", text: "The host that the client asked for.", default: "the service's name" },
    { name: "source-label", value: "NAME=VALUE", multiple: true, text: "A label of the caller. May be repeated." },
    { name: "gateway", value: "NAME", text: "The gateway that the request came through.", default: "mesh" },
    {
      name: "down",
      short: "d",
      value: "NAME",
      multiple: true,
      text: "A destination that is unhealthy. May be repeated.",
      default: "all are healthy",
    },
    {
      name: "location",
      value: "PLACE",
      text: "Where the client is, for geolocation in DNS: EU, EU/DE or NA/US/TX.",
      default: "a place that Route 53 does not know",
    },
    {
      name: "nearest",
      value: "NAME",
      multiple: true,
      text: "A destination by distance, for latency and geoproximity in DNS: the nearest first. May be repeated.",
      default: "the order of the records",
    },
    {
      name: "stage",
      value: "STAGE",
      text: "The stage of the schedule whose weights hold: 10-percent. A wrong name lists them.",
      default: "the weights as they are written",
    },
    formatOption(routeFormats),
    outputOption,
  ],
  sections: [
    {
      title: "FORMATS",
      terms: [
        ["text", "Where the request goes, as a table."],
        [
          "json",
          "The same for programs: service, stage, down, and for mesh and dns decidedBy, because, shares (each with destination, " +
            "share as an exact fraction, percent) and failsPercent.",
        ],
        ["mermaid", "All routes, as a Mermaid flowchart."],
        ["istio", "The manifests for Istio, as one YAML stream."],
      ],
    },
    {
      title: "EXIT STATUS",
      terms: [
        ["0", "Printed."],
        ["2", "The command was called wrongly, or the routing could not be read."],
      ],
    },
    environmentSection,
  ],
  examples: [
    [
      "Where do requests from the east go while Google Cloud is down?",
      "migration-patterns route --config routing.yaml --header region=us-east --down gcp",
    ],
    [
      "Apply the manifests of a stage by hand:",
      "migration-patterns route -c routing.yaml --stage 10-percent --format istio | kubectl apply -f -",
    ],
  ],
};
