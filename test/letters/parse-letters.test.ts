import { describe, expect, it } from 'vitest'
import { parseLetters } from '../../src/letters/parse-letters.ts'

/** 参考書式1 as the guideline prints it, its table in tabs, with its own examples. */
const FORM_1 = `<参考書式>

1【違法情報に関する送信防止措置等依頼書】

<参考書式 1【違法情報に関する送信防止措置等依頼書】>

整理番号  違R8-1
令和８年１０月１４日

【株式会社ミホンSNS】 御中

インターネット・ホットラインセンター
連絡先 (e-mail アドレス) notice@hotline.example 電話 03-0000-0000
担当者氏名 見本 花子　印
確認者氏名 例示 一郎

【違法情報】の通知書兼送信防止措置等依頼書

下記のとおり刑事処分の対象となる違法な情報が掲載されていますので、あなたに対して当該情報の送信を防止する措置その他の適切な措置を講じるよう依頼します。

記

掲載されている場所	URL： hxxps://sns[.]example/a/1 その他情報の特定に必要な情報：(ウェブサイトの名称、ウェブサイト内の書き込み場所、日付、ファイル名等)
掲載されている情報	例) 口座を買い取るとの書き込みが掲載。
違法情報該当性の判断理由等	違反する法令名等 例) 見本法（平成19年法律第22号）第26条第4項
	上記法令の構成要件に該当すると判断した理由 例) 誘引していると認められることから、該当すると判断します。

※本通知に関する問い合わせは、上記の e-mail アドレス又は当センターのウェブサイト (<http://www.hotline.example/>) の問い合わせフォームから行うことができます。
`

it('the form as the guideline prints it', () => {
  expect(parseLetters(FORM_1)).toEqual({
    drafts: [
      {
        paper: {
          form: 'illegal_information',
          reference_no: '違R8-1',
          issued_on: '2026-10-14',
          addressee_name: '株式会社ミホンSNS',
          sender_name: 'インターネット・ホットラインセンター',
          contact_email: 'notice@hotline.example',
          handler_name: '見本 花子',
          checker_name: '例示 一郎',
          request_text:
            '下記のとおり刑事処分の対象となる違法な情報が掲載されていますので、あなたに対して当該情報の送信を防止する措置その他の適切な措置を講じるよう依頼します。',
          target: { url: 'https://sns.example/a/1' },
          content_description: '口座を買い取るとの書き込みが掲載。',
          legal_provisions: ['見本法（平成19年法律第22号）第26条第4項'],
          reasoning: '誘引していると認められることから、該当すると判断します。',
          enquiry:
            '※本通知に関する問い合わせは、上記の e-mail アドレス又は当センターのウェブサイト (<http://www.hotline.example/>) の問い合わせフォームから行うことができます。',
        },
        readFrom: {
          '/reference_no': [7],
          '/issued_on': [8],
          '/addressee_name': [10],
          '/sender_name': [12],
          '/contact_email': [13],
          '/handler_name': [14],
          '/checker_name': [15],
          '/request_text': [19],
          '/target/url': [23],
          '/target': [23],
          '/content_description': [24],
          '/legal_provisions': [25],
          '/reasoning': [26],
          '/enquiry': [28],
        },
      },
    ],
    unread: [{ line: 13, text: '電話 03-0000-0000', why: 'left_over' }],
  })
})

/** A form 2 with its fields in another dress. */
const form2 = (
  place: string,
  basis = '分類の種類\n見本ガイドライン 第4の3\n類型② 疑い',
): string => `
From: notice@hotline.example
（１）整理番号：公R8-2
年 月 日：R8.11.2
ミホンSNS御中
みほんホットライン
連絡先：notice＠hotline.example
【公序良俗に反する情報】の通知書兼対応依頼書
下記のとおり依頼します。
記
・掲載されている場所
${place}
・掲載されている情報
薬物の疑いがある広告。
・公序良俗に反するかどうかの判断理由等
${basis}
上記分類にあてはまると判断した理由
次のとおりです。
(1) 画像がある。
(2) 値段が
ある。
以上
`

it('another dress: numbers, bullets, half width, a header of e-mail', () => {
  const { drafts, unread } = parseLetters(
    form2(
      'ＵＲＬ：ｈｔｔｐｓ：／／sns.example／a／2\nその他情報の特定に必要な情報：ｳｪﾌﾞｻｲﾄの名称：ミホン、日付：令和8年11月1日　ファイル名: a.jpg\n書き込み場所：返信欄\n固定表示',
    ),
  )
  expect(drafts.map(({ paper }) => paper)).toEqual([
    {
      form: 'public_order',
      reference_no: '公R8-2',
      issued_on: '2026-11-02',
      addressee_name: 'ミホンSNS',
      sender_name: 'みほんホットライン',
      contact_email: 'notice@hotline.example',
      request_text: '下記のとおり依頼します。',
      target: {
        url: 'https://sns.example/a/2',
        site_name: 'ミホン',
        posted_on: '2026-11-01',
        file_name: 'a.jpg',
        position: '返信欄固定表示',
      },
      content_description: '薬物の疑いがある広告。',
      guideline_category: '見本ガイドライン 第4の3類型② 疑い',
      reasoning: '次のとおりです。\n(1) 画像がある。\n(2) 値段がある。',
    },
  ])
  expect(unread).toEqual([{ line: 2, text: 'From: notice@hotline.example', why: 'outside_form' }])
})

