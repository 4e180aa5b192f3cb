import { expect, it } from 'vitest'
import { person } from '../laws/support.ts'
import { act, expectSoundLog, pause, seen } from './support.ts'
import { caseAt, noticeAt, openOneItem, sendOne } from './support-messages.ts'

const A = person('a')
const done = () => Promise.resolve({ kind: 'executed', at: 5 } as const)
const WORDS = {
  withdrawal: { reason: '誤って送りました。' },
  supplement: { text: '続報です。' },
} as const

it.each(['withdrawal', 'supplement'] as const)(
  '%s at once with a reversal: both are kept, whoever is first, and the measure is undone once',
  async (kind) => {
    const undone: string[] = []
    const desk = await openOneItem({
      platform: {
        resolve: ({ url }: { url: string }) => Promise.resolve({ ref: url }),
        executors: {
          remove: done,
          restore: ({ actionId }: { readonly actionId: string }) => {
            undone.push(actionId)
            return done()
          },
        },
      },
    })
    const { ctx, madoguchi } = desk
    const rounds = 8
    let refused = 0
    for (let round = 0; round < rounds; round += 1) {
      const target = { url: `https://sns.example/p/${round}` }
      const { notice, record } = await sendOne(desk, `mine-000-${round}`, { target })
      await act(desk, record.id, A, 'remove')
      await seen(async () => (await ctx.read.find('outcome', { noticeId: notice.id }))[0])
      const reverse = async (attempt: string) =>
        madoguchi.cases.reverse(record.id, {
          commandId: `reverse-${attempt}-${round}`,
          by: A,
          expectedVersion: (await caseAt(desk, record.id)).version,
          reason: 'new_facts',
          internalNote: null,
        })
      const id = `message-${round}`
      const send = () => desk.hotline.message(kind, notice.id, { id, ...WORDS[kind] })
      // Later from round to round, so that either may be the first; in the end surely the message.
      const sent = send()
      await (round === rounds - 1 ? sent : pause(round))
      const [answer] = await Promise.all([reverse('a'), sent])
      if (!answer.ok) {
        refused += 1
        expect(answer.refusal.code).toBe('stale_version')
        expect(await reverse('b')).toMatchObject({ ok: true })
      }
      await seen(async () => {
        const { state } = await caseAt(desk, record.id)
        return state === 'reversed' ? true : undefined
      })
      const restored = await seen(
        async () => (await ctx.read.find('outcome', { noticeId: notice.id, revision: 2 }))[0],
      )
      expect(restored.status).toBe('restored')
      expect(await noticeAt(desk, notice.id)).toMatchObject({
        state: kind === 'withdrawal' ? 'withdrawn' : 'live',
      })
      expect(await ctx.read.count('message', { noticeId: notice.id, kind })).toBe(1)
      // What came after the person looked is put before people; what came before was seen.
      const { flags } = await caseAt(desk, record.id)
      const flag = kind === 'withdrawal' ? 'notice_withdrawn' : 'notice_supplemented'
      expect(answer.ok ? [[], [flag]] : [[]]).toContainEqual(flags)
    }
    expect(undone).toHaveLength(rounds)
    expect(refused).toBeLessThan(rounds)
    await expectSoundLog(ctx)
  },
)
