import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { askWhatPaperLacks, askWholeForm, Asker } from '../../src/cli/letters/ask.ts'
import { documentOf, emptyDraft, missingOf } from '../../src/cli/letters/draft.ts'
import { paperFormOf } from '../../src/letters/paper-form.ts'
import { renderForm } from '../../src/letters/render-form.ts'
import { validateLetter } from '../../src/schema/validate.ts'
import { noticeOf } from '../support/fixtures.ts'
import { newCommandDesk, type CommandDesk } from '../support/served-desk.ts'

const HOTLINE = 'https://hotline.example/'
const TOLD = ['--sender', HOTLINE, '--source', 'paper', '--arrived', '令和8年11月1日']
const AS = ['--as', 'tantou-a']

/** The text of a fixture as it would come by e-mail. */
function mailed(desk: CommandDesk, key: string): string {
  const path = join(desk.folder, `${key}.txt`)
  const text = renderForm(paperFormOf(noticeOf(key)))
  writeFileSync(path, text.replaceAll(/^/gmu, '> ').replaceAll('\n', '\r\n'))
  return path
}

const idIn = (text: string): string => /ntc_[0-9a-f-]+/.exec(text)?.[0] ?? ''

describe('without a terminal', () => {
  it('a letter is read, kept as a draft, confirmed, entered, and answered', async () => {
    const desk = await newCommandDesk()
    const text = mailed(desk, 'yamibaito_recruitment')
    const read = await desk.run('enter', '--from', text)
    expect(read.code).toBe(0)
    expect(read.out).toContain('整理番号: 違R8-01482')
    expect(read.out).toContain('入力していません')
    expect(read.out).not.toMatch(/即日|sokujitsu|見本 花子/)
    const named = await desk.run('enter', '--from', text, '--category', 'crime_recruitment')
    expect(named.out).toMatch(/hxxps:\/\/sns\[\.\]example\/@sokujitsu_demo/)
    expect(named.out).not.toContain('https://sns.example')

    const file = join(desk.folder, 'draft.json')
    const kept = await desk.run('enter', '--from', text, '--out', file, '--json')
    expect(JSON.parse(kept.out)).toMatchObject({
      drafts: 1,
      missing: [['/sender_id', '/source', '/arrived_on', '/notice/category']],
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await desk.run('enter', '--from', text, '--out', file)).code).not.toBe(0)
    const early = await desk.run('enter', file, '--yes', ...AS)
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('/notice/category')])

    const complete = [file, '--category', 'crime_recruitment', ...TOLD]
    const unasked = await desk.run('enter', ...complete, ...AS)
    expect([unasked.code, unasked.out]).toEqual([0, expect.stringContaining('入力していません')])
    const entered = await desk.run('enter', ...complete, '--yes', ...AS)
    expect(entered).toMatchObject({ code: 0, err: '' })
    const id = idIn(entered.out)
    // The draft keeps its command id, so the same file counts once.
    expect(idIn((await desk.run('enter', ...complete, '--yes', ...AS)).out)).toBe(id)
    const again = [
      'enter',
      '--from',
      text,
      '--category',
      'crime_recruitment',
      ...TOLD,
      '--yes',
      ...AS,
    ]
    const known = await desk.run(...again)
    expect([known.code, known.err]).toEqual([1, expect.stringContaining('--duplicate')])

    const receipt = await desk.run('enter', 'receipt', id, ...AS)
    expect(receipt.out).toContain('到達日　2026年11月1日')
    const waiting = await desk.run('enter', 'answer', id, ...AS)
    expect([waiting.code, waiting.err]).toEqual([1, expect.stringContaining('対応結果はまだ')])

    const running = await desk.serve()
    const url = ['--url', desk.url, '--token-file', desk.tokenFile]
    let caseId = ''
    for (let tries = 0; tries < 50 && caseId === ''; tries += 1) {
      const list = JSON.parse((await desk.run('cases', 'list', ...url, '--json')).out) as {
        items: { id: string; facts: { assurance: string } | null }[]
      }
      caseId = list.items[0]?.id ?? ''
    }
    const shown = await desk.run('cases', 'show', caseId, ...url)
    expect(shown.out).toContain('署名なし・担当者入力')
    const version = /版\s+(\d+)/.exec(shown.out)?.[1] ?? ''
    await desk.run('cases', 'claim', caseId, ...url)
    const decided = await desk.run(
      'decide',
      caseId,
      '--no-measure',
      '--expected-version',
      version,
      ...url,
    )
    expect(decided).toMatchObject({ code: 0, err: '' })
    let answer = await desk.run('enter', 'answer', id, ...url)
    for (let tries = 0; tries < 50 && answer.code !== 0; tries += 1)
      answer = await desk.run('enter', 'answer', id, ...url)
    expect(answer.out).toContain('みほんインターネット・ホットライン（架空） 御中')
    expect(answer.out).toContain('対応結果　措置なし')
    const english = await desk.run('enter', 'answer', id, ...url, '--lang', 'en')
    expect(english.out).toContain('Outcome: No measure')
    const sent = await desk.run('enter', 'sent', id, '--way', 'post', '--note', '簡易書留', ...url)
    expect([sent.code, sent.out]).toEqual([0, expect.stringContaining('送付済み')])
    const twice = await desk.run('enter', 'sent', id, '--way', 'post', ...url)
    expect(twice.code).toBe(1)
    running.child.kill('SIGTERM')
    await running.ended
  }, 90_000)

  it('the words of a no-view letter stand on no screen, not even for machines (law 11)', async () => {
    const desk = await newCommandDesk()
    const text = mailed(desk, 'csam_abstract')
    for (const more of [[], ['--category', 'child_pornography_display'], ['--json']]) {
      const ran = await desk.run('enter', '--from', text, ...more)
      expect(ran.code, more.join(' ')).toBe(0)
      expect(ran.out + ran.err).not.toMatch(/demo-0000|18歳|児童ポルノに該当|添付画像/)
    }
    const entered = await desk.run(
      'enter',
      '--from',
      text,
      '--category',
      'child_pornography_display',
      ...TOLD,
      '--yes',
      '--json',
      ...AS,
    )
    expect(entered.code).toBe(0)
    expect(entered.out).not.toMatch(/demo-0000|18歳/)
  })

  it('wrong use is told', async () => {
    const desk = await newCommandDesk()
    const picture = join(desk.folder, 'scan.png')
    writeFileSync(picture, Buffer.from('89504e470d0a1a0a0000', 'hex'))
    const words = join(desk.folder, 'words.txt')
    writeFileSync(words, '拝啓')
    expect((await desk.run('enter')).code).toBe(2)
    expect((await desk.run('enter', words, '--from', words)).code).toBe(2)
    expect((await desk.run('enter', '--from', picture)).err).toContain('文字だけのファイル')
    expect((await desk.run('enter', '--from', words)).err).toContain('参考書式の表')
    writeFileSync(words, '{"letters":[{}]}')
    expect((await desk.run('enter', words)).code).toBe(2)
  })
})

