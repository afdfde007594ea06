// Runs after all others: a route that no test has seen working is not tested.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { program } from '../support/engine'
import { must } from '../support/process'

test.each(['sqlite', 'postgres'])('every route was called with success on %s', async (engine) => {
  const file = join(process.env['AKTENLOTSE_TEST_CALLS'] ?? '', engine)
  const called = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const description = JSON.parse(await must(program, ['describe', 'openapi'])) as { paths: Record<string, Record<string, { operationId: string }>> }
  const routes = Object.values(description.paths).flatMap((verbs) => Object.values(verbs).map((operation) => operation.operationId))
  expect(routes.length).toBeGreaterThan(60)
  expect(routes.filter((id) => !called.includes(id))).toEqual([])
})
