import type { SqlDdl } from '../migrations.ts'

/**
 * Holding, reversing and merging cases. A case is open while it is neither decided nor taken back nor
 * merged away.
 */
export function deskCommands({ int }: SqlDdl): readonly string[] {
  return [
    `alter table case_record add column hold_until ${int}`,
    'alter table case_record add column hold_reason text',
    'alter table case_record add column merged_into text',
    'alter table case_record add column reversal_asked text',
    'alter table decision add column reverses text',
    'alter table decision add column reversal_reason text',
    'alter table action add column reverses text',
    'drop index case_open',
    `create unique index case_open on case_record (target_key, lane, form)
      where state not in ('decided', 'reversing', 'reversed', 'merged')`,
    'drop index case_queue',
    `create index case_queue on case_record (band, goal_at, position)
      where state not in ('decided', 'reversing', 'reversed', 'merged')`,
    'create index case_merged_into on case_record (merged_into, id) where merged_into is not null',
  ]
}
