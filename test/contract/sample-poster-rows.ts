import type { Tables } from '../../src/ports/record-tables.ts'

type Rows = Pick<Tables, 'posterNotice' | 'postponement' | 'appeal'>

/** One row of every table about posters. */
export const SAMPLE_POSTER_ROWS: Rows = {
  posterNotice: {
    id: 'pnt_1',
    caseId: 'cas_1',
    decisionId: 'dec_1',
    targetKey: 'target-1',
    kind: 'measures',
    state: 'told',
    createdAt: 20,
    actionIds: ['act_1'],
    appealId: null,
    text: { title: { ja: 'お知らせ', en: 'A measure' }, body: { ja: '本文', en: 'Body' } },
    statement: null,
    attempt: 1,
    toldAt: 30,
    toldBy: 'executor',
    failureCode: null,
    postponedFor: 'secrecy_asked',
  },
  postponement: {
    id: 'ppn_1',
    caseId: 'cas_1',
    targetKey: 'target-1',
    state: 'active',
    reason: 'secrecy_asked',
    until: 90,
    by: [{ operator: 'opr_1', role: 'reviewer' }],
    askedAt: 20,
    decidedAt: 21,
    endedAt: null,
    note: null,
  },
  appeal: {
    id: 'apl_1',
    caseId: 'cas_1',
    decisionId: 'dec_1',
    by: 'sender',
    noticeId: 'ntc_1',
    messageId: null,
    about: ['measure'],
    text: '判断の見直しをお願いします。',
    receivedAt: 40,
    state: 'upheld',
    band: 1,
    opinions: [
      { by: { operator: 'opr_2', role: 'lead' }, at: 41, verdict: 'uphold', internalNote: null },
    ],
    decidedAt: 41,
    words: { ja: '再度検討しました。', en: 'We looked at it again.' },
    reversalId: null,
    leafHash: 'leaf-4',
    entryIndex: 4,
  },
}
