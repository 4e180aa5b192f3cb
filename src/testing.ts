import { FixedClock } from './testing/fixed-clock.ts'
import { TestSender, type TestSenderOptions } from './testing/test-sender.ts'

export { FakeHotline, type Mood, type SentNotice } from './testing/fake-hotline.ts'
export {
  fixture,
  fixtures,
  fixturePlatform,
  fixtureSenders,
  fixtureStandard,
  noticeOf,
  openFixtures,
  type NoticeFixture,
} from './testing/fixtures.ts'
export { type NodeApp, type Target } from './testing/reach.ts'
export { refusals, type Answer, type RefusalCheck } from './testing/refusals.ts'
export { signRequest, type RequestToSign, type Tamper } from './testing/sign-request.ts'
export { FixedClock, TestSender, type TestSenderOptions }

/** A sender with fresh keys; {@link TestSender.register} makes it known to a desk. */
export function createTestSender(options: TestSenderOptions = {}): TestSender {
  return new TestSender(options)
}

/** A clock that moves only when told, for `createMadoguchi({ clock })`. */
export function fixedClock(startAt?: number | Date): FixedClock {
  return new FixedClock(startAt instanceof Date ? startAt.getTime() : startAt)
}
