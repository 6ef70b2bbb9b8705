/** Every public construct with everything that it takes of what exists. */
import { dataCases } from "./data-cases";
import type { ExistingCase } from "./existing-case";
import { partCases } from "./part-cases";
import { patternCases } from "./pattern-cases";

/** The cases, by what they are about. */
export const existingCases: Readonly<Record<string, ExistingCase>> = { ...partCases, ...dataCases, ...patternCases };

/** The public constructs that are in no case, and why. */
export const withoutCase: Readonly<Record<string, string>> = {
  Artifact: "writes a file",
  AssessmentReport: "writes files",
  DedicatedHosts: "is hosts, of which a fleet takes existing ones instead: fleet.dedicatedHosts",
  DmsServiceRoles: "is the roles that an account has once: a move takes them to exist",
  ForgottenResources: "writes removed blocks",
  KubernetesManifests: "makes objects of a cluster",
  Migration: "is what patterns are written with",
  MigrationPart: "is what parts are written with",
  MigrationPlan: "writes files",
  PlanReport: "writes files",
  PlanRunbookFiles: "writes files",
  RecordedStage: "is parameters",
  ReplicationExport: "writes files, in which ids may be tokens",
  Runbook: "writes a file",
  SecretsEndpoint: "is made where no serviceEndpointSecurityGroupId of an existing endpoint is given",
  ServerProfile: "is the profile of a fleet, which takes an existing one instead: fleet.instanceProfileName",
};
