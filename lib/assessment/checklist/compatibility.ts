/** The catalog's group `assess_compatibility`: the systems and software that must be supported and licensed on the target. */
import { z } from "zod";
import { isoDate } from "../../core/iso-date";
import { answer, EMPTY_LIST_MESSAGE, missingError } from "./answer";
import { nonEmptyText, owner } from "./fields";

/** The schema of {@link OperatingSystemVersions}. */
export const operatingSystemVersionsSchema = z.strictObject({
  extendedSupport: z
    .array(
      z.strictObject({
        product: nonEmptyText.describe("The operating system as the findings name it: 'Windows Server 2016'"),
        until: isoDate.describe("The last day of the paid support"),
        contract: nonEmptyText.describe("The proof of the contract: an order number, a subscription"),
        owner,
      }),
    )
    .min(1)
    .describe("Operating systems past their end of support for which extended support has been bought"),
});

/** The schema of a {@link RuntimeDependency}. */
export const runtimeDependencySchema = z.strictObject({
  name: nonEmptyText.describe("java, dotnet, python, nodejs, php, ruby, sqlserver, postgresql, mysql, oracle …"),
  version: nonEmptyText.describe("The version in use: '8', '4.6.1', '2.7'"),
  servers: z.array(nonEmptyText).min(1).describe("The servers, or the applications, that need it"),
  supportedUntil: isoDate
    .optional()
    .describe("The last day on which a vendor supports it for you, where that is later than the public date"),
  owner: owner.optional(),
});

/** The ways in which a product is licensed on the target. */
export const licenseModels = ["included", "byol", "subscription", "open-source"] as const;

/** The schema of a {@link LicenseRequirement}. */
export const licenseRequirementSchema = z.strictObject({
  product: nonEmptyText.describe("'Windows Server 2019 Datacenter', 'SQL Server 2017 Standard', 'Oracle Database EE'"),
  model: z
    .enum(licenseModels)
    .describe("included in the instance's price, byol (brought along), subscription or open-source"),
  servers: z.array(nonEmptyText).min(1).describe("The servers, or the applications, that it covers"),
  boundTo: z
    .enum(["user", "virtual-core", "physical-core", "socket", "host"])
    .optional()
    .describe("The unit in which the licence is counted; physical cores, sockets and hosts need a dedicated host"),
  licenseMobility: z
    .boolean()
    .optional()
    .describe("True where active Software Assurance grants License Mobility, so that shared tenancy is allowed"),
  tenancy: z
    .enum(["shared", "dedicated", "dedicated-host"])
    .default("shared")
    .describe("The tenancy on which it will run"),
  evidence: nonEmptyText.describe("The proof of the entitlement: a contract, an order number"),
  owner: owner.optional(),
  expires: isoDate.optional(),
});

/** The schema of the group `assess_compatibility`. */
export const compatibilitySchema = z.strictObject(
  {
    operating_system_versions: answer(
      "operating_system_versions",
      "For which operating systems past their end of support has extended support been bought?",
      operatingSystemVersionsSchema,
    ).optional(),
    runtime_dependencies: answer(
      "runtime_dependencies",
      "Which runtimes and engines do the applications need, in which version?",
      z.array(runtimeDependencySchema).min(1, EMPTY_LIST_MESSAGE),
    ),
    license_requirements: answer(
      "license_requirements",
      "Which licences do the servers need, how are they counted, and may they move?",
      z.array(licenseRequirementSchema).min(1, EMPTY_LIST_MESSAGE),
    ),
  },
  missingError("assess_compatibility"),
);

/** The extended support that has been bought for operating systems. */
export type OperatingSystemVersions = Readonly<z.output<typeof operatingSystemVersionsSchema>>;
/** A runtime that applications need, and the servers that have it. */
export type RuntimeDependency = Readonly<z.output<typeof runtimeDependencySchema>>;
/** A licence, what it is bound to, and the servers that need it. */
export type LicenseRequirement = Readonly<z.output<typeof licenseRequirementSchema>>;