describe('a person at a terminal', () => {
  const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

  it('is asked for what the paper lacks, sees the draft, and says yes', async () => {
    const desk = await newCommandDesk()
    const text = mailed(desk, 'yamibaito_recruitment')
    const command = [process.execPath, MAIN, 'enter', '--from', text, ...AS].join(' ')
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: desk.folder,
      env: { ...process.env, ...desk.env },
    })
    let seen = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (seen += part))
    const answers = [HOTLINE, 'paper', '令和8年11月1日', 'crime_recruitment', 'y']
    const prompts = [
      /通知元（登録）: $/,
      /届いた方法.*: $/,
      /到達日: $/,
      /情報の種類: $/,
      /\[y\/N\]: $/,
    ]
    for (const [at, answer] of answers.entries()) {
      await expect.poll(() => seen, { timeout: 15_000 }).toMatch(prompts[at]!)
      child.stdin.write(`${answer}\n`)
    }
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, seen]).toEqual([0, expect.stringMatching(/入力しました: ntc_/)])
  })

  it('types a whole form, and is asked again where an answer does not fit', async () => {
    const input = new PassThrough()
    const draft = emptyDraft()
    const lines = [
      HOTLINE,
      'pigeon',
      'fax',
      '平成31年5月1日',
      'R8.11.1',
      'public_order',
      'firearm_transfer',
      '公R8-9',
      '令和8年10月31日',
      '',
      '',
      '',
      '',
      '',
      '',
      'hxxps://sns[.]example/a',
      '',
      '',
      '',
      '',
      '',
      '一行目',
      '二行目',
      '',
      '',
      '類型①',
      '明らか。',
      '',
      '',
    ]
    input.end(`${lines.join('\n')}\n`)
    const asker = new Asker(input, new PassThrough(), 'ja')
    await askWhatPaperLacks(asker, draft)
    await askWholeForm(asker, draft)
    asker.close()
    expect(missingOf(draft)).toEqual([])
    const document = documentOf(draft)
    expect(validateLetter(document)).toMatchObject({
      source: 'fax',
      arrived_on: 'R8.11.1',
      notice: {
        form: 'public_order',
        target: { url: 'https://sns.example/a' },
        content_description: '一行目\n二行目',
        guideline_category: '類型①',
      },
    })
    await expect(asker.line('?')).rejects.toThrow('ended')
  })

  it('the file of a draft says where each member was read', async () => {
    const desk = await newCommandDesk()
    const file = join(desk.folder, 'draft.json')
    await desk.run('enter', '--from', mailed(desk, 'handgun_sale'), '--out', file)
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { read_from: Record<string, number[]>[] }
    expect(kept.read_from[0]).toMatchObject({ '/reference_no': [1], '/issued_on': [2] })
  })
})
