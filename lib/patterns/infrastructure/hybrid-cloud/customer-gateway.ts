/**
 * The customer gateway: the customer's side as AWS knows it, by a static address, by a certificate, or both. It is created
 * from its options, or exists already.
 */
import { CustomerGateway, type CustomerGatewayConfig } from "@cdktf/provider-aws/lib/customer-gateway";
import type { Construct } from "constructs";
import { refuse } from "../../../core/refuse";
import { propertyOf, type Place } from "./checks";
import { checkCustomerAddress, checkCustomerAsn } from "./connection-checks";
import { BGP_ASN_MAXIMUM, CUSTOMER_DEFAULT_ASN } from "./vpn-limits";

/** Properties of a customer gateway that is created. Needs an `ipAddress`, a `certificateArn` or both. */
export interface NewCustomerGateway {
  /** The static IPv4 address of the device's outside interface, or of the NAT in front of it. May be a token. */
  readonly ipAddress?: string;
  /** ACM ARN of a private certificate: the device then authenticates by it, and no pre-shared keys are used. */
  readonly certificateArn?: string;
  /** The autonomous system number of the device: 1–4294967295, but none of Amazon's own. @default 65000 */
  readonly asn?: number;
  /** The name of the device; two gateways with the same address and number need different ones. @default - none */
  readonly deviceName?: string;
  /** The Name tag. @default - no Name tag */
  readonly name?: string;
}

/** Properties of a customer gateway that exists already. */
export interface ExistingCustomerGateway {
  readonly customerGatewayId: string;
  /** The gateway's address, for `startupAction: "start"` and the device's files. @default - not known */
  readonly ipAddress?: string;
  /** The gateway's autonomous system number, which BGP needs. @default 65000 */
  readonly asn?: number;
  /** Whether the device authenticates by a certificate. @default false */
  readonly usesCertificate?: boolean;
}

/** Properties of a customer gateway: one that is created, or one that exists already. */
export type CustomerGatewayProps = NewCustomerGateway | ExistingCustomerGateway;

/** A customer gateway, created or existing. */
export interface BoundCustomerGateway {
  readonly id: string;
  readonly address?: string;
  readonly asn: number;
  readonly usesCertificate: boolean;
  /** The created customer gateway, for overrides. */
  readonly resource?: CustomerGateway;
}

/**
 * Creates a customer gateway from its options, or takes the existing one.
 *
 * @throws MigrationError `HYBRID_VPN_CUSTOMER_ASN`, `HYBRID_VPN_CUSTOMER_ADDRESS`, `HYBRID_VPN_CUSTOMER_IDENTITY`
 */
export function bindCustomerGateway(
  scope: Construct,
  props: CustomerGatewayProps,
  tags: Readonly<Record<string, string>>,
  place: Place,
): BoundCustomerGateway {
  const asn = props.asn ?? CUSTOMER_DEFAULT_ASN;
  checkCustomerAsn(asn, propertyOf(place, "asn"));
  const address = props.ipAddress;
  if (address !== undefined) checkCustomerAddress(address, propertyOf(place, "ipAddress"));
  const known = address === undefined ? {} : { address };
  if ("customerGatewayId" in props) {
    return { id: props.customerGatewayId, asn, usesCertificate: props.usesCertificate ?? false, ...known };
  }
  if (address === undefined && props.certificateArn === undefined) {
    refuse({
      code: "HYBRID_VPN_CUSTOMER_IDENTITY",
      ...place,
      allowed: "an ipAddress, a certificateArn or both",
      fix: "give the static address of the device, or the ARN of its certificate",
    });
  }
  const config: CustomerGatewayConfig = {
    type: "ipsec.1",
    ...(asn > BGP_ASN_MAXIMUM ? { bgpAsnExtended: String(asn) } : { bgpAsn: String(asn) }),
    ...(address === undefined ? {} : { ipAddress: address }),
    ...(props.certificateArn === undefined ? {} : { certificateArn: props.certificateArn }),
    ...(props.deviceName === undefined ? {} : { deviceName: props.deviceName }),
    ...(props.name === undefined && Object.keys(tags).length === 0
      ? {}
      : { tags: { ...tags, ...(props.name === undefined ? {} : { Name: props.name }) } }),
  };
  const resource = new CustomerGateway(scope, "customer-gateway", config);
  return { id: resource.id, asn, usesCertificate: props.certificateArn !== undefined, resource, ...known };
}
