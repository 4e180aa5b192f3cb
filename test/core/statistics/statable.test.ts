import { expect, it } from 'vitest'
import { statableProvision } from '../../../src/core/statistics/statable.ts'

it.each([
  ['職業安定法63条2号', '職業安定法63条2号'],
  [' 銃砲刀剣類所持等取締法  ３１条の３ ', '銃砲刀剣類所持等取締法 31条の3'],
  ['刑法175条1項（頒布）', '刑法175条1項(頒布)'],
  ['Penal Code art. 175(1)', 'Penal Code art. 175(1)'],
])('a provision is written one way: %s', (cited, said) => {
  expect(statableProvision(cited)).toBe(said)
})

it.each([
  'https://sns.example/p/1',
  'sns.example/p/1',
  'ｓｎｓ．ｅｘａｍｐｌｅ',
  '@somebody',
  '//sns/p/1',
  'この投稿は違法です。削除してください',
  '長'.repeat(81),
  '  ',
])('what isn’t the name of one is none: %s', (cited) => {
  expect(statableProvision(cited)).toBe('other')
})
