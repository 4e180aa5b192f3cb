import { expect, it } from 'vitest'
import { padText, textWidth, wrapText } from '../../src/cli/text-width.ts'

it('counts full-width characters twice', () => {
  expect(textWidth('窓口 ab')).toBe(7)
  expect(textWidth('（架空）')).toBe(8)
  expect(textWidth('が')).toBe(2)
})

it('pads to columns, not to characters', () => {
  expect(padText('窓口', 6)).toBe('窓口  ')
  expect(padText('long text', 4)).toBe('long text')
})

it('breaks Japanese between characters and English between words', () => {
  expect(wrapText('通知に署名し送る', 8)).toEqual(['通知に署', '名し送る'])
  expect(wrapText('signs a notice and sends it', 12)).toEqual(['signs a', 'notice and', 'sends it'])
})

it('begins no line with a closing mark', () => {
  for (const line of wrapText('受け付けました。受け付けました。「はい」', 14))
    expect(line).not.toMatch(/^[。、」）]/)
})
