import type { SqlDdl } from '../migrations.ts'

/**
 * What a sender can do with a notice after sending it: withdrawals and supplements, revisions, the
 * questions of the desk. A case may close without a decision, so the indexes of open cases change; an
 * outcome may ask before anything is decided, so its decision may be null.
 */
export function createSenderMessages(ddl: SqlDdl): readonly string[] {
  return [...notices(ddl), ...messages(ddl), ...cases(ddl), ...outcomes()]
}

function notices({ int }: SqlDdl): readonly string[] {
  return [
    "alter table notice add column state text not null default 'live'",
    `alter table notice add column revision ${int} not null default 1`,
    `alter table notice add column position ${int} not null default 0`,
    'update notice set position = entry_index',
    'alter table notice add column supersedes text',
    'alter table notice add column superseded_by text',
    `alter table notice add column paused_at ${int}`,
    `alter table notice add column left_version ${int}`,
  ]
}

function messages({ int, bytes, table }: SqlDdl): readonly string[] {
  return [
    `create table message (
      id text not null primary key, sender_id text not null, sender_message_id text not null,
      kind text not null, notice_id text not null, received_at ${int} not null,
      body ${bytes} not null, body_sha256 text not null, token text not null, kid text not null,
      profile text not null, question_id text, case_version ${int}, receipt_id text not null,
      receipt text not null, leaf_hash text not null, entry_index ${int} not null,
      unique (sender_id, sender_message_id)) ${table}`,
    'create index message_of_notice on message (notice_id, id)',
    `create table question (
      id text not null primary key, case_id text not null, notice_id text not null,
      text text not null, by text not null, asked_at ${int} not null, state text not null,
      closed_at ${int}) ${table}`,
    'create index question_of_notice on question (notice_id, id)',
    'create index question_of_case on question (case_id, state, id)',
  ]
}

function cases({ int }: SqlDdl): readonly string[] {
  const isOpen = "state not in ('decided', 'reversing', 'reversed', 'merged', 'withdrawn')"
  return [
    `alter table case_record add column all_paused_at ${int}`,
    `alter table case_record add column band0_marked ${int} not null default 0`,
    `update case_record set band0_marked = 1 where band = 0 and exists (select 1 from event
      where event.case_id = case_record.id and event.type = 'case.band0_marked')`,
    'drop index case_open',
    'drop index case_queue',
    `create unique index case_open on case_record (target_key, lane, form) where ${isOpen}`,
    `create index case_queue on case_record (band, goal_at, position)
      where ${isOpen} and all_paused_at is null`,
    `create index case_waiting on case_record (band, goal_at, position)
      where ${isOpen} and all_paused_at is not null`,
  ]
}

/** A column can't be made nullable in words that both dialects know; so it is made anew. */
function outcomes(): readonly string[] {
  return [
    'alter table outcome add column question_id text',
    'drop index outcome_of_decision',
    'alter table outcome rename column decision_id to decided_by',
    'alter table outcome add column decision_id text',
    'update outcome set decision_id = decided_by',
    'alter table outcome drop column decided_by',
    'create index outcome_of_decision on outcome (decision_id, id)',
  ]
}
