import ipaddr from 'ipaddr.js'
import type { TransportFault } from '../../ports/outcome-transport.ts'

/** Where one endpoint may lead: anywhere public, or to this machine only. */
export type Reach = 'public' | 'loopback'

const PORTS: ReadonlySet<string> = new Set(['', '443', '8443'])
/** RFC 1035 §2.3.4. */
const MAX_HOST_LENGTH = 253
/** What IANA has given out as global unicast: 2000::/3. ipaddr.js knows the exceptions within. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Judges a URL by itself: how far it may reach, or why it is refused. An address in the place of a
 * host name is `blocked_address`, whatever it is; every other fault of form is `blocked_url`. The
 * WHATWG parser has made `0177.0.0.1`, `2130706433`, `127.1` and full-width digits plain by then.
 *
 * @param allowLoopback For development and tests: `localhost`, 127.0.0.0/8 and ::1 too, by http or
 *   https, on any port. Other hosts are judged as ever.
 */
export function reachOf(url: string, allowLoopback: boolean): Reach | TransportFault {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  // A backslash makes the host another one for a reader of RFC 3986 §3.2.
  if (!parsed || /[@\\]/.test(authorityOf(url))) return 'blocked_url'
  if (allowLoopback && namesLoopback(parsed)) return 'loopback'
  if (ipaddr.isValid(bareHost(parsed))) return 'blocked_address'
  return namesPublic(parsed) ? 'public' : 'blocked_url'
}

/** What stands between the scheme and the path, as written. */
function authorityOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '\\'
}

function namesLoopback(url: URL): boolean {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false
  const host = bareHost(url)
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.parse(host).range() === 'loopback')
}

function namesPublic({ protocol, port, hostname }: URL): boolean {
  if (protocol !== 'https:' || !PORTS.has(port)) return false
  return hostname.length <= MAX_HOST_LENGTH && hostname.includes('.') && !hostname.endsWith('.')
}

/** Whether an address may be connected to. A mapped IPv4 address counts as the one that it maps. */
export function isWithin(reach: Reach, address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const plain = ipaddr.process(address)
  if (reach === 'loopback') return plain.range() === 'loopback'
  if (plain.range() !== 'unicast') return false
  return plain.kind() === 'ipv4' || plain.match(GLOBAL_IPV6)
}

/** The host without the brackets of an IPv6 literal, as resolvers and TLS want it. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}
