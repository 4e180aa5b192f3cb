import type { SqlDdl } from '../migrations.ts'

/** What posters are told, what puts it off, and what is objected to. */
export function addPoster({ int, table }: SqlDdl): readonly string[] {
  return [
    'alter table case_record add column self_harm text',
    `create table poster_notice (
      id text not null primary key, case_id text not null, decision_id text not null,
      target_key text not null, kind text not null, state text not null, created_at ${int} not null,
      action_ids text not null, appeal_id text, text text, statement text, attempt ${int} not null,
      told_at ${int}, told_by text, failure_code text, postponed_for text) ${table}`,
    'create index poster_notice_of_case on poster_notice (case_id, id)',
    'create index poster_notice_of_decision on poster_notice (decision_id, id)',
    'create index poster_notice_by_state on poster_notice (state, id)',
    'create index poster_notice_of_target on poster_notice (target_key, id)',
    `create table postponement (
      id text not null primary key, case_id text not null, target_key text not null,
      state text not null, reason text not null, until ${int} not null, by text not null,
      asked_at ${int} not null, decided_at ${int}, ended_at ${int}, note text) ${table}`,
    'create index postponement_of_target on postponement (target_key, state, id)',
    'create index postponement_of_case on postponement (case_id, id)',
    `create table appeal (
      id text not null primary key, case_id text not null, decision_id text not null,
      by text not null, notice_id text, message_id text, about text not null, text text not null,
      received_at ${int} not null, state text not null, band ${int} not null,
      opinions text not null, decided_at ${int}, words text, reversal_id text,
      leaf_hash text not null, entry_index ${int} not null) ${table}`,
    'create index appeal_by_state on appeal (state, id)',
    'create index appeal_of_case on appeal (case_id, id)',
    'create index appeal_of_decision on appeal (decision_id, id)',
  ]
}
