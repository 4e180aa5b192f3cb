import type { SqlDdl } from '../migrations.ts'

/** Who read what (erased by age, so the age has an index), and access from outside for a time. */
export function addReadings({ int, table }: SqlDdl): readonly string[] {
  return [
    `create table reading (
      id text not null primary key, at ${int} not null, last_at ${int} not null,
      times ${int} not null, operator text not null, role text not null, what text not null,
      subject text not null, version ${int}) ${table}`,
    'create index reading_same on reading (subject, what, operator, id)',
    'create index reading_age on reading (at)',
    'create index reading_of_operator on reading (operator, id)',
    'create index reading_of_kind on reading (what, id)',
    'create index reading_of_subject on reading (subject, id)',
    `alter table operator add column expires_at ${int}`,
    `create table sample (
      id text not null primary key, operator_id text not null, drawn_at ${int} not null,
      decided_from ${int} not null, decided_until ${int} not null, seed text not null,
      population ${int} not null, case_ids text not null, pseudonym_key text not null) ${table}`,
    'create index sample_of_operator on sample (operator_id, id)',
  ]
}
