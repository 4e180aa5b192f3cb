import type { SqlDdl } from '../migrations.ts'

/** Who read what. Erased by age, so the age has an index. */
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
  ]
}
