import { changeSender } from '../../src/app/change-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import type { CaseAnswer } from '../../src/app/case-command.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { MadoguchiError } from '../../src/errors/madoguchi-error.ts'
import type { DecideCommand } from '../../src/madoguchi.ts'
import { clause } from '../laws/support.ts'
import { HOTLINE } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { PEOPLE, type DeskUnderTest } from './desk-under-test.ts'
import { KINDS, SENDERS, type Choice, type Step } from './steps.ts'

const MINUTE = 60_000
type Of<K extends Step['do']> = Extract<Step, { readonly do: K }>

const NOTHING = Promise.resolve(undefined)
let made = 0

/** Does one step; returns `done`, or the code with which it was refused. Anything else is a fault. */
export async function take(under: DeskUnderTest, step: Step): Promise<string> {
  made += 1
  try {
    const does = DOES[step.do] as (
      under: DeskUnderTest,
      step: Step,
    ) => Promise<CaseAnswer | undefined>
    const answer = await does(under, step)
    await under.quiet()
    return answer === undefined || answer.ok ? 'done' : answer.refusal.code
  } catch (fault) {
    if (fault instanceof MadoguchiError && fault.code !== 'internal_error') return fault.code
    throw fault
  }
}

const DOES: {
  readonly [K in Step['do']]: (under: DeskUnderTest, step: Of<K>) => Promise<CaseAnswer | undefined>
} = {
  notice: (under, { kind, item, sender }) =>
    send(under, SENDERS[sender] ?? HOTLINE, `model-${made}-notice`, {
      ...noticeOf(KINDS[kind] ?? KINDS[0]),
      target: { url: `https://sns.example/posts/${item}` },
    }),
  replay: async (under, { n }) => {
    const sent = under.pick([...under.sent.values()], n)
    if (sent !== undefined) await under.desk.hotline.sendBytes(sent.body, { iss: sent.iss })
    return undefined
  },
  revise: async (under, { n }) => {
    const [id, sent] = under.pick([...under.sent], n) ?? []
    if (id === undefined || sent === undefined) return undefined
    const earlier = JSON.parse(new TextDecoder().decode(sent.body)) as object
    await send(under, sent.iss, `model-${made}-revised`, { ...earlier, supersedes: id })
    return undefined
  },
  withdraw: (under, { n }) => tell(under, n, 'withdrawal', {}),
  supplement: (under, { n }) => tell(under, n, 'supplement', { text: 'さらに確認した事実です。' }),
  claim: (under, step) =>
    onCase(under, step, ({ id }, by) => under.desk.madoguchi.cases.claim(id, by)),
  release: (under, step) =>
    onCase(under, step, ({ id }, by) =>
      under.desk.madoguchi.cases.release(id, { by, commandId: `step-${made}` }),
    ),
  hold: (under, step) =>
    onCase(under, step, ({ id, version }, by) =>
      under.desk.madoguchi.cases.hold(id, {
        by,
        commandId: `step-${made}`,
        expectedVersion: version,
        until: under.clock.now() + 60 * MINUTE,
        reason: 'waits',
      }),
    ),
  reverse: (under, step) =>
    onCase(under, step, ({ id, version }, by) =>
      under.desk.madoguchi.cases.reverse(id, {
        by,
        commandId: `step-${made}`,
        expectedVersion: version,
        reason: 'own_recheck',
      }),
    ),
  decide: (under, step) =>
    onCase(under, step, async ({ id }, by) => {
      const { cases } = under.desk.madoguchi
      await cases.claim(id, by)
      const now = await under.ctx.read.get('case', { id })
      const expectedVersion = (now?.version ?? 0) - step.behind
      return cases.decide(id, {
        by,
        commandId: `step-${made}`,
        expectedVersion,
        ...wishOf(step.choice),
      })
    }),
  settle: async (under, { n, ok }) => {
    const action = under.pick(await under.ctx.read.find('action', { state: 'pending' }), n)
    if (action === undefined) return undefined
    const at = under.clock.now()
    await under.desk.madoguchi.actions.settle(
      action.id,
      ok ? { kind: 'executed', at } : { kind: 'failed', code: 'gave_up' },
    )
    return undefined
  },
  tier: async (under, { tier }) => {
    await changeSender(under.ctx, SYSTEM, HOTLINE, { tier })
    return undefined
  },
  time: (under, { minutes }) => {
    under.clock.advance(minutes * MINUTE)
    return NOTHING
  },
  fault: (under, { fault }) => {
    under.store.failNext(fault)
    return NOTHING
  },
  restart: async (under) => {
    await under.reopen()
    return undefined
  },
}

async function onCase(
  under: DeskUnderTest,
  { n, by }: { readonly n: number; readonly by: number },
  command: (record: CaseRecord, by: DecidedBy) => Promise<CaseAnswer>,
): Promise<CaseAnswer | undefined> {
  const record = under.pick(await under.cases(), n)
  const person = under.pick(PEOPLE, by)
  return record === undefined || person === undefined ? undefined : command(record, person)
}

function wishOf(choice: Choice): Pick<DecideCommand, 'actions'> & Partial<DecideCommand> {
  if (choice === 'decline') return { actions: [] }
  if (choice === 'already_gone') return { actions: [], alreadyGone: true }
  return { actions: [{ kind: choice }], ground: clause() }
}

async function send(
  under: DeskUnderTest,
  iss: string,
  id: string,
  notice: object,
): Promise<undefined> {
  const body = new TextEncoder().encode(JSON.stringify({ ...notice, id }))
  under.accepted.push(await under.desk.hotline.sendBytes(body, { iss }))
  under.sent.set(id, { body, iss })
  return undefined
}

async function tell(
  under: DeskUnderTest,
  n: number,
  kind: 'withdrawal' | 'supplement',
  content: object,
): Promise<undefined> {
  const [id, sent] = under.pick([...under.sent], n) ?? []
  if (id === undefined || sent === undefined) return undefined
  const document = { id: `model-${made}-message`, ...content }
  await under.desk.hotline.message(kind, id, document, { iss: sent.iss })
  return undefined
}
