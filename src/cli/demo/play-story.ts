import type { NoticeDocument } from '../../generated/types.ts'
import { targetOf } from '../../app/item-of.ts'
import { defang } from '../../app/defang.ts'
import { label } from '../../core/vocabulary-lookup.ts'
import { callDesk } from '../desk-client.ts'
import { exampleNotice, noticeBytes } from '../example-files.ts'
import { checkReceipt, isAcceptance } from '../hotline/check-receipt.ts'
import type { CheckedOutcome } from '../hotline/check-outcome.ts'
import type { Lang } from '../../core/vocabulary.ts'
import { SENDER_WORLD } from '../send-and-check.ts'
import { CommandFault } from '../usage-error.ts'
import type { DemoWorld } from './demo-world.ts'
import type { DemoDecision, Story } from './stories.ts'
import type { Teller } from './tell.ts'

const PATIENCE_MS = 8_000
const LOOK_EVERY_MS = 50

interface QueueOnWire {
  readonly items: readonly {
    readonly id: string
    readonly facts: { readonly version: number } | null
  }[]
}

interface CaseOnWire {
  readonly case: { readonly version: number }
  readonly notices: readonly {
    readonly sender_notice_id: string
    readonly nature_sentence: { readonly ja: string; readonly en: string }
    readonly observation: { readonly state: string } | null
  }[]
}

/** Plays one story, from the signed notice to the outcome in the hotline's hands. */
export async function playStory(world: DemoWorld, story: Story, tell: Teller): Promise<void> {
  const notice = exampleNotice(story.notice, SENDER_WORLD)
  const { url = '' } = targetOf(notice) ?? {}
  tell.step('hotline', {
    ja: `通知に署名し、窓口へ送りました（対象情報: ${defang(url)}）`,
    en: `signs a notice and sends it to the desk (target: ${defang(url)})`,
  })
  const exchange = await world.hotline.send(noticeBytes(notice), story.faults ?? {})
  const { status, answer } = exchange
  if (story.decision === undefined) {
    tellRefused(tell, status, answer, await world.madoguchi.internals.ctx.read.count('notice', {}))
    return
  }
  if (status !== 202 || !isAcceptance(answer)) throw stuck('accepted')
  const receipt = checkReceipt(world.directory, world.folder.hotline.issuer, exchange, answer)
  world.receipts.set(notice.id, receipt.leafHash)
  tell.step(
    'desk',
    {
      ja: '署名を検証し、通知を記録と台帳に書き込み、受領証を返しました（202）',
      en: 'verifies the signature, writes the notice to record and ledger, and answers with a receipt (202)',
    },
    { status, notice: answer.id },
  )
  tell.step('hotline', {
    ja: '受領証を、公開鍵だけで確かめました',
    en: 'checks the receipt with public keys alone',
  })
  tell.checked('hotline', receipt.checks)
  await decide(world, notice, story.decision, tell)
  const outcome = await world.outcomes.take(notice.id, PATIENCE_MS)
  if (outcome === undefined) throw stuck('outcome')
  tellMeasure(world, notice, story, tell)
  tellOutcome(tell, outcome, story)
}

function tellRefused(tell: Teller, status: number, answer: unknown, kept: number): void {
  const code =
    typeof answer === 'object' && answer !== null && 'code' in answer ? String(answer.code) : ''
  tell.step(
    'desk',
    {
      ja: `署名が合わないため受け付けませんでした（${status} ${code}）。中身は読まず、何も保存していません`,
      en: `does not accept it: the signature does not match (${status} ${code}). Nothing of it is read or stored`,
    },
    { status, code },
  )
  tell.expect(
    'hotline',
    'refused',
    {
      ja: '誤った署名の通知は受け付けられません',
      en: 'A notice with a wrong signature is not accepted',
    },
    status === 401 && code === 'signature_rejected',
  )
  tell.expect(
    'desk',
    'nothing_stored',
    {
      ja: '記録にある通知は、ほかの三件だけです',
      en: 'The record holds the other three notices only',
    },
    kept === 3,
  )
}

