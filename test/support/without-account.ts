const ACCOUNT_ID = /\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/g;

/** The Terraform with an account's id in place of the data source that asks AWS for it: to be planned without an account. */
export function withoutAccount<Terraform extends object>(terraform: Terraform): Terraform {
  const { data, ...rest } = JSON.parse(JSON.stringify(terraform).replace(ACCOUNT_ID, "111122223333")) as {
    readonly data?: Readonly<Record<string, unknown>>;
  };
  const { aws_caller_identity: _asked, ...others } = data ?? {};
  return { ...rest, ...(Object.keys(others).length === 0 ? {} : { data: others }) } as Terraform;
}
