import { enterLetter } from '../../app/enter-letter.ts'
import { LETTER_SOURCES } from '../../core/letter.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { askWhatPaperLacks, askWholeForm, Asker } from '../letters/ask.ts'
import {
  applyFlags,
  documentOf,
  draftsFromFile,
  draftsFromText,
  emptyDraft,
  missingOf,
  writeDrafts,
  type Draft,
  type Drafts,
} from '../letters/draft.ts'
import { draftForMachines, showDraft, showUnread } from '../letters/show-draft.ts'
import { PROGRAM } from '../next-command.ts'
import { CommandFault, UsageError } from '../usage-error.ts'
import { ENTER_ANSWERS } from './enter-answers.ts'

const ENTER_LETTER: Command = {
  name: 'enter',
  operands: ['[DRAFT]'],
  options: {
    from: {
      value: 'FILE',
      text: {
        ja: '参考書式の文面を読み取り、下書きにする',
        en: 'Read the text of reference forms into drafts',
      },
    },
    out: {
      value: 'FILE',
      text: {
        ja: '下書きを書き出す（入力はしない）',
        en: 'Write the drafts to a file and enter nothing',
      },
    },
    sender: {
      value: 'ID',
      text: { ja: '登録済みの通知元の識別子', en: 'Identifier of the registered sender' },
    },
    category: { value: 'CATEGORY', text: { ja: '情報の種類', en: 'Kind of information' } },
    source: {
      value: 'SOURCE',
      text: {
        ja: `届いた方法: ${LETTER_SOURCES.join(', ')}`,
        en: `How it came: ${LETTER_SOURCES.join(', ')}`,
      },
    },
    'source-note': {
      value: 'TEXT',
      text: {
        ja: '届いた方法の記録（折返しの確認等）',
        en: 'Note on how it came (such as a call-back)',
      },
    },
    arrived: {
      value: 'DATE',
      text: { ja: '到達日（和暦でもよい）', en: 'Day of arrival (an era of Japan is read)' },
    },
    duplicate: {
      text: {
        ja: '同じ書面とみられる通知があっても入力する',
        en: 'Enter it although it looks known',
      },
    },
    yes: { text: { ja: '確認せずに入力する', en: 'Enter without asking' } },
    ...ACCESS_OPTIONS,
  },
  summary: {
    ja: '書面の通知を入力する（項目ごとに、参考書式の文面から、又は下書きのファイルから）',
    en: 'Type in a letter: field by field, from the text of its form, or from a file of drafts',
  },
  run: enter,
}

/** 書面の通知: typing letters in, and answering them. */
export const ENTER: readonly Command[] = [ENTER_LETTER, ...ENTER_ANSWERS]

async function enter(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const isAsked = process.stdin.isTTY && process.stdout.isTTY && !out.isJson && !flags.is('yes')
  const drafts = readDrafts(call, isAsked)
  for (const draft of drafts.letters) applyFlags(draft, flags)
  const file = flags.text('out')
  if (file !== undefined) return keepDrafts(call, drafts, file)
  if (isAsked) return withPerson(call, drafts)
  if (!flags.is('yes')) return showAll(call, drafts)
  for (const draft of drafts.letters) requireComplete(draft)
  for (const draft of drafts.letters) await submit(call, draft)
  return 0
}

function readDrafts({ flags }: Call, isAsked: boolean): Drafts {
  const text = flags.text('from')
  const file = flags.optionalOperand(0)
  if (text !== undefined && file !== undefined)
    throw new UsageError(
      '--from と下書きは同時に指定できません。',
      'Give --from or a draft, not both.',
    )
  if (text !== undefined) return draftsFromText(text)
  if (file !== undefined) return draftsFromFile(file)
  if (isAsked) return { letters: [emptyDraft()], read_from: [], unread: [] }
  throw new UsageError(
    `端末でないところでは、--from 文面 又は 下書きのファイルを指定してください（例: ${PROGRAM} enter 下書き.json --yes）。`,
    `Without a terminal give --from TEXT or a file of drafts (e.g. ${PROGRAM} enter draft.json --yes).`,
  )
}

