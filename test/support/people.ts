import supertest, { type Response } from 'supertest'
import type { CaseRecord } from '../../src/core/case.ts'
import type { Role } from '../../src/core/vocabulary.ts'
import { openDesk, until, type Desk, type DeskOptions } from './desk.ts'
import { noticeOf } from './fixtures.ts'
import { appOf, STAFF } from './http.ts'
import { expectMatchesOpenapi, type Method } from './openapi.ts'

/** A desk at work, with people of every role asked for by name. */
export class People {
  readonly desk: Desk
  readonly #tokens = new Map<Role, string>()

  constructor(desk: Desk) {
    this.desk = desk
  }

  static async open(options: DeskOptions = {}): Promise<People> {
    const desk = await openDesk(options)
    await desk.madoguchi.start()
    return new People(desk)
  }

  /** Calls as a person of a role; every answer is checked against openapi.yaml. */
  async call(
    role: Role,
    method: Method,
    path: string,
    template: string,
    body?: object,
  ): Promise<Response> {
    const token = this.#tokens.get(role) ?? (await this.desk.operator(role)).token
    this.#tokens.set(role, token)
    const request = supertest(appOf(this.desk))
      [method](`${STAFF}${path}`)
      .set('authorization', `Bearer ${token}`)
    const response = await (body === undefined ? request : request.send(body))
    expectMatchesOpenapi(response, method, template)
    return response
  }

  read(role: Role, id: string): Promise<Response> {
    return this.call(role, 'get', `/v1/cases/${id}`, '/v1/cases/{id}')
  }

  /** Waits until the case of a fixture's notice is offered to people. */
  async caseOf(key: string, changes: Record<string, unknown> = {}): Promise<CaseRecord> {
    const { read } = this.desk.madoguchi.internals.ctx
    const accepted = await this.desk.hotline.send(noticeOf(key, changes))
    return until(async () => {
      const notice = await read.get('notice', { id: accepted.id })
      if (!notice?.caseId) return undefined
      const found = await read.get('case', { id: notice.caseId })
      return found?.state === 'new' ? undefined : found
    })
  }
}