/** What the person at the desk does, through the same HTTP as every client of it. */
async function decide(
  { publicUrl, reviewerToken }: DemoWorld,
  notice: NoticeDocument,
  decision: DemoDecision,
  tell: Teller,
): Promise<void> {
  const ask = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> =>
    callDesk(publicUrl, reviewerToken, { method, path, body })
  const id = await waitForCase(ask)
  await ask('POST', `/v1/cases/${id}/claim`)
  const { case: record, notices } = (await ask('GET', `/v1/cases/${id}`)) as CaseOnWire
  const [shown] = notices
  if (shown?.sender_notice_id !== notice.id) throw stuck('case')
  const isGone = shown.observation?.state === 'gone'
  tell.step('desk', {
    ja: `対象情報を自社で確認し（${isGone ? '掲載なし' : '掲載あり'}）、案件を対応順に並べました`,
    en: `looks for the item itself (${isGone ? 'gone' : 'still there'}) and puts a case in the queue`,
  })
  tell.step('person', {
    ja: `案件を開きました。画面の一文:「${shown.nature_sentence.ja}」`,
    en: `opens the case and reads beside it: “${shown.nature_sentence.en}”`,
  })
  await ask('POST', `/v1/cases/${id}/decision`, {
    command_id: SENDER_WORLD.random.id('evt'),
    expected_version: record.version,
    ...decision.document,
  })
  tell.step('person', decision.text, { case: id })
}

async function waitForCase(
  ask: (method: 'GET', path: string) => Promise<unknown>,
): Promise<string> {
  const end = SENDER_WORLD.clock.now() + PATIENCE_MS
  while (SENDER_WORLD.clock.now() < end) {
    const { items } = (await ask('GET', '/v1/cases')) as QueueOnWire
    const [first] = items
    if (first !== undefined) return first.id
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS))
  }
  throw stuck('case')
}

function tellMeasure(
  { sns, measures }: DemoWorld,
  notice: NoticeDocument,
  { expectedStatus }: Story,
  tell: Teller,
): void {
  const post = /\/posts\/(\d+)$/.exec(targetOf(notice)?.url ?? '')?.[1] ?? ''
  const isVisible = sns.isVisible(post)
  if (expectedStatus === 'deleted') {
    tell.step('sns', {
      ja: '投稿を削除しました（同じ措置が何度呼ばれても、行うのは一度だけ）',
      en: 'removes the post (once, however often the same measure is called)',
    })
    tell.expect(
      'sns',
      'removed_once',
      { ja: '投稿は見えず、削除は一度だけです', en: 'The post is hidden, and was removed once' },
      !isVisible && measures.filter((kind) => kind === 'remove').length === 1,
    )
  } else if (expectedStatus === 'no_measure') {
    tell.expect(
      'sns',
      'untouched',
      { ja: '投稿には何もしていません', en: 'Nothing was done to the post' },
      isVisible,
    )
  }
}

function tellOutcome(tell: Teller, outcome: CheckedOutcome, { expectedStatus }: Story): void {
  const { status, statement, checks } = outcome
  const word = (lang: Lang): string => label('outcome-statuses', status, lang)
  tell.step(
    'desk',
    {
      ja: `署名した対応結果を、登録された送付先に送りました: 「${word('ja')}」`,
      en: `sends a signed outcome to the registered endpoint: “${word('en')}”`,
    },
    { status },
  )
  tell.step('hotline', {
    ja: `対応結果を受け取り、公開鍵だけで確かめました:「${statement.ja}」`,
    en: `receives the outcome and checks it with public keys alone: “${statement.en}”`,
  })
  tell.checked('hotline', [
    ...checks,
    {
      id: 'outcome_status',
      holds: status === expectedStatus,
      text: { ja: '対応結果は判断のとおりです', en: 'The outcome says what was decided' },
    },
  ])
}

function stuck(where: string): CommandFault {
  return new CommandFault(
    'demo_stuck',
    `実演が途中で止まりました（${where}）。`,
    `The demonstration got stuck (${where}).`,
  )
}