function keepDrafts({ out }: Call, drafts: Drafts, file: string): ExitCode {
  writeDrafts(file, drafts)
  const missing = drafts.letters.map(missingOf)
  out.result({ file, drafts: drafts.letters.length, missing, unread: drafts.unread.length }, () => {
    out.say({ ja: `下書きを書き出しました: ${file}`, en: `Drafts written: ${file}` })
    for (const [at, each] of missing.entries())
      out.say({
        ja: `  ${at + 1}  未入力: ${each.join(' ')}`,
        en: `  ${at + 1}  missing: ${each.join(' ')}`,
      })
    out.say({
      ja: `確認・補記してから: ${PROGRAM} enter ${file}`,
      en: `Look it over and complete it, then: ${PROGRAM} enter ${file}`,
    })
  })
  return 0
}

/** Nobody is there to confirm, so nothing is entered. */
function showAll({ out }: Call, drafts: Drafts): ExitCode {
  const { letters, unread } = drafts
  const lines = unread.map(({ line, why }) => ({ line, why }))
  out.result({ entered: 0, drafts: letters.map(draftForMachines), unread: lines }, () => {
    for (const [at, draft] of letters.entries()) showDraft(out, draft, at + 1, letters.length)
    showUnread(out, drafts)
    out.say({
      ja: '入力していません。確認したら --yes を付けてください（又は --out で下書きにする）。',
      en: 'Nothing was entered. Add --yes once it is checked, or keep it with --out.',
    })
  })
  return 0
}

async function withPerson(call: Call, drafts: Drafts): Promise<ExitCode> {
  const { out } = call
  const { letters } = drafts
  const asker = new Asker(process.stdin, process.stdout, out.lang)
  try {
    for (const [at, draft] of letters.entries()) {
      const isBlank =
        draft.notice['reasoning'] === undefined && Object.keys(draft.notice).length === 3
      await askWhatPaperLacks(asker, draft)
      if (isBlank) await askWholeForm(asker, draft)
      showDraft(out, draft, at + 1, letters.length)
      showUnread(out, drafts)
      requireComplete(draft)
      const prompt = out.text({ ja: 'この内容で入力しますか', en: 'Enter this letter?' })
      if (await asker.yes(prompt)) await submit(call, draft)
      else out.say({ ja: '入力していません。', en: 'Nothing was entered.' })
    }
    return 0
  } finally {
    asker.close()
  }
}

function requireComplete(draft: Draft): void {
  const missing = missingOf(draft)
  if (missing.length === 0) return
  throw new CommandFault(
    'draft_incomplete',
    `未入力の項目があります: ${missing.join(' ')}（--out で書き出し、補記してください）`,
    `These are missing: ${missing.join(' ')} (write it with --out and complete it)`,
  )
}

async function submit(call: Call, draft: Draft): Promise<void> {
  const body = documentOf(draft)
  const entered = (await onDesk(call, {
    devOperator: 'reviewer',
    isForSystem: false,
    method: 'POST',
    path: '/v1/letters',
    body,
    run: (ctx, actor) => enterLetter(ctx, actor, body),
  })) as { readonly id: string; readonly moved_provisions: number }
  const { out } = call
  out.result(entered, () => {
    out.say({ ja: `入力しました: ${entered.id}`, en: `Entered: ${entered.id}` })
    if (entered.moved_provisions > 0)
      out.say({
        ja: '書面に記載された法令名等は、この書式の項目ではないため判断理由等に移しました。',
        en: 'What the letter cites of law was moved to the reasons, as its form has no place for it.',
      })
    out.say({
      ja: `受領証: ${PROGRAM} enter receipt ${entered.id}`,
      en: `Receipt: ${PROGRAM} enter receipt ${entered.id}`,
    })
  })
}
