import { sql, type Compilable, type RawBuilder } from 'kysely'
import { snakeCase } from './naming.ts'
import { Slot, StatementCache, type Shapes, type Statement } from './shapes.ts'

/** The shape of one claim: how many groups are asked for or not, and whether the kind is ordered. */
export interface ClaimShape {
  /** `undefined`: any group, or none. */
  readonly groups: number | undefined
  readonly passedOver: number
  readonly ordered: boolean
}

/** As the indexes `case_open` and `case_queue` say it, or they aren't used. */
const isOpen = sql`state not in ('decided', 'reversing', 'reversed', 'merged', 'withdrawn')`

/** The shape of one page of the queue. */
export interface QueueShape {
  readonly states: number
  readonly lanes: number | undefined
  readonly tests: boolean
  readonly after: boolean
  readonly hold: 'on' | 'over' | undefined
  /** Those whose notices all wait for their senders, instead of the others. */
  readonly waiting: boolean
  /** Only under an interim measure. */
  readonly interim: boolean
}

const slot = (name: string): RawBuilder<unknown> => sql`${new Slot(name)}`

const HOLDS = {
  on: sql`and hold_until > ${slot('now')}`,
  over: sql`and (hold_until is null or hold_until <= ${slot('now')})`,
} as const

/** Whether all its notices wait for their senders; as the two indexes of the queue say it. */
const WAITS = sql`all_paused_at is not null`
const GOES_ON = sql`all_paused_at is null`

/** `name 0`, `name 1`, … as the values of a list in SQL. */
const list = (name: string, length: number): RawBuilder<unknown> =>
  sql.join(Array.from({ length }, (_, index) => slot(`${name} ${index}`)))

/**
 * The statements that are more than one table's keys and equalities. Each rests on an index; `state || ''`
 * keeps the planner from taking an index on the state where one in the wanted order is the better.
 */
export class RecordStatements {
  readonly #shapes: Shapes
  readonly #cache = new StatementCache()
  readonly #skipLocked: RawBuilder<unknown>

  /** @param skipLocked Where several processes write: what another one has locked is passed over. */
  constructor(shapes: Shapes, skipLocked: boolean) {
    this.#shapes = shapes
    this.#skipLocked = skipLocked ? sql`for update skip locked` : sql``
  }

