import type { ActionKind } from '../../src/core/action-kind.ts'
import type { ActionRecord, ActionState } from '../../src/core/action.ts'
import type { CaseAnswer } from '../../src/app/case-command.ts'
import type { CaseRecord, CaseState } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import type { OutcomeRecord } from '../../src/core/outcome.ts'
import type { Executor } from '../../src/ports/platform.ts'
import { openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

export type Call = Parameters<Executor<unknown>>[0]
export type Executors = Partial<Record<ActionKind, (call: Call) => unknown>>

export const executed = { kind: 'executed', at: 5 } as const
export const KEY = 'yamibaito_recruitment'

/** A desk at work with one case, on which measures are decided and taken back. */
export class Reversing {
  readonly calls: { readonly kind: ActionKind; readonly call: Call }[] = []
  desk!: TimedDesk
  by!: DecidedBy
  record!: CaseRecord

  static async open(
    executors: Executors,
    settings: Record<string, string> = {},
    key = KEY,
  ): Promise<Reversing> {
    const self = new Reversing()
    const wrapped = Object.fromEntries(
      Object.entries(executors).map(([kind, run]) => [
        kind,
        async (call: Call) => {
          self.calls.push({ kind: kind as ActionKind, call })
          return run(call) as ReturnType<Executor<unknown>>
        },
      ]),
    )
    const resolve = (): Promise<{ ref: unknown }> => Promise.resolve({ ref: { id: 7 } })
    self.desk = await openTimedDesk({ platform: { resolve, executors: wrapped }, settings })
    await self.desk.madoguchi.start({ work: true })
    const { id } = await self.desk.hotline.sendFixture(key)
    self.record = await readyCase(self.desk.ctx, id)
    self.by = (await self.desk.operator('reviewer')).by
    return self
  }

  async state(): Promise<CaseRecord> {
    return (await this.desk.ctx.read.get('case', { id: this.record.id }))!
  }

  at(state: CaseState): Promise<CaseRecord> {
    return seen(async () => {
      const now = await this.state()
      return now.state === state ? now : undefined
    })
  }

  async actions(): Promise<ActionRecord[]> {
    const all = await this.desk.ctx.read.find('action', { caseId: this.record.id })
    return all.sort((a, b) => (a.reverses ?? '').localeCompare(b.reverses ?? ''))
  }

  action(kind: ActionKind, state: ActionState): Promise<ActionRecord> {
    return seen(async () =>
      (await this.actions()).find((one) => one.kind === kind && one.state === state),
    )
  }

  async reverse(by = this.by): Promise<CaseAnswer> {
    const commandId = `reverse-${this.desk.ctx.random.id('evt')}`
    const { version: expectedVersion } = await this.state()
    const reason = 'new_facts' as const
    return this.desk.madoguchi.cases.reverse(this.record.id, {
      commandId,
      by,
      expectedVersion,
      reason,
      internalNote: '社内の記録',
    })
  }

  outcomes(): Promise<OutcomeRecord[]> {
    return this.desk.ctx.read.find('outcome', {}, { orderBy: 'id' })
  }

  outcome(revision: number): Promise<OutcomeRecord> {
    return seen(async () => (await this.outcomes()).find((one) => one.revision === revision))
  }
}
