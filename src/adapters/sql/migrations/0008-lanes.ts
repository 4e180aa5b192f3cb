import type { SqlDdl } from '../migrations.ts'

/** Natures that people assess, and what bodies of the state say and are in charge of. */
export function addLanes({ int }: SqlDdl): readonly string[] {
  return [
    `alter table notice add column nature_assessed_at ${int}`,
    'alter table notice add column agency text',
    'alter table sender add column statutes_in_charge text',
    `alter table sender add column licensing_powers ${int} not null default 0`,
  ]
}