  queue({ states, lanes, tests, after, hold, waiting, interim }: QueueShape): Statement {
    const inLanes = lanes === undefined ? sql`` : sql`and lane in (${list('lane', lanes)})`
    const kept = tests ? sql`and trial = 'test'` : sql`and (trial is null or trial <> 'test')`
    const held = hold === undefined ? sql`` : HOLDS[hold]
    const under = interim ? sql`and interim_until > ${slot('interimAt')}` : sql``
    const beyond = after
      ? sql`and (band, goal_at, position) > (${slot('band')}, ${slot('goalAt')}, ${slot('position')})`
      : sql``
    return this.#raw(
      `queue ${states} ${String(lanes)} ${String(tests)} ${String(after)} ${String(hold)} ${String(waiting)} ${String(interim)}`,
      () => sql`select * from case_record
        where ${isOpen} and ${waiting ? WAITS : GOES_ON} and state || '' in (${list('state', states)})
        ${kept} ${inLanes} ${held} ${under} ${beyond}
        order by band, goal_at, position limit ${slot('limit')}`,
    )
  }

  openCase(): Statement {
    return this.#raw(
      'openCase',
      () => sql`select * from case_record where target_key = ${slot('targetKey')}
        and lane = ${slot('lane')} and form = ${slot('form')} and ${isOpen}`,
    )
  }

  lastCase(): Statement {
    return this.#raw(
      'lastCase',
      () => sql`select * from case_record where target_key = ${slot('targetKey')}
        and lane = ${slot('lane')} and form = ${slot('form')} order by round desc limit 1`,
    )
  }

  dueWork(groups: number | undefined): Statement {
    const inGroups = groups === undefined ? sql`` : sql`and group_key in (${list('group', groups)})`
    return this.#raw(
      `dueWork ${String(groups)}`,
      () => sql`select count(*) as "rows" from (select 1 from work
        where state = 'due' and kind = ${slot('kind')} and next_at <= ${slot('now')}
        and (lease_until is null or lease_until <= ${slot('now')}) ${inGroups}
        limit ${slot('limit')}) as held`,
    )
  }

  nextDueAt(): Statement {
    return this.#raw(
      'nextDueAt',
      () => sql`select next_at from work where state || '' = 'due' and next_at > ${slot('now')}
        order by next_at limit 1`,
    )
  }

  /**
   * The best claimable row. Rows are read in order from one covering index; whether a group is held,
   * or has an earlier row, is one more index look-up for each row passed over.
   */
  claimable({ groups, passedOver, ordered }: ClaimShape): Statement {
    const inGroups =
      groups === undefined ? sql`` : sql`and w.group_key in (${list('group', groups)})`
    const notPassed =
      passedOver === 0
        ? sql``
        : sql`and (w.group_key is null or w.group_key not in (${list('passed', passedOver)}))`
    const first = ordered
      ? sql`and not exists (select 1 from work as o where o.state = 'due' and o.kind = w.kind
          and o.group_key = w.group_key and o.position < w.position)`
      : sql``
    return this.#raw(
      `claimable ${String(groups)} ${passedOver} ${String(ordered)}`,
      () => sql`select w.id, w.group_key from work as w
        where w.state = 'due' and w.kind = ${slot('kind')} and w.next_at <= ${slot('now')}
        and (w.lease_until is null or w.lease_until <= ${slot('now')}) ${inGroups} ${notPassed}
        and not exists (select 1 from work as o where o.state = 'due' and o.kind = w.kind
          and o.group_key = w.group_key and o.lease_until > ${slot('now')}) ${first}
        order by w.band, w.goal_at, w.position, w.id limit 1 ${this.#skipLocked}`,
    )
  }

  lease(): Statement {
    return this.#raw(
      'lease',
      () => sql`update work set attempt = attempt + 1, lease_until = ${slot('leaseUntil')}
        where id = ${slot('id')} returning *`,
    )
  }

  ledgerEntries(): Statement {
    return this.#raw(
      'ledgerEntries',
      () => sql`select * from ledger_entry where "index" >= ${slot('from')}
        and "index" < ${slot('to')} order by "index"`,
    )
  }

  history(of: 'noticeId' | 'caseId', ids: number, types: number): Statement {
    const subject = sql.ref(snakeCase(of))
    return this.#raw(
      `history ${of} ${ids} ${types}`,
      () => sql`select * from event where ${subject} in (${list('id', ids)})
        and type || '' in (${list('type', types)}) and seq <= ${slot('upTo')} order by seq`,
    )
  }

  lastEventSeq(): Statement {
    return this.#raw('lastEventSeq', () => sql`select seq from event order by seq desc limit 1`)
  }

  forgetTokenIds(): Statement {
    return this.#raw(
      'forgetTokenIds',
      () => sql`delete from token_id where (sender_id, jti) in (select sender_id, jti from token_id
        where keep_until < ${slot('now')} order by keep_until limit 1000 ${this.#skipLocked})`,
    )
  }

  countRefusal(): Statement {
    return this.#raw(
      'countRefusal',
      () => sql`insert into refusal_count (hour, code, "count") values (${slot('hour')},
        ${slot('code')}, ${slot('by')}) on conflict (hour, code)
        do update set "count" = refusal_count."count" + excluded."count"`,
    )
  }

  #raw(shape: string, build: () => RawBuilder<unknown>): Statement {
    return this.#cache.get(shape, (): Pick<Compilable, 'compile'> => {
      const query = build()
      return { compile: () => query.compile(this.#shapes) }
    })
  }
}
