import type { SqlDdl } from '../migrations.ts'

/** Measures that end by themselves, and the terms on which they are carried out. */
export function addMeasures({ int }: SqlDdl): readonly string[] {
  return [
    `alter table action add column ends_at ${int}`,
    `alter table action add column ended_at ${int}`,
    'alter table action add column terms text',
    `alter table case_record add column interim_until ${int}`,
    'alter table case_record add column reclassified text',
  ]
}
