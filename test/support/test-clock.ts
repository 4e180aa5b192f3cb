export { FixedClock as TestClock } from '../../src/testing/fixed-clock.ts'
