import { describe, expect, it } from 'vitest'
import { isWithin, reachOf } from '../../../src/adapters/http-client/guard.ts'

const LITERALS = [
  'https://127.0.0.1/',
  'https://0177.0.0.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://127.1/',
  'https://①②⑦.⓪.⓪.①/',
  'https://１２７.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fd00::1]/',
  'https://169.254.169.254/',
  'https://10.0.0.8/',
  'https://100.64.0.1/',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
]
const BAD_URLS = [
  '',
  'hotline.example',
  'http://hotline.example/',
  'ftp://hotline.example/',
  'file:///etc/passwd',
  'https://user@hotline.example/',
  'https://user:word@hotline.example/',
  'https://hotline.example\\@10.0.0.1/',
  'https:hotline.example/',
  'https://:@hotline.example/',
  'https://hotline.example:22/',
  'https://hotline.example:80/',
  'https://localhost/',
  'https://localhost./',
  'https://redis:8443/',
  'https://hotline.example./',
  `https://${'a.'.repeat(127)}example/`,
]

describe('reachOf', () => {
  it.each(LITERALS)('refuses the address %s', (url) => {
    expect(reachOf(url, false)).toBe('blocked_address')
  })
  it.each(BAD_URLS)('refuses the URL %s', (url) => {
    expect(reachOf(url, false)).toBe('blocked_url')
  })
  it.each([
    'https://hotline.example',
    'https://hotline.example:8443/in?a=1',
    'https://例え.example/',
  ])('lets %s pass', (url) => {
    expect(reachOf(url, false)).toBe('public')
    expect(reachOf(url, true)).toBe('public')
  })
})

describe('reachOf for development', () => {
  it.each([
    'http://localhost:3000/',
    'https://localhost/',
    'http://127.0.0.1:1/',
    'http://127.9.9.9/',
    'http://127.1:8080/',
    'https://[::1]:9/',
  ])('lets %s reach this machine', (url) => {
    expect(reachOf(url, true)).toBe('loopback')
  })
  it.each([
    ['http://hotline.example/', 'blocked_url'],
    ['https://hotline.example:22/', 'blocked_url'],
    ['http://redis:6379/', 'blocked_url'],
    ['ftp://localhost/', 'blocked_url'],
    ['http://user@localhost/', 'blocked_url'],
    ['http://10.0.0.8/', 'blocked_address'],
    ['http://0.0.0.0/', 'blocked_address'],
    ['http://169.254.169.254/', 'blocked_address'],
    ['http://[::ffff:127.0.0.1]/', 'blocked_address'],
    ['https://8.8.8.8/', 'blocked_address'],
  ])('still refuses %s', (url, code) => {
    expect(reachOf(url, true)).toBe(code)
  })
})

describe('isWithin', () => {
  it.each([
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
    '::',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    'fe80::1%lo',
    'fd00::1',
    'fec0::1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '::ffff:0:127.0.0.1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    '4000::1',
    '::a00:1',
    '5f00::1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    'no address',
    '',
  ])('calls %s not public', (address) => {
    expect(isWithin('public', address)).toBe(false)
  })
  it.each(['8.8.8.8', '203.0.114.1', '::ffff:8.8.8.8', '2606:4700::1111'])(
    'calls %s public, and no loopback',
    (address) => {
      expect(isWithin('public', address)).toBe(true)
      expect(isWithin('loopback', address)).toBe(false)
    },
  )
  it('knows this machine', () => {
    expect(isWithin('loopback', '127.0.0.1')).toBe(true)
    expect(isWithin('loopback', '::1')).toBe(true)
  })
})
