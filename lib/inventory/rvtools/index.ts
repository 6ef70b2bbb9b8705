export { rvtoolsReader } from "./rvtools-reader";
