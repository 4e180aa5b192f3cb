import type { SqlDdl } from '../migrations.ts'

/**
 * Keys that begin and end at a time; outcomes that wait to be fetched; the health of endpoints. An
 * outcome of before waits unless it was acknowledged or a newer one stands for it; each has a delivery.
 */
export function addDelivery({ int, keyedTable }: SqlDdl): readonly string[] {
  return [
    `alter table sender_key add column not_before ${int}`,
    `alter table sender_key add column retire_at ${int}`,

    `alter table outcome add column awaited ${int} not null default 1`,
    `update outcome set awaited = 0
      where id in (select outcome_id from delivery where state = 'acknowledged')
      or id in (select supersedes from outcome where supersedes is not null)`,
    'create index outcome_awaited on outcome (sender_id, awaited, entry_index)',

    "alter table delivery add column channel text not null default 'push'",
    'create index delivery_by_state on delivery (state, id)',
    `insert into delivery (
        id, outcome_id, notice_id, sender_id, state, created_at, attempts, next_at, last_result,
        done_at, channel)
      select 'dlv_' || substr(id, 5), id, notice_id, sender_id, 'waiting', as_of, 0, null, null,
        null, 'poll' from outcome
      where awaited = 1 and id not in (select outcome_id from delivery)`,

    `create table breaker (
      sender_id text not null primary key, state text not null, failures ${int} not null,
      pauses ${int} not null, open_until ${int}) ${keyedTable}`,
    'create index breaker_state on breaker (state)',
  ]
}
