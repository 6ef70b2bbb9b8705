/** The commands that ask the real AWS provider through Terraform. */
export { writeOrderedAttributes } from "./ordered-attributes";
export { askReplacingAttributes } from "./replacing-attributes/main";
