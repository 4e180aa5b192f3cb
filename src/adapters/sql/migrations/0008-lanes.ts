import type { SqlDdl } from '../migrations.ts'

/** Natures that people assess, what bodies of the state say and are in charge of, and what they are answered. */
export function addLanes({ int, table }: SqlDdl): readonly string[] {
  return [
    `alter table notice add column nature_assessed_at ${int}`,
    'alter table notice add column agency text',
    'alter table sender add column statutes_in_charge text',
    `alter table sender add column licensing_powers ${int} not null default 0`,
    `create table general_answer (
      id text not null primary key, notice_id text not null, revision ${int} not null,
      applies_to_us ${int} not null, applies_reason text not null, measures text not null,
      explained_on text, explanation_note text, by text not null, answered_at ${int} not null,
      leaf_hash text not null, unique (notice_id, revision)) ${table}`,
    `create table leave_up (
      id text not null primary key, case_id text not null, requested_by text not null,
      document text not null, until ${int} not null, proposed_by text not null,
      proposed_at ${int} not null, agreed_by text, agreed_at ${int}) ${table}`,
  ]
}
