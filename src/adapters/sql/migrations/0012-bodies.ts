import type { SqlDdl } from '../migrations.ts'

/** What is known of trusted bodies, and what restrictions are counted by for the manner of posting. */
export function addBodies({ int, table }: SqlDdl): readonly string[] {
  return [
    'alter table sender add column tier_reason text',
    'alter table sender add column accreditation text',
    'alter table sender add column criteria text',
    'alter table notice add column sender_criteria text',
    `create table restriction (
      action_id text not null primary key, case_id text not null, target_key text not null,
      account text, digest text, executed_at ${int} not null) ${table}`,
    'create index restriction_of_account on restriction (account, executed_at) where account is not null',
    'create index restriction_of_digest on restriction (digest, executed_at) where digest is not null',
  ]
}
