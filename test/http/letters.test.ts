import { describe, expect, it } from 'vitest'
import { ownNotice, ownNotices } from '../../src/app/read-own-notices.ts'
import type { NoticeDocument } from '../../src/generated/types.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { HOTLINE } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { enter, idOf, letterOf, LETTERS, storedOf } from '../support/letters.ts'
import { People } from '../support/people.ts'

describe('a letter that is typed in', () => {
  it('is a transcribed notice of a registered sender, with its place in the order', async () => {
    const people = await People.open()
    const entered = await enter(
      people,
      letterOf(
        'yamibaito_recruitment',
        {
          issued_on: 'Ｒ８．１０．１４',
          target: { ...noticeOf('yamibaito_recruitment').target, posted_on: '令和8年10月13日' },
        },
        { source_note: '折返し確認済み' },
      ),
    )
    expect(entered.status).toBe(201)
    expect(entered.body).toMatchObject({
      lane: 'voluntary_illegal',
      assurance: 'transcribed',
      moved_provisions: 0,
    })
    expect(entered.text).not.toMatch(/sns\.example|即日/)
    const stored = await storedOf(people.desk, idOf(entered))
    expect(stored).toMatchObject({
      assurance: 'transcribed',
      token: null,
      kid: null,
      profile: null,
      receipt: null,
      issuedOn: '2026-10-14',
      doubleCheck: 'two_people',
      order: { tier: 'priority', band: 1 },
      letter: {
        source: 'paper',
        sourceNote: '折返し確認済み',
        arrivedOn: '2026-11-01',
        enteredBy: { role: 'reviewer' },
        movedProvisions: [],
      },
    })
    const document = JSON.parse(new TextDecoder().decode(stored.body)) as NoticeDocument
    expect(document).toMatchObject({ issued_on: '2026-10-14', target: { posted_on: '2026-10-13' } })
    const { read } = people.desk.madoguchi.internals.ctx
    const entry = await read.get('ledgerEntry', { index: stored.entryIndex })
    expect(entry && parseEntry(entry.bytes)).toMatchObject({
      type: 'notice.accepted',
      pub: { assurance: 'transcribed', form: 'illegal_information' },
    })

    const list = await people.call('reviewer', 'get', '/v1/cases', '/v1/cases')
    expect(list.body.items).toMatchObject([{ facts: { assurance: 'transcribed' } }])
    const view = await people.read('reviewer', stored.caseId!)
    expect(view.body.notices).toMatchObject([
      {
        assurance: 'transcribed',
        letter: { source: 'paper', arrived_on: '2026-11-01', entered_by: { role: 'reviewer' } },
      },
    ])
    expect(view.body.notices[0].notes[0]).toMatchObject({ id: 'transcribed' })
    expect(view.text).not.toMatch(/見本 花子|例示 一郎/)
  })

  it('counts once however often the same command comes, and is asked about when it comes again', async () => {
    const people = await People.open()
    const letter = letterOf('yamibaito_recruitment')
    const first = await enter(people, letter)
    expect((await enter(people, letter)).body).toEqual(first.body)
    const reused = await enter(people, { ...letter, source: 'fax' })
    expect([reused.status, reused.body.code]).toEqual([422, 'command_id_reused'])

    const again = { ...letter, command_id: 'letter-0002' }
    const known = await enter(people, again)
    expect([known.status, known.body.code]).toEqual([409, 'letter_known'])
    expect(known.body.known_notices).toEqual([idOf(first)])
    const confirmed = await enter(people, { ...again, confirm_duplicate: true })
    expect(confirmed.status).toBe(201)
    expect(idOf(confirmed)).not.toBe(idOf(first))
  })

  it('is asked about where the sender has sent the same by machine', async () => {
    const people = await People.open()
    const { id } = await people.desk.hotline.sendFixture('yamibaito_recruitment')
    const known = await enter(people, letterOf('yamibaito_recruitment'))
    expect(known.body.known_notices).toEqual([id])
    const other = await enter(people, letterOf('yamibaito_recruitment', { reference_no: '別' }))
    expect(other.status).toBe(201)
  })

  it('that cites a law on form 2 is never refused for it (law 6)', async () => {
    const people = await People.open()
    const entered = await enter(
      people,
      letterOf('handgun_sale', {
        legal_provisions: ['規制薬物の広告', '見本取締法第3条'],
        guideline_category: undefined,
      }),
    )
    expect([entered.status, entered.body.moved_provisions]).toEqual([201, 2])
    const stored = await storedOf(people.desk, idOf(entered))
    const document = JSON.parse(new TextDecoder().decode(stored.body)) as Record<string, unknown>
    expect(document).not.toHaveProperty('legal_provisions')
    expect(document).toMatchObject({
      form: 'public_order',
      guideline_category: '（書面に記載なし）',
      suspected_category: 'controlled_drug_ad',
    })
    expect(document['reasoning']).toMatch(/（書面に記載された法令名等：見本取締法第3条）$/)
    expect(stored.lane).toBe('voluntary_public_order')
    const view = await people.read('reviewer', stored.caseId!)
    const ids = (view.body.notices[0].notes as { id: string }[]).map(({ id }) => id)
    expect(ids).toContain('provisions_moved')

    const long = await enter(
      people,
      letterOf(
        'handgun_sale',
        {
          reasoning: '理'.repeat(9_999),
          legal_provisions: ['見本取締法第3条'],
          reference_no: '長',
        },
        { command_id: 'letter-0003' },
      ),
    )
    expect(long.status).toBe(201)
    expect((await storedOf(people.desk, idOf(long))).letter?.movedProvisions).toEqual([
      '見本取締法第3条',
    ])
  })

  it.each([
    [
      'an impossible date',
      { issued_on: '平成31年5月1日' },
      {},
      'date_impossible',
      '/notice/issued_on',
    ],
    ['no date', { issued_on: '昨日付け' }, {}, 'invalid_input', '/notice/issued_on'],
    [
      'a day of posting that is none',
      { target: { url: 'https://sns.example/a', posted_on: '令和8年2月30日' } },
      {},
      'date_impossible',
      '/notice/target/posted_on',
    ],
    ['an arrival in the future', {}, { arrived_on: '2999-01-01' }, 'invalid_input', '/arrived_on'],
    ['an impossible arrival', {}, { arrived_on: 'R8.13.1' }, 'date_impossible', '/arrived_on'],
    [
      'an unknown sender',
      {},
      { sender_id: 'https://nobody.example/' },
      'invalid_input',
      '/sender_id',
    ],
    [
      'no law on form 1',
      { legal_provisions: undefined },
      {},
      'invalid_input',
      '/notice/legal_provisions',
    ],
    [
      'a class on form 1',
      { guideline_category: '類型①' },
      {},
      'invalid_input',
      '/notice/guideline_category',
    ],
    ['a closed form', { form: 'individual_warning' }, {}, 'form_not_open', '/form'],
    ['a form of another window', { form: 'inquiry' }, {}, 'other_window', undefined],
    ['an unknown form', { form: 'postcard' }, {}, 'unknown_form', '/form'],
    [
      'another host',
      { target: { url: 'https://other.example/a' } },
      {},
      'target_foreign',
      undefined,
    ],
    [
      'a member of the wire',
      { supersedes: 'notice-0001' },
      {},
      'invalid_input',
      '/notice/supersedes',
    ],
    ['an agency', {}, { sender_id: 'https://agency.example/' }, 'form_not_for_sender', undefined],
  ])('is refused by name: %s', async (_what, changes, typed, code, pointer) => {
    const people = await People.open()
    const refused = await enter(people, letterOf('yamibaito_recruitment', changes, typed))
    expect(refused.body.code).toBe(code)
    expect(refused.body.errors?.[0].pointer).toBe(pointer)
    expect(refused.text).not.toMatch(/平成|昨日|other\.example|nobody|類型/)
    const { read } = people.desk.madoguchi.internals.ctx
    expect(await read.count('notice', {})).toBe(0)
    expect(await read.count('senderClock', {})).toBe(0)
  })

  it('takes the same steps of the clock as a signed one, and a suspended sender has none', async () => {
    const people = await People.open()
    const { ctx } = people.desk.madoguchi.internals
    const before = await enter(people, letterOf('yamibaito_recruitment'))
    const [clock] = await ctx.read.find('senderClock', { senderId: HOTLINE })
    expect(clock?.tat).toBeGreaterThan(Date.parse(before.body.received_at as string))
    const suspend = await people.call(
      'admin',
      'patch',
      `/v1/senders/${encodeURIComponent(HOTLINE)}`,
      '/v1/senders/{id}',
      { state: 'suspended' },
    )
    expect(suspend.status).toBe(200)
    const refused = await enter(
      people,
      letterOf('yamibaito_recruitment', { reference_no: '別' }, { command_id: 'letter-0009' }),
    )
    expect(refused.body.code).toBe('sender_suspended')
  })

  it.each(['auditor', 'integrator', 'admin'] as const)('by nobody like %s', async (role) => {
    const people = await People.open()
    const refused = await people.call(role, 'post', LETTERS, LETTERS, letterOf('handgun_sale'))
    expect([refused.status, refused.body.code]).toEqual([403, 'not_allowed'])
  })

  it('is not what its sender asks for by its keys', async () => {
    const people = await People.open()
    const entered = await enter(people, letterOf('yamibaito_recruitment'))
    const { ctx } = people.desk.madoguchi.internals
    const stored = await storedOf(people.desk, idOf(entered))
    expect((await ownNotices(ctx, HOTLINE, { limit: 10 })).items).toEqual([])
    for (const id of [stored.id, stored.senderNoticeId])
      await expect(ownNotice(ctx, HOTLINE, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      people.desk.hotline.send(noticeOf('handgun_sale', { id: stored.senderNoticeId })),
    ).rejects.toMatchObject({ code: 'notice_id_reused' })
  })
})
