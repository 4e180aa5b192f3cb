import type { SqlDdl } from '../migrations.ts'

/** Rules that the platform adopted, and what they were used on. */
export function addPolicies({ int, table }: SqlDdl): readonly string[] {
  return [
    `create table policy (
      id text not null, version ${int} not null, title text not null, "when" text not null,
      effect text not null, ground text, review_percent ${int} not null, prompted_by text,
      state text not null, imported ${int} not null, created_at ${int} not null, adopted_by text,
      adopted_at ${int}, activated_by text, activated_at ${int}, active_index ${int},
      review_seed text, retired_at ${int}, primary key (id, version)) ${table}`,
    'create index policy_in_state on policy (state, id)',
    `create table policy_use (
      id text not null primary key, policy_id text not null, version ${int} not null,
      case_id text not null, effect text not null, decision_id text, used_at ${int} not null,
      review text not null, reviewed_by text, reviewed_at ${int}) ${table}`,
    'create index policy_use_of_policy on policy_use (policy_id, version, review, id)',
    'create index policy_use_of_case on policy_use (case_id)',
    'create index policy_use_to_review on policy_use (review, id)',
    'alter table decision add column policy text',
    `create table signal (
      id text not null primary key, kind text not null, target_key text not null, target_ref text,
      target_account text, account text not null, observed_at ${int} not null,
      entry_index ${int} not null, case_id text, ended_at ${int}, ended text) ${table}`,
    'create index signal_of_target on signal (target_key, ended)',
    'create index signal_of_case on signal (case_id)',
  ]
}
