export { checkSpec, type CheckedSpec, type KeyedTunnel } from "./check-spec";
export { ciscoIosXe, type CiscoIosXeOptions } from "./cisco-ios-xe";
export type { DeviceFiles, VpnDevice } from "./device";
export { generic } from "./generic";
export { juniperSrx, type JuniperSrxOptions } from "./juniper-srx";
export { packetSize, type PacketSize } from "./packet-size";
export { strongSwan, type StrongSwanOptions } from "./strongswan";
export { combinations, suitesOf, type Suite, type SuiteCapability } from "./suites";
