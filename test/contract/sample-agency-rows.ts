import type { Tables } from '../../src/ports/record-tables.ts'

/** What bodies of the state are answered. */
export const SAMPLE_AGENCY_ROWS: Pick<Tables, 'generalAnswer'> = {
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
