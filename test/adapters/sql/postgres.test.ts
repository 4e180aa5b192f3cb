import { openPostgresStore } from '../../../src/adapters/sql/postgres/open-postgres-store.ts'
import { describeRecordStore } from '../../contract/record-store.ts'
import { testDatabase } from '../../support/postgres.ts'

describeRecordStore('PostgreSQL', async () => openPostgresStore({ url: await testDatabase() }))
