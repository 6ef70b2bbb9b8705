import type { Rule } from "../../core/rule";
import type { AssessmentSubject } from "../subject";
import { checklistRules } from "./checklist-rules";
import { dependencyRules } from "./dependency-rules";
import { hardwareRules } from "./hardware-rules";
import { identityRules } from "./identity-rules";
import { licenseRules } from "./license-rules";
import { networkRules } from "./network-rules";
import { operatingSystemRules } from "./operating-system-rules";
import { questionnaireRules } from "./questionnaire-rules";
import { runtimeRules } from "./runtime-rules";
import { secretRules } from "./secret-rules";
import { storageRules } from "./storage-rules";

/** The rules that `assess()` runs, in the order of the documentation. */
export const assessmentRules: readonly Rule<AssessmentSubject>[] = [
  ...checklistRules,
  ...questionnaireRules,
  ...operatingSystemRules,
  ...hardwareRules,
  ...storageRules,
  ...identityRules,
  ...networkRules,
  ...dependencyRules,
  ...runtimeRules,
  ...licenseRules,
  ...secretRules,
];
