import type { SqlDdl } from '../migrations.ts'

/** The tables of the record. JSON is text, booleans are 0 and 1, times are epoch milliseconds. */
export function createRecordTables(ddl: SqlDdl): readonly string[] {
  return [...registry(ddl), ...notices(ddl), ...cases(ddl), ...outcomes(ddl), ...log(ddl)]
}

function registry({ int, table, keyedTable }: SqlDdl): readonly string[] {
  return [
    `create table sender (
      id text not null primary key, name text not null, type text not null, tier text not null,
      nature text not null, commission text, scope text, agreed_rate_per_day ${int} not null,
      agreed_band0_rate_per_day ${int} not null, callback_url text, state text not null,
      created_at ${int} not null) ${table}`,
    `create table sender_key (
      sender_id text not null, kid text not null, alg text not null, jwk text not null,
      state text not null, created_at ${int} not null, last_used_at ${int},
      primary key (sender_id, kid)) ${table}`,
    `create table sender_clock (
      sender_id text not null, band ${int} not null, tat ${int} not null,
      primary key (sender_id, band)) ${keyedTable}`,
    `create table token_id (
      sender_id text not null, jti text not null, keep_until ${int} not null,
      primary key (sender_id, jti)) ${keyedTable}`,
    `create table standard (
      id text not null, version text not null, title text not null, published_on text not null,
      effective_on text not null, ends_on text, clauses text not null,
      primary key (id, version)) ${table}`,
    `create table operator (
      id text not null primary key, name text not null, role text not null,
      token_sha256 text not null, state text not null, created_at ${int} not null) ${table}`,
    `create table refusal_count (
      hour ${int} not null, code text not null, "count" ${int} not null,
      primary key (hour, code)) ${keyedTable}`,
    `create table diagnosis (
      sender_id text not null, slot ${int} not null, at ${int} not null, code text not null,
      kid text, skew_ms ${int}, bytes ${int}, primary key (sender_id, slot)) ${keyedTable}`,
    `create table setting (
      name text not null primary key, value text not null) ${keyedTable}`,
  ]
}

function notices({ int, bytes, table }: SqlDdl): readonly string[] {
  return [
    `create table notice (
      id text not null primary key, sender_id text not null, sender_notice_id text not null,
      form text not null, category text not null, lane text not null, nature text not null,
      assurance text not null, reference_no text, issued_on text not null,
      received_at ${int} not null, body ${bytes} not null, body_sha256 text not null,
      token text not null, kid text not null, profile text not null, double_check text not null,
      "order" text not null, receipt_id text not null, receipt text not null,
      leaf_hash text not null, entry_index ${int} not null, case_id text, case_version ${int}, target_ref text,
      target_account text, surface text, observation text, observed_at ${int},
      first_viewed_at ${int}, unique (sender_id, sender_notice_id)) ${table}`,
  ]
}

function cases({ int, table }: SqlDdl): readonly string[] {
  return [
    `create table case_record (
      id text not null primary key, target_key text not null, lane text not null,
      form text not null, category text not null, nature text not null, grave ${int} not null,
      no_view ${int} not null, round ${int} not null, previous_case_id text, state text not null,
      version ${int} not null, band ${int} not null, goal_at ${int} not null,
      position ${int} not null, opened_at ${int} not null, ready_at ${int}, claimed_by text,
      claim_until ${int}, opinions text not null, flags text not null, decision_id text,
      emergency_told_at ${int}, assessed_at ${int}) ${table}`,
    `create table decision (
      id text not null primary key, case_id text not null, notice_ids text not null,
      mode text not null, by text not null, decided_at ${int} not null, input text not null,
      leaf_hash text not null, entry_index ${int} not null, replaces text,
      reported text not null) ${table}`,
    `create table action (
      id text not null primary key, decision_id text not null, case_id text not null,
      target_key text not null, kind text not null, state text not null, position ${int} not null,
      not_before ${int}, idempotency_key text not null unique, attempt ${int} not null,
      executed_at ${int}, settled_by text, failure_code text, late_results text not null) ${table}`,
    `create table command (
      command_id text not null primary key, content_sha256 text not null, answer text not null,
      at ${int} not null) ${table}`,
  ]
}

function outcomes({ int, table, keyedTable }: SqlDdl): readonly string[] {
  return [
    `create table outcome (
      id text not null primary key, notice_id text not null, sender_id text not null,
      decision_id text not null, revision ${int} not null, supersedes text, status text not null,
      as_of ${int} not null, jws text not null, leaf_hash text not null,
      entry_index ${int} not null) ${table}`,
    `create table delivery (
      id text not null primary key, outcome_id text not null, notice_id text not null,
      sender_id text not null, state text not null, created_at ${int} not null,
      attempts ${int} not null, next_at ${int}, last_result text, done_at ${int}) ${table}`,
    `create table work (
      id text not null primary key, kind text not null, subject_id text not null, group_key text,
      band ${int} not null, goal_at ${int} not null, position ${int} not null, state text not null,
      next_at ${int} not null, attempt ${int} not null, lease_until ${int}, last_code text) ${table}`,
    `create table subscription (
      event text not null, name text not null, from_seq ${int} not null,
      primary key (event, name)) ${keyedTable}`,
  ]
}

function log({ int, bytes, generatedKey, table }: SqlDdl): readonly string[] {
  return [
    `create table event (
      seq ${generatedKey}, id text not null unique, type text not null, at ${int} not null,
      notice_id text, case_id text, decision_id text, payload ${bytes} not null, leaf_hash text,
      entry_index ${int}) ${table}`,
    `create table secret (
      leaf_hash text not null, name text not null, salt ${bytes} not null, value ${bytes},
      primary key (leaf_hash, name)) ${table}`,
    `create table ledger_entry (
      "index" ${int} not null primary key, leaf_hash text not null unique,
      bytes ${bytes} not null) ${table}`,
    `create table ledger_tile (
      level ${int} not null, tile ${int} not null, width ${int} not null,
      hashes ${bytes} not null, primary key (level, tile)) ${table}`,
    `create table ledger_state (
      name text not null primary key, size ${int} not null, root ${bytes} not null) ${table}`,
    `create table checkpoint (
      size ${int} not null primary key, root ${bytes} not null, note text not null,
      at ${int} not null) ${table}`,
  ]
}
