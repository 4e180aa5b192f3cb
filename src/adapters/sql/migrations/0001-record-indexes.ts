/**
 * The indexes that keep accepting, claiming, listing and looking up flat as the record grows. A case
 * is open while it isn't `decided`; the queue's indexes hold open cases only.
 */
export function createRecordIndexes(): readonly string[] {
  return [
    'create index notice_by_id on notice (sender_id, id)',
    'create index notice_by_time on notice (sender_id, received_at, id)',
    'create index notice_by_reference on notice (sender_id, reference_no, id)',
    'create index notice_of_case on notice (case_id, id) where case_id is not null',

    "create unique index case_open on case_record (target_key, lane, form) where state <> 'decided'",
    'create unique index case_round on case_record (target_key, lane, form, round)',
    "create index case_queue on case_record (band, goal_at, position) where state <> 'decided'",
    'create index case_state on case_record (state, id)',

    'create index decision_of_case on decision (case_id, id)',
    'create index action_of_decision on action (decision_id, id)',
    'create index action_of_case on action (case_id, id)',
    'create index action_of_target on action (target_key, id)',

    'create index outcome_of_notice on outcome (notice_id, id)',
    'create index outcome_of_sender on outcome (sender_id, id)',
    'create index outcome_of_decision on outcome (decision_id, id)',
    'create index delivery_state on delivery (state, next_at)',
    'create index delivery_of_notice on delivery (notice_id, id)',
    'create index delivery_of_outcome on delivery (outcome_id, id)',
    'create index delivery_of_sender on delivery (sender_id, id)',

    `create index work_order on work
      (state, kind, band, goal_at, position, id, next_at, lease_until, group_key)`,
    'create index work_next on work (next_at, state)',
    "create index work_group on work (kind, group_key, position) where state = 'due'",
    'create index work_held on work (kind, group_key, lease_until) where lease_until is not null',
    'create index work_subject on work (subject_id, kind)',

    'create index event_type on event (type, seq)',
    'create index event_of_case on event (case_id, seq) where case_id is not null',
    'create index event_of_notice on event (notice_id, seq) where notice_id is not null',
    'create index event_of_leaf on event (leaf_hash) where leaf_hash is not null',

    'create index token_id_age on token_id (keep_until)',
    'create unique index operator_token on operator (token_sha256)',
  ]
}
