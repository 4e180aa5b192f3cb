import { fixture } from '../../src/testing/fixtures.ts'

export {
  closedFixtures,
  fixturePlatform,
  fixtureSenders,
  fixtureStandard,
  generalRequestFixture,
  noticeOf,
  openFixtures,
  type NoticeFixture,
} from '../../src/testing/fixtures.ts'
export { fixture }
