import { expect, it } from 'vitest'
import { createPinoLogger, type LogLevel } from '../../../src/adapters/pino/logger.ts'
import type { LogFields, Logger } from '../../../src/ports/runtime.ts'

function open(level: LogLevel): { log: Logger; lines: () => Record<string, unknown>[] } {
  const written: string[] = []
  const destination = { write: (line: string) => void written.push(line) }
  return {
    log: createPinoLogger({ level, destination }),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

it('writes one JSON object a line, with level, time and event, and nothing of the machine', () => {
  const { log, lines } = open('debug')
  log.info('notice_accepted', { id: 'ntc_01', bytes: 812, replayed: false, band: null })
  log.debug('started')
  expect(lines()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      event: 'notice_accepted',
      id: 'ntc_01',
      bytes: 812,
      replayed: false,
      band: null,
    },
    { level: 'debug', time: expect.any(String), event: 'started' },
  ])
})

it('keeps to its level', () => {
  const { log, lines } = open('warn')
  log.debug('a')
  log.info('b')
  log.warn('c')
  log.error('d')
  expect(lines().map(({ event }) => event)).toEqual(['c', 'd'])
  const silent = open('silent')
  silent.log.error('e')
  expect(silent.lines()).toEqual([])
})

it('lets through no URL, no sentence and no object', () => {
  const { log, lines } = open('info')
  const smuggled = {
    url: 'https://sns.example/p/1',
    text: '本文',
    words: 'two words',
    token: 'a'.repeat(129),
    error: new Error('https://sns.example/p/1'),
    list: ['https://sns.example/p/1'],
    nan: Number.NaN,
    missing: undefined,
    event: 'other',
    level: 'fatal',
    'https://sns.example': 1,
  } as unknown as LogFields
  log.info('https://sns.example/p/1', smuggled)
  const [line] = lines()
  expect(line).toEqual({
    level: 'info',
    time: expect.any(String),
    event: '[withheld]',
    url: '[withheld]',
    text: '[withheld]',
    words: '[withheld]',
    token: '[withheld]',
  })
})
