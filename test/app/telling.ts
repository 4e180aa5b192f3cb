import type { ActionKind } from '../../src/core/action-kind.ts'
import type { CaseAnswer } from '../../src/app/case-command.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import type { PosterNoticeKind, PosterNoticeRecord } from '../../src/core/poster-notice.ts'
import type { ProceduresDocument } from '../../src/generated/types.ts'
import type { Executor, PosterTeller } from '../../src/ports/platform.ts'
import { act, openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

export type Telling = Parameters<PosterTeller<unknown>>[0]
export const executed = { kind: 'executed', at: 5 } as const
export const KEY = 'yamibaito_recruitment'

export interface TellingOptions {
  /** How the platform tells its posters; `null`: it has no executor for that. */
  readonly tell?: ((call: Telling) => unknown) | null
  readonly executors?: Partial<Record<ActionKind, () => unknown>>
  readonly settings?: Record<string, string>
  readonly procedures?: ProceduresDocument
  readonly key?: string
  readonly notice?: Record<string, unknown>
}

/** A desk at work with one case, whose platform tells its posters, or doesn't. */
export class TellingDesk {
  readonly told: Telling[] = []
  desk!: TimedDesk
  by!: DecidedBy
  other!: DecidedBy
  record!: CaseRecord

  static async open(options: TellingOptions = {}): Promise<TellingDesk> {
    const self = new TellingDesk()
    const { tell = () => executed, executors = {}, settings = {}, procedures, key = KEY } = options
    const all = {
      remove: () => executed,
      disable_access: () => executed,
      restore: () => executed,
      ...executors,
    }
    const wrapped = Object.fromEntries(
      Object.entries(all).map(([kind, run]) => [
        kind,
        async () => run() as ReturnType<Executor<unknown>>,
      ]),
    )
    const tellPoster = (call: Telling) => {
      self.told.push(call)
      return Promise.resolve(tell?.(call)) as ReturnType<PosterTeller<unknown>>
    }
    const resolve = () => Promise.resolve({ ref: { id: 7 }, account: 'account-7' })
    self.desk = await openTimedDesk({
      platform: { resolve, executors: wrapped, ...(tell === null ? {} : { tellPoster }) },
      settings,
      ...(procedures === undefined ? {} : { procedures }),
    })
    await self.desk.madoguchi.start({ work: true })
    const { id } = await self.desk.hotline.sendFixture(key, options.notice ?? {})
    self.record = await readyCase(self.desk.ctx, id)
    self.by = (await self.desk.operator('reviewer')).by
    self.other = (await self.desk.operator('second_reviewer')).by
    return self
  }

  act(...kinds: ActionKind[]): Promise<CaseAnswer> {
    return act(this.desk, this.record.id, this.by, ...kinds)
  }

  async state(): Promise<CaseRecord> {
    return (await this.desk.ctx.read.get('case', { id: this.record.id }))!
  }

  notices(): Promise<PosterNoticeRecord[]> {
    return this.desk.ctx.read.find('posterNotice', {}, { orderBy: 'id' })
  }

  /** The newest notice of a kind, once it is in a state. */
  notice(
    state: PosterNoticeRecord['state'],
    kind: PosterNoticeKind = 'measures',
  ): Promise<PosterNoticeRecord> {
    return seen(async () =>
      (await this.notices()).reverse().find((one) => one.kind === kind && one.state === state),
    )
  }

  async reverse(by = this.by): Promise<CaseAnswer> {
    return this.desk.madoguchi.cases.reverse(this.record.id, {
      commandId: `reverse-${this.desk.ctx.random.id('evt')}`,
      by,
      expectedVersion: (await this.state()).version,
      reason: 'own_recheck',
    })
  }

  async payloads(type: string): Promise<Record<string, unknown>[]> {
    const events = await this.desk.ctx.read.find(
      'event',
      { type: type as never },
      { orderBy: 'seq' },
    )
    return events.map(
      ({ payload }) => JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>,
    )
  }
}
