import { expect, it } from 'vitest'
import { defang, defangDeep } from '../../src/app/defang.ts'

it.each([
  ['https://sns.example/a/b.html?x=1.2', 'hxxps://sns[.]example/a/b.html?x=1.2'],
  ['HTTP://SNS.Example', 'hxxp://SNS[.]Example'],
  [
    '「https://a.b.example/」と http://c.example',
    '「hxxps://a[.]b[.]example/」と hxxp://c[.]example',
  ],
  ['https://user@sns.example:8443/x', 'hxxps://user@sns[.]example:8443/x'],
  ['hxxps://sns[.]example/', 'hxxps://sns[.]example/'],
  ['no link here. Really.', 'no link here. Really.'],
])('%s', (text, dead) => {
  expect(defang(text)).toBe(dead)
  expect(defang(dead)).toBe(dead)
})

it('reaches every text of a value, and leaves the rest', () => {
  expect(
    defangDeep({ a: ['https://x.example'], b: { c: 'http://y.example' }, d: 1, e: null }),
  ).toEqual({
    a: ['hxxps://x[.]example'],
    b: { c: 'hxxp://y[.]example' },
    d: 1,
    e: null,
  })
})
