import type { Tables } from '../../src/ports/record-tables.ts'

/** What bodies of the state are answered. */
export const SAMPLE_AGENCY_ROWS: Pick<Tables, 'generalAnswer' | 'leaveUp'> = {
  leaveUp: {
    id: 'lup_1',
    caseId: 'cas_1',
    requestedBy: '見本県警察（架空）',
    document: '依頼書第1号',
    until: 9,
    proposedBy: { operator: 'legal-1', role: 'legal' },
    proposedAt: 5,
    agreedBy: null,
    agreedAt: null,
  },
  generalAnswer: {
    id: 'gra_1',
    noticeId: 'ntc_1',
    revision: 1,
    appliesToUs: true,
    appliesReason: '基準に当たる',
    measures: [
      {
        position: 0,
        kind: 'faster_removal',
        answer: 'considering',
        text: null,
        effectOnAnonymousSpeech: null,
      },
    ],
    explainedOn: null,
    explanationNote: null,
    by: { operator: 'lead-1', role: 'lead' },
    answeredAt: 4,
    leafHash: 'leaf-g',
  },
}
