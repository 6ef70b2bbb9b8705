/**
 * The lines of the table that the provider's answers to these questions do not make, and what sets them apart. The table keeps
 * its own line, which was tried with known values.
 */

/** A line that the answers make, where the table has another. */
export interface Difference {
  /** The line that the answers make. */
  readonly line: string;
  readonly why: string;
}

const REFUSED =
  "The provider refuses the question, because it wants a block beside the attribute that the questions do not give.";
const KNOWN =
  "For a value that is unknown until it is applied the provider answers otherwise; with a known one it replaces the resource.";
const KEPT = "Beside what else such a resource must have, the provider keeps the value that the code no longer gives.";

/** The explained differences by resource type. */
export const differences: Readonly<Record<string, Difference>> = {
  aws_dx_gateway_association: {
    line: "associated_gateway_id associated_gateway_owner_account_id? dx_gateway_id vpn_gateway_id",
    why: KEPT,
  },
  aws_ec2_transit_gateway_route_table_association: {
    line: "transit_gateway_route_table_id",
    why: KNOWN,
  },
  aws_efs_replication_configuration: {
    line: "destination source_file_system_id~",
    why: REFUSED,
  },
  aws_eip_association: {
    line: "allocation_id? allow_reassociation instance_id network_interface_id? private_ip_address? public_ip?",
    why: KEPT,
  },
  aws_msk_serverless_cluster: {
    line: "client_authentication cluster_name vpc_config.subnet_ids",
    why: KNOWN,
  },
  aws_s3_bucket_lifecycle_configuration: {
    line: "bucket expected_bucket_owner? transition_default_minimum_object_size~",
    why: REFUSED,
  },
  aws_s3_directory_bucket: {
    line: "bucket~ data_redundancy~ force_destroy~ location type~",
    why: REFUSED,
  },
};
