import { describe, expect, it } from "@jest/globals";
import { assess } from "../../lib/assessment/assessment";
import { unanswered } from "../../lib/assessment/checklist/answer";
import { checklistSchema, type ChecklistInput } from "../../lib/assessment/checklist/checklist";
import { READY_AS_OF, readyChecklist, readyInventory } from "../support/ready-assessment";
import { checklistWith } from "./fixture";

const inventory = readyInventory();
const options = { asOf: READY_AS_OF };

/** What must not compile. Each of these also has a check at run time, for callers in JavaScript. */
describe("a checklist is a type", () => {
  const {
    inventory_current_infrastructure: infrastructure,
    identify_dependencies,
    assess_compatibility,
  } = readyChecklist;

  it("does not compile without a group", () => {
    // @ts-expect-error Property 'assess_compatibility' is missing
    const checklist: ChecklistInput = { inventory_current_infrastructure: infrastructure, identify_dependencies };
    expect(() => assess(inventory, checklist, [], options)).toThrow(
      "assess_compatibility: property 'assess_compatibility' is missing",
    );
  });

  it.each([
    ["inventory_current_infrastructure", "network_configuration"],
    ["inventory_current_infrastructure", "security_configurations"],
    ["identify_dependencies", "database_connections"],
    ["identify_dependencies", "external_service_integrations"],
    ["identify_dependencies", "file_system_dependencies"],
    ["assess_compatibility", "runtime_dependencies"],
    ["assess_compatibility", "license_requirements"],
  ] as const)("refuses at run time what lacks %s.%s", (group, item) => {
    const items = Object.fromEntries(Object.entries(readyChecklist[group]).filter(([name]) => name !== item));
    const checklist = { ...readyChecklist, [group]: items } as unknown as ChecklistInput;
    expect(() => assess(inventory, checklist, [], options)).toThrow(`${group}.${item}: property '${item}' is missing`);
  });

  it("does not compile without an item that only a person can answer", () => {
    const { network_configuration, security_configurations } = infrastructure;
    const { database_connections, external_service_integrations, file_system_dependencies } = identify_dependencies;
    const { runtime_dependencies, license_requirements } = assess_compatibility;
    const lacking: ChecklistInput[] = [
      // @ts-expect-error Property 'network_configuration' is missing
      { ...readyChecklist, inventory_current_infrastructure: { security_configurations } },
      // @ts-expect-error Property 'security_configurations' is missing
      { ...readyChecklist, inventory_current_infrastructure: { network_configuration } },
      // @ts-expect-error Property 'database_connections' is missing
      { ...readyChecklist, identify_dependencies: { external_service_integrations, file_system_dependencies } },
      // @ts-expect-error Property 'external_service_integrations' is missing
      { ...readyChecklist, identify_dependencies: { database_connections, file_system_dependencies } },
      // @ts-expect-error Property 'file_system_dependencies' is missing
      { ...readyChecklist, identify_dependencies: { database_connections, external_service_integrations } },
      // @ts-expect-error Property 'runtime_dependencies' is missing
      { ...readyChecklist, assess_compatibility: { license_requirements } },
      // @ts-expect-error Property 'license_requirements' is missing
      { ...readyChecklist, assess_compatibility: { runtime_dependencies } },
    ];
    for (const checklist of lacking) expect(checklistSchema.safeParse(checklist).success).toBe(false);
  });

  it("does not compile with a bare yes, or an answer that is undefined", () => {
    const answers: ChecklistInput[] = [
      // @ts-expect-error a boolean is no evidence
      checklistWith({ dependencies: { database_connections: true } }),
      // @ts-expect-error nor is undefined
      { ...readyChecklist, assess_compatibility: { ...assess_compatibility, runtime_dependencies: undefined } },
    ];
    for (const checklist of answers) expect(checklistSchema.safeParse(checklist).success).toBe(false);
  });

  it("lets the inventory answer what it proves", () => {
    const evidence = assess(inventory, readyChecklist, [], options).evidence;
    expect(
      evidence.filter(({ status }) => status === "inventory").map(({ item, summary }) => `${item}: ${summary}`),
    ).toEqual([
      "servers_and_specifications: 3 servers, 14 CPUs, 84 GiB of memory (from ready.yaml)",
      "storage_requirements: 3 disks, 150 GiB (from ready.yaml)",
      "operating_system_versions: 1 operating system on 3 servers (from ready.yaml)",
    ]);
  });

  it("says for every item what proves it", () => {
    const evidence = assess(inventory, readyChecklist, [], options).evidence;
    expect(evidence.map(({ item, status }) => `${item} ${status}`)).toEqual([
      "servers_and_specifications inventory",
      "network_configuration both",
      "storage_requirements inventory",
      "security_configurations checklist",
      "database_connections both",
      "external_service_integrations none",
      "file_system_dependencies none",
      "operating_system_versions inventory",
      "runtime_dependencies checklist",
      "license_requirements checklist",
    ]);
    expect(evidence[1]?.summary).toBe(
      "1 network (from ready.yaml); 1 source network, 1 target network, 0 peer networks, 0 container networks",
    );
  });
});

describe("an answer", () => {
  const problems = (checklist: unknown): string[] => {
    const result = checklistSchema.safeParse(checklist);
    return result.success ? [] : result.error.issues.map((issue) => issue.path.join("."));
  };

  it.each([
    ["a list of evidence", readyChecklist.identify_dependencies.database_connections],
    ["none with a reason", { none: "there are no databases here" }],
    ["unknown", unanswered()],
    ["null, which is an empty value in YAML", null],
  ])("may be %s", (_, answer) => {
    expect(problems(checklistWith({ dependencies: { database_connections: answer as never } }))).toEqual([]);
  });

  it.each([
    ["an empty list", []],
    ["none without a reason", { none: "no" }],
    ["a boolean", true],
    ["a text", "postgresql"],
  ])("may not be %s", (_, answer) => {
    const [problem, ...others] = problems(checklistWith({ dependencies: { database_connections: answer as never } }));
    expect(problem).toMatch(/^identify_dependencies\.database_connections/);
    expect(others).toEqual([]);
  });

  it("reads null as unknown", () => {
    const checklist = checklistSchema.parse(checklistWith({ compatibility: { license_requirements: null } }));
    expect(checklist.assess_compatibility.license_requirements).toBe("unknown");
  });

  it("refuses a network with host bits and offers the right one", () => {
    const checklist = checklistWith({
      infrastructure: {
        network_configuration: {
          sources: [{ name: "a", cidr: "10.0.0.5/8" }],
          targets: [{ name: "vpc", cidr: "10.20.0.0/16" }],
        },
      },
    });
    expect(() => assess(inventory, checklist, [], options)).toThrow(
      /sources\[0\]\.cidr: 10\.0\.0\.5\/8: .*10\.0\.0\.0\/8/,
    );
  });
});