describe('what a place says', () => {
  const targets = (place: string): unknown[] =>
    parseLetters(form2(place)).drafts.map(({ paper }) => paper.target)

  it.each([
    [
      'a broken URL',
      'URL：https://sns.example/a/12\n34?b=c',
      [{ url: 'https://sns.example/a/1234?b=c' }],
    ],
    [
      'several URLs',
      'URL：\n1. https://sns.example/a\n2. https://sns.example/b',
      [{ url: 'https://sns.example/a' }, { url: 'https://sns.example/b' }],
    ],
    ['a URL in brackets', 'URL：<https://sns.example/a>。', [{ url: 'https://sns.example/a' }]],
    ['brackets of its own', 'URL：https://sns.example/a(b)', [{ url: 'https://sns.example/a(b)' }]],
    [
      'the way of an app',
      'URL：アプリ内のルーム番号 0001',
      [{ locator: 'アプリ内のルーム番号 0001' }],
    ],
    ['a host without scheme', 'URL：sns.example/a', [{ url: 'https://sns.example/a' }]],
    ['nothing', 'URL：', [{}]],
    [
      'a day that is none',
      'URL：https://sns.example/a\nその他情報の特定に必要な情報：\n日付：複数あり\nその他：返信欄にもあり',
      [{ url: 'https://sns.example/a', other: '返信欄にもあり\n日付：複数あり' }],
    ],
  ])('%s', (_what, place, expected) => {
    expect(targets(place)).toEqual(expected)
  })

  it('words beside a URL are kept apart', () => {
    const { unread } = parseLetters(
      form2('URL：https://sns.example/a （固定表示）\n二つ目の投稿も同じ'),
    )
    expect(unread.slice(1)).toMatchObject([
      { text: '（固定表示）', why: 'left_over' },
      { text: '二つ目の投稿も同じ', why: 'left_over' },
    ])
  })
})

it('several targets, each with its own table; what is said once holds for all', () => {
  const block = (no: number, more: string): string =>
    `掲載されている場所\nURL：https://sns.example/${String(no)}\n${more}`
  const text = `整理番号 1\nミホンSNS 御中\n見本会\n【違法情報】の通知書兼送信防止措置等依頼書\n依頼します。\n${[
    block(1, '掲載されている情報\n広告1'),
    block(2, '掲載されている情報\n広告2'),
    '違法情報該当性の判断理由等\n違反する法令名等\n見本法第1条\n別の見本法第2条の3\n上記法令の構成要件に\n該当すると判断した理由\n明らか。',
  ].join('\n')}`
  const { drafts } = parseLetters(text)
  expect(drafts.map(({ paper }) => [paper.target.url, paper.content_description])).toEqual([
    ['https://sns.example/1', '広告1'],
    ['https://sns.example/2', '広告2'],
  ])
  for (const { paper } of drafts)
    expect(paper).toMatchObject({
      legal_provisions: ['見本法第1条', '別の見本法第2条の3'],
      reasoning: '明らか。',
      reference_no: '1',
    })
})

it('several letters in one text', () => {
  const { drafts } = parseLetters(`${FORM_1}\f${form2('URL：https://sns.example/b')}`)
  expect(drafts.map(({ paper }) => [paper.form, paper.reference_no, paper.target.url])).toEqual([
    ['illegal_information', '違R8-1', 'https://sns.example/a/1'],
    ['public_order', '公R8-2', 'https://sns.example/b'],
  ])
})

it('a letter on form 2 that cites a law says so in its draft', () => {
  const text = form2('URL：https://sns.example/a', '違反する法令名等\n見本取締法第20条の2')
  const [draft] = parseLetters(text).drafts
  expect(draft?.paper).toMatchObject({
    form: 'public_order',
    legal_provisions: ['見本取締法第20条の2'],
  })
})

it('a date that no calendar has is left to a person', () => {
  const { drafts, unread } = parseLetters(FORM_1.replace('令和８年１０月１４日', '平成31年5月1日'))
  expect(drafts[0]?.paper).not.toHaveProperty('issued_on')
  expect(unread).toContainEqual({ line: 8, text: '平成31年5月1日', why: 'date_impossible' })
})

it.each([
  '',
  '拝啓\n時下ますますご清栄のこととお慶び申し上げます。',
  '整理番号 1\nミホンSNS 御中\n見本会',
])('a text that is no form makes no draft, and all of it is told: %j', (text) => {
  const { drafts, unread } = parseLetters(text)
  expect(drafts).toEqual([])
  expect(unread).toHaveLength(text === '' ? 0 : text.split('\n').length)
})
